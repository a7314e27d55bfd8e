"""A course: as many members as it has places, none of whom sees another."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from booking.conftest import MONDAY, Put, appointment, schedule
from fellesjournal.booking.groups import COURSE, is_session, joined, session
from fellesjournal.booking.holding import CAPACITY
from fellesjournal.errors import Conflict, Unprocessable

SCHOOL, TEACHER, ROOM = "HealthcareService/school", "Practitioner/teacher", "Location/hall"


async def course(put: Put, places: int) -> list[dict[str, Any]]:
    """Two sessions, a week apart."""
    await put(schedule("school", SCHOOL, extension=[{"url": CAPACITY, "valuePositiveInt": places}]))
    weeks = [MONDAY + timedelta(weeks=n) for n in range(2)]
    sessions = [session(SCHOOL, [TEACHER, ROOM], one, one + timedelta(hours=2), "autumn") for one in weeks]
    for number, one in enumerate(sessions):
        await put(one | {"id": f"session{number}"})
    return sessions


async def join(put: Put, name: str, sessions: list[dict[str, Any]]) -> None:
    for number, one in enumerate(joined(f"Patient/{name}", sessions)):
        await put(one | {"id": f"{name}{number}"})


async def test_a_course_takes_as_many_as_it_has_places_also_when_all_come_at_once(put: Put) -> None:
    sessions = await course(put, 5)
    answers = await asyncio.gather(*(join(put, f"m{n}", sessions) for n in range(9)), return_exceptions=True)
    assert sum(one is None for one in answers) == 5
    assert sum(isinstance(one, Conflict) for one in answers) == 4


async def test_who_holds_the_course_is_busy_once_and_nowhere_else(put: Put) -> None:
    sessions = await course(put, 5)
    await join(put, "ada", sessions)
    await join(put, "ola", sessions)
    with pytest.raises(Conflict):
        await put(appointment("x", 30, 60, TEACHER))
    with pytest.raises(Conflict, match="The citizen is busy"):
        await put(appointment("y", 30, 60, "Patient/ada"))


async def test_a_place_that_is_given_back_is_free_for_another(put: Put) -> None:
    sessions = await course(put, 1)
    await join(put, "ada", sessions)
    for number, one in enumerate(joined("Patient/ada", sessions)):
        await put(one | {"id": f"ada{number}", "status": "cancelled"})
    await join(put, "ola", sessions)


def test_no_member_sees_who_the_others_are() -> None:
    made = session(SCHOOL, [TEACHER], MONDAY, MONDAY + timedelta(hours=1), "autumn")
    [place] = joined("Patient/ada", [made])
    people = [one["actor"]["reference"] for one in place["participant"]]
    assert people == ["Patient/ada", SCHOOL, TEACHER]
    assert place["identifier"] == [{"system": COURSE, "value": "autumn"}]
    assert is_session(made)
    assert not is_session(place)


@pytest.mark.parametrize(
    "sessions",
    [
        [],
        [appointment("a", 0, 30, TEACHER)],
        [session(SCHOOL, [TEACHER], MONDAY, MONDAY, "autumn") | {"status": "cancelled"}],
    ],
    ids=["none", "no session", "called off"],
)
def test_nobody_joins_what_is_no_course_to_come(sessions: list[dict[str, Any]]) -> None:
    with pytest.raises(Unprocessable):
        joined("Patient/ada", sessions)
