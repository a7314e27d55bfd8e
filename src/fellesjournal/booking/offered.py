"""What a citizen may book without asking anybody: what a service says of itself. Pure.

R4's HealthcareService says what there is, and not who may book it. So `characteristic` says whether
everybody may, or only those whose doctor works there; the kinds of visit in `type` that it means are marked.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from fellesjournal.fhir.extensions import members

Tree = Mapping[str, Any]

BOOKS = "https://fellesjournal.no/fhir/CodeSystem/citizen-books"
"""System of HealthcareService.characteristic: `all` may book, or `own`: those whose GP works there."""
ALL, OWN = "all", "own"
BY_CITIZEN = "https://fellesjournal.no/fhir/StructureDefinition/citizen-books"
"""On a HealthcareService.type: citizens may book this kind of visit (boolean)."""
PREPARATION = "https://fellesjournal.no/fhir/StructureDefinition/preparation"
"""On a HealthcareService.type: how one prepares for it (string)."""
MINUTES = "https://fellesjournal.no/fhir/StructureDefinition/usual-minutes"
"""On a HealthcareService.type: how long it takes (positiveInt)."""
USUAL = 20
LEAST_NOTICE = "https://fellesjournal.no/fhir/StructureDefinition/least-notice"
"""On a HealthcareService.type: minutes before a time when it is given away at the latest (positiveInt)."""
NOTICE = timedelta(hours=2)
"""As long before it where the service does not say."""


class Offered(NamedTuple):
    """A kind of visit (`code` in `system`) that a service gives to citizens who book, `notice` before it at
    the latest; `unit` gives it.
    """

    service: str
    name: str
    unit: str
    system: str
    code: str
    text: str
    minutes: int
    preparation: str
    notice: timedelta = NOTICE

    @property
    def concept(self) -> dict[str, Any]:
        """As it stands in Appointment.serviceType."""
        return {
            "coding": [{"system": self.system, "code": self.code, "display": self.text}],
            "text": self.text,
        }


def offered(services: Iterable[Tree], own_units: Collection[str]) -> list[Offered]:
    """The kinds of visit of services in use, for a citizen whose doctor works at `own_units`."""
    found = []
    for service in services:
        unit = str(service.get("providedBy", {}).get("reference", ""))
        if service.get("active") is False or not _is_for(service, unit in own_units):
            continue
        found += [one for kind in service.get("type", ()) if (one := _kind(service, unit, kind))]
    return sorted(found, key=lambda one: (one.name, one.text))


def _is_for(service: Tree, is_own: bool) -> bool:
    codes = {
        one.get("code")
        for concept in service.get("characteristic", ())
        for one in concept.get("coding", ())
        if one.get("system") == BOOKS
    }
    return ALL in codes or (OWN in codes and is_own)


def _kind(service: Tree, unit: str, kind: Tree) -> Offered | None:
    told = dict(members(kind))
    codings = kind.get("coding", ())
    if told.get(BY_CITIZEN) is not True or not codings or not unit:
        return None
    text = kind.get("text") or codings[0].get("display") or codings[0]["code"]
    return Offered(
        service["id"],
        service.get("name", ""),
        unit,
        codings[0].get("system", ""),
        codings[0]["code"],
        text,
        int(told.get(MINUTES) or USUAL),
        str(told.get(PREPARATION) or ""),
        timedelta(minutes=int(told[LEAST_NOTICE])) if told.get(LEAST_NOTICE) else NOTICE,
    )
