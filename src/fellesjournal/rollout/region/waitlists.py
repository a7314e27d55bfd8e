"""The rules by which services of a region fill freed time from their waitlists (docs/decisions/waitlist.md).

A service that is not named here has none: it offers nothing by itself. Psychiatry rings those whose turn it
is.
"""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.units import Service

RULES = "https://fellesjournal.no/fhir/StructureDefinition/waitlist-rules"


class Rules(NamedTuple):
    """`automatic`: freed time is offered by itself, until `quiet` hours before; an offer stands `answer`
    minutes, for any visit or the same; `near` is how many days before its deadline an entry needs a time.
    """

    automatic: bool
    any_visit: bool
    quiet: int
    answer: int
    near: int


_OF = {
    Service.PHYSIOTHERAPY: Rules(automatic=True, any_visit=True, quiet=24, answer=240, near=14),
    Service.HEART_CLINIC: Rules(automatic=True, any_visit=False, quiet=48, answer=240, near=21),
    Service.OPERATING: Rules(automatic=True, any_visit=False, quiet=72, answer=480, near=28),
    Service.PSYCHIATRY: Rules(automatic=False, any_visit=False, quiet=48, answer=1_440, near=21),
}


def rules(service: Service | None) -> list[Json]:
    """The extensions of a HealthcareService; none for one without rules."""
    found = _OF.get(service) if service else None
    if found is None:
        return []
    parts: list[Json] = [
        {"url": "automatic", "valueBoolean": found.automatic},
        {"url": "any-visit", "valueBoolean": found.any_visit},
        {"url": "quiet", "valueUnsignedInt": found.quiet},
        {"url": "answer", "valueUnsignedInt": found.answer},
        {"url": "near", "valueUnsignedInt": found.near},
    ]
    return [{"url": RULES, "extension": parts}]
