"""The open journal as pages use it: resources as JSON, and none of what the role does not read.

Appointments are read as they stand: a hold that has ended is called off, also before that is written down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from fellesjournal.access.journal import OpenJournal, Parameters, Question
from fellesjournal.access.policies import Act, Policy
from fellesjournal.booking.waitlist.ended import as_it_stands
from fellesjournal.norway.writing import day
from fellesjournal.record.stored import Entry
from fellesjournal.ui import naming

Json = dict[str, Any]
_decode = msgspec.json.Decoder(Json).decode
_WRITTEN = ("Composition", "DocumentReference")


@dataclass(frozen=True, slots=True)
class Resources:
    """Resources within reach of the one who looks. `policy` is what the active role may do."""

    journal: OpenJournal
    policy: Policy
    now: datetime

    def writes(self, type_name: str) -> bool:
        """Whether the role writes such a thing: pages offer no more."""
        return self.policy.allows(Act.CREATE, type_name)

    def reads(self, type_name: str) -> bool:
        """Whether the role reads such a thing."""
        return self.policy.allows(Act.READ, type_name)

    async def read(self, type_name: str, id: str) -> Json:
        """A resource. Raises NotFound."""
        return as_it_stands(await self.read_as_written(type_name, id), self.now)

    async def read_as_written(self, type_name: str, id: str) -> Json:
        """A resource, of a hold that has ended what was held. Raises NotFound."""
        return _decode((await self.journal.read(type_name, id)).body or b"{}")

    async def read_version(self, type_name: str, id: str, version: int) -> Json:
        """A version of a resource. Raises NotFound."""
        return _decode((await self.journal.vread(type_name, id, version)).body or b"{}")

    async def search(self, type_name: str, parameters: Parameters) -> list[Json]:
        """The resources of a page of a search, included ones too; none of a type the role does not read."""
        if not self.reads(type_name):
            return []
        page = await self.journal.search(type_name, parameters)
        return self._standing(page.entries, parameters)

    async def search_all(self, type_name: str, parameters: Parameters, most: int) -> list[Json]:
        """The resources of page after page of a search, included ones too, until there are no more, or `most`
        and no more than a page above; none of a type the role does not read."""
        if not self.reads(type_name):
            return []
        found: list[Json] = []
        following: Parameters | None = parameters
        while following is not None and len(found) < most:
            page = await self.journal.search(type_name, following)
            found += self._standing(page.entries, parameters)
            following = page.next
        return found

    async def search_together(
        self, asked: Sequence[Question], decode: Callable[[bytes], Json] = _decode
    ) -> list[list[Json]]:
        """The resources that each of several searches about a citizen found, asked in one round trip; none of
        a type that the role does not read. `decode` may leave out what is not needed of each."""
        read = [one for one in asked if one.type is None or self.reads(one.type)]
        pages = iter(await self.journal.search_together(read) if read else ())
        return [
            self._standing(next(pages).entries, one.parameters, decode) if one in read else []
            for one in asked
        ]

    def _standing(
        self, entries: Sequence[Entry], asked: Parameters, decode: Callable[[bytes], Json] = _decode
    ) -> list[Json]:
        """What was found, without those that have, as they stand, another status than was asked for."""
        found = []
        for entry in entries:
            one = decode(entry.stored.body or b"{}")
            standing = as_it_stands(one, self.now)
            if standing is one or _is_asked_for("cancelled", asked):
                found.append(standing)
        return found

    async def create(self, resource: Json) -> Json:
        """Store something new; it is given back as stored."""
        written = await self.journal.create(resource["resourceType"], msgspec.json.encode(resource))
        return _decode(written.stored.body or b"{}")

    async def update(self, resource: Json) -> Json:
        """Store a new version over the one that was read. Raises PreconditionFailed when that has changed."""
        version = int(resource["meta"]["versionId"])
        body = msgspec.json.encode(resource)
        written = await self.journal.update(resource["resourceType"], resource["id"], body, if_match=version)
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


def _is_asked_for(status: str, asked: Parameters) -> bool:
    """Whether a search finds what has a status, as far as it asks for one."""
    wanted = [value.split(",") for name, value in asked if name == "status"]
    unwanted = [value.split(",") for name, value in asked if name == "status:not"]
    return all(status in one for one in wanted) and not any(status in one for one in unwanted)


def _entry(resource: Json) -> Json:
    """One entry of a transaction: something new, or something as it is to be."""
    name = resource.pop("fullUrl", "")
    kind = resource["resourceType"]
    request = {"method": "POST", "url": kind}
    if "id" in resource:
        version = f'W/"{resource["meta"]["versionId"]}"'
        request = {"method": "PUT", "url": f"{kind}/{resource['id']}", "ifMatch": version}
    return {"resource": resource, "request": request} | ({"fullUrl": name} if name else {})


async def latest_written(among: Resources, patient: str, most: int) -> dict[str, str]:
    """What the latest notes, and the latest documents, of a citizen (id) are called, with their day, by
    reference: at most so many of each, the newest first.
    """
    asked = [("patient", patient), ("_sort", "-date"), ("_count", str(most))]
    found = [one for kind in filter(among.reads, _WRITTEN) for one in await among.search(kind, asked)]
    standing = sorted((one for one in found if not naming.is_wrong(one)), key=naming.when, reverse=True)
    return {f"{one['resourceType']}/{one['id']}": _titled(one) for one in standing}


def _titled(document: Json) -> str:
    title = document.get("title") or document.get("description") or naming.concept(document.get("type"))
    return ", ".join(filter(None, (title, day(naming.when(document)))))
