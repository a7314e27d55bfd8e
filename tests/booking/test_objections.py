"""What stands against an appointment: who is dead or away, what is closed, when a calendar is not valid."""

from datetime import UTC, datetime
from typing import Any

import pytest

from booking.conftest import MONDAY, appointment, schedule
from booking.test_find import workdays
from fellesjournal.booking.acts import overbooked
from fellesjournal.booking.asked.objections import World, objections, require
from fellesjournal.errors import Unprocessable

NOW = datetime.now(UTC)
DOCTOR, ADA, ROOM = "Practitioner/1", "Patient/ada", "Location/7"
THERE: dict[str, dict[str, Any]] = {
    reference: {"resourceType": reference.partition("/")[0]} for reference in (DOCTOR, ADA, ROOM)
}


def said(world: World, *actors: str) -> list[str]:
    found = objections(appointment("a", 0, 30, *(actors or THERE)), world, NOW)
    return [issue.diagnostics for issue in found]


def test_nothing_stands_against_those_who_are_there_and_have_no_calendar() -> None:
    assert said(World(THERE)) == []


@pytest.mark.parametrize(
    ("reference", "as_it_is", "told"),
    [
        (ADA, {"deceasedDateTime": "2026-01-01"}, "The citizen has died."),
        (ADA, {"deceasedBoolean": True}, "The citizen has died."),
        (ADA, {"active": False}, "The citizen is no longer active, and may have moved away."),
        (ADA, {"link": [{"type": "replaced-by"}]}, "The citizen has another record now"),
        (DOCTOR, {"active": False}, "Practitioner/1 is no longer active."),
        (ROOM, {"status": "suspended"}, "Location/7 is closed (status suspended)."),
    ],
)
def test_who_cannot_come_is_told_with_the_place(reference: str, as_it_is: dict[str, Any], told: str) -> None:
    world = World(THERE | {reference: THERE[reference] | as_it_is})
    found = said(world)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_deleted_room_is_not_there_and_everything_is_told_at_once() -> None:
    world = World({DOCTOR: THERE[DOCTOR], ADA: THERE[ADA] | {"deceasedBoolean": True}})
    with pytest.raises(Unprocessable) as refused:
        require(appointment("a", 0, 30, *THERE), world, NOW)
    assert [issue.expression for issue in refused.value.issues] == [
        "Appointment.participant[1].actor",
        "Appointment.participant[2].actor",
    ]


@pytest.mark.parametrize(
    ("horizon", "is_valid"),
    [
        ({"start": f"{MONDAY:%Y-%m-%d}", "end": f"{MONDAY:%Y-%m-%d}"}, True),
        ({"end": "2020-01-01"}, False),
        ({"start": "2099-01-01"}, False),
    ],
)
def test_a_time_outside_the_validity_of_the_calendar_is_refused(
    horizon: dict[str, Any], *, is_valid: bool
) -> None:
    found = said(World(THERE, [schedule("s", ROOM, planningHorizon=horizon)]))
    assert bool(found) is not is_valid
    assert is_valid or "is not valid on" in found[0]


def test_a_time_outside_the_hours_is_refused_but_for_who_is_overbooked_with_a_reason() -> None:
    world = World(THERE, [schedule("s", DOCTOR, extension=[workdays("18:00", "20:00")])])
    assert "is not open from" in said(world)[0]
    told = overbooked(appointment("a", 0, 30, *THERE), DOCTOR, "Brudd")
    assert list(objections(told, world, NOW)) == []


def test_two_calendars_together_are_open_when_either_is() -> None:
    lines = [
        schedule("s", DOCTOR, extension=[workdays("00:00", "12:00")]),
        schedule("t", DOCTOR, extension=[workdays("12:00", "00:00")]),
    ]
    assert said(World(THERE, lines)) == []


def test_who_declined_is_not_asked() -> None:
    told = appointment("a", 0, 30, DOCTOR, ADA)
    told["participant"][0]["status"] = "declined"
    assert list(objections(told, World({ADA: THERE[ADA]}), NOW)) == []
