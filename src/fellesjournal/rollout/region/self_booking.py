"""What citizens book by themselves: at their GP's, and what is open to all (see booking/offered.py)."""

from typing import NamedTuple

from fellesjournal.rollout.region import kinds_of_visit as kinds
from fellesjournal.rollout.region.chart.coding import Json, coding
from fellesjournal.rollout.region.kinds_of_visit import Kind
from fellesjournal.rollout.region.units import Service

BOOKS = "https://fellesjournal.no/fhir/CodeSystem/citizen-books"
BY_CITIZEN = "https://fellesjournal.no/fhir/StructureDefinition/citizen-books"
PREPARATION = "https://fellesjournal.no/fhir/StructureDefinition/preparation"
ALL, OWN = "all", "own"


class Open(NamedTuple):
    """Who may book at a service, and what, with how one prepares ("": not at all)."""

    whom: str
    kinds: dict[Kind, str]


SERVICES = {
    Service.GP: Open(
        OWN,
        {
            kinds.CONSULTATION: "",
            kinds.CONTROL: "Ta med listen over medisinene dine.",
            kinds.VIDEO: "Finn et sted der ingen hører deg.",
        },
    ),
    Service.PHYSIOTHERAPY: Open(ALL, {kinds.FIRST_PHYSIO: "Ta med klær som du kan bevege deg i."}),
    Service.HEALTHY_LIVING: Open(ALL, {kinds.TALK: ""}),
}


def concept(service: Service | None, kind: Kind) -> Json:
    """A kind of visit as a service offers it."""
    made = kind.concept
    mine = SERVICES[service].kinds if service in SERVICES else {}
    if kind in mine:
        made["extension"].append({"url": BY_CITIZEN, "valueBoolean": True})
        if mine[kind]:
            made["extension"].append({"url": PREPARATION, "valueString": mine[kind]})
    return made


def characteristic(service: Service | None) -> Json:
    """Who may book, as a service says it; nothing where citizens do not book."""
    if service not in SERVICES:
        return {}
    return {"characteristic": [coding(BOOKS, SERVICES[service].whom)]}
