"""What a region's citizens book themselves: which kinds of visit, at which services, and how one prepares.

The extensions and the code system are this project's own (docs/decisions/booking.md): R4 has none.
"""

from collections.abc import Sequence

from fellesjournal.rollout.region import kinds_of_visit as kinds
from fellesjournal.rollout.region.chart.coding import Json, coding
from fellesjournal.rollout.region.kinds_of_visit import Kind
from fellesjournal.rollout.region.units import Service

BOOKS = "https://fellesjournal.no/fhir/CodeSystem/citizen-books"
"""System of HealthcareService.characteristic: `all` may book, or `own`, whose doctor works there."""
BY_CITIZEN = "https://fellesjournal.no/fhir/StructureDefinition/citizen-books"
PREPARATION = "https://fellesjournal.no/fhir/StructureDefinition/preparation"

_BOOKED: dict[Service, tuple[str, dict[Kind, str]]] = {
    Service.GP: (
        "own",
        {
            kinds.CONSULTATION: "Skriv ned det du vil spørre om, og ta med en liste over medisinene dine.",
            kinds.LONG: "Skriv ned det du vil spørre om, og ta med en liste over medisinene dine.",
            kinds.VIDEO: "Sitt et sted der ingen andre hører. Prøv kamera og lyd før timen.",
        },
    ),
    Service.HEALTHY_LIVING: ("all", {kinds.TALK: "Ta på klær som du kan bevege deg i."}),
}


def offered(service: Service | None, visits: Sequence[Kind]) -> Json:
    """The members of a HealthcareService that say what is given, and what of it citizens book."""
    who, booked = _BOOKED.get(service, ("", {})) if service else ("", {})
    made: Json = {"type": [_concept(one, booked) for one in visits]}
    if any(one in booked for one in visits):
        made["characteristic"] = [coding(BOOKS, who)]
    return made


def _concept(kind: Kind, booked: dict[Kind, str]) -> Json:
    concept = kind.concept
    if kind in booked:
        concept["extension"] += [
            {"url": BY_CITIZEN, "valueBoolean": True},
            {"url": PREPARATION, "valueString": booked[kind]},
        ]
    return concept
