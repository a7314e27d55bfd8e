"""Day programmes as PlanDefinitions: what one says, and what one lacks."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from booking.conftest import MONDAY
from fellesjournal.booking.free.proposals import Proposal
from fellesjournal.booking.free.stops import DAY, PROGRAMME, TYPE, UNIT, appointments, is_for, programme
from fellesjournal.errors import Unprocessable

Json = dict[str, Any]


def stop(code: str, unit: str, minutes: int, **more: Any) -> Json:
    return {
        "title": f"Stopp {code}",
        "code": [{"coding": [{"system": "urn:visits", "code": code}]}],
        "timingDuration": duration(minutes, "min"),
        "extension": [{"url": UNIT, "valueReference": {"reference": unit}}],
        **more,
    }


def duration(value: int, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def plan(*actions: Json, **more: Any) -> Json:
    kind = {"coding": [{"system": TYPE, "code": DAY}]}
    return {
        "resourceType": "PlanDefinition",
        "id": "before",
        "status": "active",
        "title": "Før operasjon",
        "type": kind,
        "action": list(actions),
    } | more


def pause(low: int, high: int) -> Json:
    span = {"low": duration(low, "min"), "high": duration(high, "h")}
    return {"relatedAction": [{"actionId": "x", "relationship": "after-end", "offsetRange": span}]}


def test_stops_are_read_with_their_units_lengths_and_pauses() -> None:
    found = programme(
        plan(stop("blod", "Organization/lab", 10), stop("rtg", "Organization/rad", 15, **pause(5, 2)))
    )
    assert [(one.visit, one.unit, one.minutes) for one in found.stops] == [
        ("blod", "Organization/lab", 10),
        ("rtg", "Organization/rad", 15),
    ]
    assert [(one.least, one.most) for one in found.stops] == [(0, 60), (5, 120)]


def test_everything_that_is_lacking_is_told_with_its_place() -> None:
    with pytest.raises(Unprocessable) as refused:
        programme(plan(stop("a", "Organization/lab", 10), {"title": "?"}))
    assert {one.expression for one in refused.value.issues} == {
        "PlanDefinition.action[1].code",
        "PlanDefinition.action[1].timingDuration",
        "PlanDefinition.action[1].extension",
    }
    for wrong, told in ((plan(), "at least one stop"), (plan() | {"type": {}}, "no day programme")):
        with pytest.raises(Unprocessable, match=told):
            programme(wrong)


def test_the_units_that_send_citizens_to_it_are_named_or_any_may() -> None:
    here = [{"code": {"code": "venue"}, "valueReference": {"reference": "Organization/ward"}}]
    assert is_for(plan(useContext=here), "Organization/ward")
    assert not is_for(plan(useContext=here), "Organization/other")
    assert is_for(plan(), "Organization/other")


def test_each_stop_is_an_appointment_and_all_have_one_identifier() -> None:
    planned = programme(plan(stop("a", "Organization/lab", 10), stop("b", "Organization/rad", 20)))
    at = datetime.fromisoformat(MONDAY.isoformat())
    times = [
        Proposal(at, at + timedelta(minutes=10), ("Practitioner/a",)),
        Proposal(at + timedelta(minutes=15), at + timedelta(minutes=35), ("Location/b",)),
    ]
    first, second = appointments(planned, times, [["Location/lab"], []], "Patient/ada", "day-1")
    assert first["identifier"] == second["identifier"] == [{"system": PROGRAMME, "value": "day-1"}]
    who = [one["actor"]["reference"] for one in first["participant"]]
    assert who == ["Patient/ada", "Practitioner/a", "Location/lab"]
    assert (second["minutesDuration"], second["description"]) == (20, "Stopp b")
