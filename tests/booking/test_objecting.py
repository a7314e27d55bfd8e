"""What is asked of an Appointment when it is written: only what becomes held, of those who take part."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.conftest import appointment, schedule
from booking.test_find import workdays
from fellesjournal.access.weighed import Told
from fellesjournal.booking.asked.objecting import becomes_held, of_answers, of_writers
from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.errors import Unprocessable

Json = dict[str, Any]
DOCTOR, ROOM, ADA = "Practitioner/doctor", "Location/room", "Patient/ada"
NOW = datetime.now(UTC)
_, RULE = of_writers(lambda: NOW)
_, ANSWERS = of_answers(lambda: NOW)


class Held:
    """What the record has, as the door tells of it."""

    def __init__(self, *resources: Json, hidden: Sequence[str] = ()) -> None:
        self._resources, self.hidden = resources, hidden

    async def __call__(
        self, type_name: str, asked: Sequence[tuple[str, str]], *, most: int = 10
    ) -> list[Json]:
        assert (type_name, most > 0) == ("Schedule", True)
        [(_, value)] = asked
        wanted = [{"reference": one} for one in value.split(",")]
        mine = [one for one in self._resources if one["resourceType"] == type_name]
        return [one for one in mine if any(each in wanted for each in one["actor"])]

    async def named(self, references: Iterable[str]) -> dict[str, Told]:
        by_name = {f"{one['resourceType']}/{one['id']}": one for one in self._resources}
        return {name: Told(by_name[name], name not in self.hidden) for name in references if name in by_name}


def there(reference: str, **more: Any) -> Json:
    kind, _, id = reference.partition("/")
    return {"resourceType": kind, "id": id, **more}


ALL = Held(
    there(DOCTOR), there(ROOM), there(ADA), schedule("d", DOCTOR, extension=[workdays("00:00", "00:00")])
)


async def test_nothing_stands_against_what_can_be() -> None:
    await RULE(appointment("a", 0, 30, DOCTOR, ROOM, ADA), None, ALL)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (Held(there(DOCTOR), there(ROOM), there(ADA, deceasedBoolean=True)), "The citizen has died"),
        (Held(there(DOCTOR), there(ADA)), "Location/room is not there"),
        (Held(there(DOCTOR, active=False), there(ROOM), there(ADA)), "doctor is no longer active"),
        (
            Held(
                *(there(one) for one in (DOCTOR, ROOM, ADA)),
                schedule("d", DOCTOR, planningHorizon={"end": "2020-01-01"}),
            ),
            "is not valid on",
        ),
        (
            Held(
                *(there(one) for one in (DOCTOR, ROOM, ADA)),
                schedule("d", DOCTOR, extension=[workdays("00:00", "00:05")]),
            ),
            "is not open from",
        ),
    ],
)
async def test_the_dead_the_deleted_and_the_closed_are_refused(known: Held, told: str) -> None:
    with pytest.raises(Unprocessable, match=told):
        await RULE(appointment("a", 0, 30, DOCTOR, ROOM, ADA), None, known)
    for status in ("fulfilled", "cancelled", "noshow", "waitlist"):
        await RULE(appointment("a", 0, 30, DOCTOR, ROOM, ADA, status=status), None, known)


async def test_of_several_citizens_only_those_within_reach_are_told_of() -> None:
    dead = there(ADA, deceasedBoolean=True)
    await RULE(appointment("a", 0, 30, ADA, "Patient/kari"), None, Held(dead, hidden=[ADA]))
    await RULE(appointment("a", 0, 30, "Patient/kari"), None, Held(dead))
    with pytest.raises(Unprocessable, match="has died"):
        await RULE(appointment("a", 0, 30, ADA, "Patient/kari"), None, Held(dead))


async def test_what_is_over_is_written_down_afterwards_and_neither_proposed_nor_moved_there() -> None:
    past = {"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T10:30:00Z"}
    await RULE(appointment("a", 0, 30, DOCTOR) | past, None, Held())
    with pytest.raises(Unprocessable, match="is over"):
        await RULE(appointment("a", 0, 30, DOCTOR, status="proposed") | past, None, ALL)
    with pytest.raises(Unprocessable, match="is over"):
        await RULE(appointment("a", 0, 30, DOCTOR) | past, appointment("a", 0, 30, DOCTOR), ALL)


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ({}, {"comment": "Ring"}, False),
        ({"status": "arrived"}, {}, False),
        ({"status": "noshow"}, {}, False),
        ({"status": "proposed"}, {}, True),
        ({"status": "proposed"}, {"status": "pending"}, False),
        ({"status": "cancelled"}, {}, True),
        ({"status": "waitlist"}, {}, True),
        ({}, {"status": "arrived"}, False),
        ({}, {"start": "2030-01-01T10:00:00Z", "end": "2030-01-01T10:30:00Z"}, True),
        ({}, {"participant": [{"actor": {"reference": ROOM}, "status": "accepted"}]}, True),
        ({}, {"serviceType": [{"coding": [{"code": "x"}]}]}, True),
    ],
)
def test_what_becomes_held_is_new_at_another_time_with_others_or_agreed(
    before: Json, after: Json, asked: bool
) -> None:
    stood = appointment("a", 0, 30, DOCTOR, ADA)
    assert becomes_held(stood | after, stood | before) is asked
    assert becomes_held(stood, None)


def hold(minutes: float, **more: Any) -> Json:
    """A time that is held until so many minutes from now."""
    until = {"url": HELD_UNTIL, "valueDateTime": (NOW + timedelta(minutes=minutes)).isoformat()}
    return appointment("a", 0, 30, DOCTOR, ADA, status="pending", extension=[until]) | more


@pytest.mark.parametrize(
    ("after", "is_refused"),
    [
        (hold(-6, comment="Ring"), True),
        (hold(-6, participant=[{"actor": {"reference": ADA}, "status": "accepted"}]), True),
        (hold(-6, start="2030-01-01T10:00:00Z", end="2030-01-01T10:30:00Z"), True),
        (hold(-6, status="proposed"), True),
        (hold(-6, status="noshow"), True),
        (hold(-6, status="fulfilled"), True),
        (hold(-6, status="cancelled"), False),
        (hold(-6, status="entered-in-error"), False),
        (hold(-6, status="booked"), False),
        (hold(10), False),
        (hold(0, extension=[]), False),
    ],
)
async def test_what_was_held_and_is_given_back_is_called_off_or_asked_for_anew(
    after: Json, is_refused: bool
) -> None:
    if not is_refused:
        return await RULE(after, hold(-6), ALL)
    with pytest.raises(Unprocessable, match="is given back"):
        await RULE(after, hold(-6), ALL)
    return None


async def test_what_was_held_is_asked_about_as_anything_new_when_it_is_held_again() -> None:
    with pytest.raises(Unprocessable, match="has died"):
        await RULE(hold(10), hold(-6), Held(there(DOCTOR), there(ADA, deceasedBoolean=True)))
    await RULE(hold(20), hold(10), Held(there(DOCTOR), there(ADA, deceasedBoolean=True)))


@pytest.mark.parametrize("status", ["accepted", "tentative", "needs-action", "declined"])
async def test_time_that_is_given_back_is_nothing_to_say_yes_to(status: str) -> None:
    answer = {"appointment": {"reference": "Appointment/a"}, "participantStatus": status}
    await ANSWERS(answer, None, Held(hold(10)))
    await ANSWERS(answer, None, Held(hold(-6), hidden=["Appointment/a"]))
    if status == "declined":
        return await ANSWERS(answer, None, Held(hold(-6)))
    with pytest.raises(Unprocessable, match="is given back"):
        await ANSWERS(answer, None, Held(hold(-6)))
    return None
