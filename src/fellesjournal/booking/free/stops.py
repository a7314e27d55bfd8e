"""Day programmes as they are kept: a PlanDefinition of their own type (FHIR R4 plandefinition.html). Pure.

Each action is a stop, in their order: `code` is the kind of visit, `timingDuration` how long it takes, an
extension the unit that gives it, and `relatedAction` (after-end) the pause after the stop before. Who comes
is said by the calendars of the unit. `useContext` names the units that send citizens to it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fellesjournal.booking.free.pools import Served
from fellesjournal.booking.free.proposals import Proposal
from fellesjournal.booking.free.several import Asked
from fellesjournal.booking.holding import extension
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.bundle import instant

Tree = Mapping[str, Any]
Made = dict[str, Any]

TYPE = "https://fellesjournal.no/fhir/CodeSystem/plan-type"
"""System of PlanDefinition.type; its code is DAY."""
DAY = "day-programme"
UNIT = "https://fellesjournal.no/fhir/StructureDefinition/unit"
"""On an action: the unit (Reference to Organization) that gives the stop."""
PROGRAMME = "https://fellesjournal.no/fhir/NamingSystem/day-programme"
"""System of the identifier that all Appointments of one day have, by which they are found."""
USUAL_PAUSE = 60
"""Minutes that one waits at most for a stop whose pause is not said."""
_MINUTES = {"min": 1, "h": 60}


class Planned(NamedTuple):
    """A stop: what it is (CodeableConcept) and for the citizen, where, and for how many minutes; `least` to
    `most` minutes after the stop before.
    """

    title: str
    concept: Tree
    unit: str
    minutes: int
    least: int
    most: int

    @property
    def visit(self) -> str:
        """The code of the kind of visit."""
        return str(self.concept["coding"][0]["code"])


class Programme(NamedTuple):
    """A day programme, and its stops in order."""

    id: str
    title: str
    stops: tuple[Planned, ...]


def programme(plan: Tree) -> Programme:
    """What a PlanDefinition says. Raises Unprocessable for one that is no programme, or lacks something."""
    if not is_programme(plan):
        text = f"PlanDefinition/{plan.get('id', '')} is no day programme: its type is not {TYPE}|{DAY}."
        raise Unprocessable(Issue("value", text, "PlanDefinition.type"))
    actions: Sequence[Tree] = plan.get("action", ())
    issues = [one for number, action in enumerate(actions) for one in _lacks(action, number)]
    if issues or not actions:
        none = Issue("required", "A day programme has at least one stop.", "PlanDefinition.action")
        raise Unprocessable(*(issues or [none]))
    return Programme(str(plan.get("id", "")), str(plan.get("title", "")), tuple(map(_stop, actions)))


def is_programme(plan: Tree) -> bool:
    """Whether a PlanDefinition is a day programme."""
    codings = plan.get("type", {}).get("coding", ())
    return any((one.get("system"), one.get("code")) == (TYPE, DAY) for one in codings)


def is_for(plan: Tree, unit: str) -> bool:
    """Whether a unit ("Organization/7") sends citizens to it; any does where no unit is named."""
    named = [one.get("valueReference", {}).get("reference", "") for one in plan.get("useContext", ())]
    return not any(named) or unit in named


def asked(planned: Programme, by: Sequence[Served]) -> list[Asked]:
    """The stops as the calendars are asked, by who serves each."""
    return [
        Asked(one.pools, stop.minutes, stop.visit, stop.least, stop.most)
        for stop, one in zip(planned.stops, by, strict=True)
    ]


def appointments(
    planned: Programme,
    times: Sequence[Proposal],
    places: Sequence[Sequence[str]],
    citizen: str,
    id: str,
) -> list[Made]:
    """The Appointments of a day with this id, one for each stop, as proposed to those who come; `places` are
    those besides, by which the unit of a stop sees it.
    """
    return [
        {
            "resourceType": "Appointment",
            "status": "proposed",
            "identifier": [{"system": PROGRAMME, "value": id}],
            "serviceType": [dict(stop.concept)],
            "description": stop.title,
            "start": instant(at.start),
            "end": instant(at.end),
            "minutesDuration": stop.minutes,
            "participant": [
                {"actor": {"reference": one}, "status": "needs-action"} for one in (citizen, *at.who, *place)
            ],
        }
        for stop, at, place in zip(planned.stops, times, places, strict=True)
    ]


def _stop(action: Tree) -> Planned:
    least, most = _pause(action)
    concept = action["code"][0]
    title = action.get("title") or concept.get("text") or concept["coding"][0].get("display", "")
    return Planned(
        str(title),
        concept,
        str(extension(action, UNIT)["valueReference"]["reference"]),
        _minutes(action["timingDuration"]),
        least,
        most,
    )


def _lacks(action: Tree, number: int) -> list[Issue]:
    where = f"PlanDefinition.action[{number}]"
    unit = str(extension(action, UNIT).get("valueReference", {}).get("reference", ""))
    told = {
        "code": ("its kind of visit (code)", any(one.get("coding") for one in action.get("code", ())[:1])),
        "timingDuration": (
            "how long it takes (timingDuration in min or h)",
            _minutes(action.get("timingDuration", {})) > 0,
        ),
        "extension": (f"its unit (extension {UNIT})", unit.startswith("Organization/")),
        "relatedAction": ("a pause that ends after it begins", _pause(action)[0] <= _pause(action)[1]),
    }
    return [
        Issue("required", f"Stop {number + 1} of the programme lacks {what}.", f"{where}.{name}")
        for name, (what, is_there) in told.items()
        if not is_there
    ]


def _pause(action: Tree) -> tuple[int, int]:
    for one in action.get("relatedAction", ()):
        if one.get("relationship") == "after-end":
            if "offsetDuration" in one:
                return 0, _minutes(one["offsetDuration"])
            span = one.get("offsetRange", {})
            return _minutes(span.get("low", {})), _minutes(span.get("high", {}))
    return 0, USUAL_PAUSE


def _minutes(quantity: Tree) -> int:
    unit = _MINUTES.get(str(quantity.get("code", quantity.get("unit", ""))), 0)
    return int(float(quantity.get("value", 0)) * unit)
