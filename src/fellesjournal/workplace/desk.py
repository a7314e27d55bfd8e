"""One request at the workplace: who asks, in which role, the open journal, and how pages are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.responses import HTMLResponse, Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import OpenJournal, Parameters
from fellesjournal.access.policies import Act, Policies, Policy, Right
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard
from fellesjournal.signin.visit import Visit
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.frame import Frame
from fellesjournal.workplace.codes import Codes
from fellesjournal.workplace.modes.modes import Mode, mode_for
from fellesjournal.workplace.modes.services import Services

Json = dict[str, Any]
_decode = msgspec.json.Decoder(Json).decode


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with. `policy` is what the active role may do."""

    visit: Visit
    actor: Actor
    policy: Policy
    journal: OpenJournal
    frame: Frame
    codes: Codes
    readings: Readings
    now: datetime
    documentation: Documentation
    policies: Policies
    services: Services

    @property
    def t(self) -> Words:
        """The words of the visitor's language."""
        return self.frame.words(self.visit.language)

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form that was sent."""
        return self.visit.form

    def asked(self, name: str) -> str:
        """A parameter of the address; "" when it is not there."""
        return self.visit.request.query_params.get(name, "")

    def part_of_path(self, name: str) -> str:
        """A part of the path."""
        return str(self.visit.request.path_params[name])

    def writes(self, type_name: str) -> bool:
        """Whether the role writes such a thing: pages offer no more."""
        return self.policy.allows(Act.CREATE, type_name)

    def reads(self, type_name: str) -> bool:
        """Whether the role reads such a thing."""
        return self.policy.allows(Act.READ, type_name)

    async def mode(self) -> Mode:
        """How the workplace looks to the active role at its unit."""
        unit = self.actor.unit if self.reads("HealthcareService") else ""
        return mode_for(self.actor.role, await self.services.of(unit, self.journal) if unit else ())

    async def read(self, type_name: str, id: str) -> Json:
        """A resource. Raises NotFound."""
        return _decode((await self.journal.read(type_name, id)).body or b"{}")

    async def read_version(self, type_name: str, id: str, version: int) -> Json:
        """A version of a resource. Raises NotFound."""
        return _decode((await self.journal.vread(type_name, id, version)).body or b"{}")

    async def search(self, type_name: str, parameters: Parameters) -> list[Json]:
        """The resources of a page of a search, included ones too; none of a type the role does not read."""
        if not self.reads(type_name):
            return []
        page = await self.journal.search(type_name, parameters)
        return [_decode(entry.stored.body or b"{}") for entry in page.entries]

    async def create(self, resource: Json) -> Json:
        """Store something new; it is given back as stored."""
        written = await self.journal.create(resource["resourceType"], msgspec.json.encode(resource))
        return _decode(written.stored.body or b"{}")

    async def transact(self, resources: Sequence[Json]) -> None:
        """Store several things, all or none: new ones, and those with an id over the version they were read
        in.

        A `fullUrl` beside the others' content is what references within the transaction point at.
        Raises PreconditionFailed when somebody else has changed one since.
        """
        entries = [_entry(dict(one)) for one in resources]
        await self.journal.transact(
            msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
        )

    def html(self, template: str, **values: Any) -> str:
        """A page or fragment written out."""
        reception = self.visit.reception
        return self.frame.html(
            template,
            self.visit.language,
            self.now,
            desk=self,
            actor=self.actor,
            role_title=self.policy.title["en" if self.visit.language == "en" else "nb"],
            path=self.visit.request.url.path,
            roles_at=f"/arbeid/rolle?til={quote(self.visit.request.url.path)}",
            emergency_at="/arbeid/nodtilgang" if Right.EMERGENCY in self.policy.rights else "",
            practice=reception.practice,
            practice_name=reception.practice_name,
            bevis=guard.token(self.visit.cookie),
            **values,
        )

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """Answer with a page or fragment."""
        return HTMLResponse(self.html(template, **values), status)

    def redirect(self, path: str) -> Response:
        """Lead on to another page of ours."""
        return self.visit.redirect(path)


def _entry(resource: Json) -> Json:
    """One entry of a transaction: something new, or something as it is to be."""
    name = resource.pop("fullUrl", "")
    kind = resource["resourceType"]
    request = {"method": "POST", "url": kind}
    if "id" in resource:
        version = f'W/"{resource["meta"]["versionId"]}"'
        request = {"method": "PUT", "url": f"{kind}/{resource['id']}", "ifMatch": version}
    return {"resource": resource, "request": request} | ({"fullUrl": name} if name else {})
