"""What a calendar needs around a visit of a kind is guarded, and looked for, with the visit."""

from datetime import datetime
from typing import Any

import asyncpg
import pytest

from booking.conftest import Put, appointment, schedule
from booking.test_find import workdays
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.grid import QUANTUM, fit, spread
from fellesjournal.booking.holding import BUFFER_AFTER, BUFFER_BEFORE
from fellesjournal.errors import Conflict, Unprocessable

ROOM, DOCTOR, ADA, BO = "Location/room", "Practitioner/doctor", "Patient/ada", "Patient/bo"


def kind(code: str, **buffers: int) -> dict[str, Any]:
    """A kind of visit, with minutes `before` and `after`."""
    urls = {"before": BUFFER_BEFORE, "after": BUFFER_AFTER}
    told = [{"url": urls[name], "valuePositiveInt": minutes} for name, minutes in buffers.items()]
    return {"coding": [{"code": code}]} | ({"extension": told} if told else {})


def room(*kinds: dict[str, Any], **more: Any) -> dict[str, Any]:
    return schedule("room", ROOM, serviceType=list(kinds), extension=[workdays("00:00", "00:00")], **more)


async def test_a_room_that_is_cleaned_is_busy_meanwhile_and_the_citizen_is_not(put: Put) -> None:
    await put(room(kind("scan", before=5, after=15), kind("talk")))
    await put(appointment("a", 30, 60, ROOM, ADA, serviceType=[kind("scan")]))
    for id, start, end in (("b", 60, 70), ("b", 74, 80), ("b", 0, 26)):
        with pytest.raises(Conflict):
            await put(appointment(id, start, end, ROOM, BO, serviceType=[kind("talk")]))
    await put(appointment("c", 60, 75, DOCTOR, ADA))
    await put(appointment("d", 75, 90, ROOM, BO, serviceType=[kind("talk")]))
    await put(appointment("e", 0, 25, ROOM, BO, serviceType=[kind("talk")]))
    with pytest.raises(Conflict):
        await put(appointment("f", 90, 100, ROOM, ADA, serviceType=[kind("scan", after=1)]))
    await put(appointment("f", 95, 100, ROOM, ADA, serviceType=[kind("scan")]))


async def test_an_appointment_that_says_its_own_needs_that_instead(put: Put) -> None:
    await put(room(kind("scan", after=15)))
    own = [{"url": BUFFER_AFTER, "valuePositiveInt": 5}]
    await put(appointment("a", 30, 60, ROOM, ADA, serviceType=[kind("scan")], extension=own))
    with pytest.raises(Conflict):
        await put(appointment("b", 64, 80, ROOM, BO))
    await put(appointment("b", 65, 80, ROOM, BO))


async def test_what_is_found_is_what_can_be_booked(put: Put, pool: asyncpg.Pool) -> None:
    await put(room(kind("scan", before=10, after=12)))
    await put(appointment("a", 60, 90, ROOM, ADA, serviceType=[kind("scan")]))
    await put(appointment("b", 150, 170, ROOM, ADA))
    calendars = Calendars(pool)
    [bits] = (await calendars.free([ROOM], "scan"))[ROOM]
    grid, found = calendars.grid(), fit(bits, 4)
    for start in range(0, 220, 5):
        wanted = appointment("c", start, start + 20, ROOM, BO, serviceType=[kind("scan")], status="proposed")
        first = (datetime.fromisoformat(wanted["start"]) - grid.origin) // QUANTUM
        offered = bool(found >> first & 1)
        try:
            await put(wanted)
        except Conflict:
            assert not offered, start
        else:
            assert offered, start
            await put(wanted | {"status": "cancelled"})


async def test_a_calendar_that_changes_its_mind_counts_for_what_is_booked_after_it(put: Put) -> None:
    await put(room(kind("scan")))
    await put(appointment("a", 30, 60, ROOM, ADA, serviceType=[kind("scan")]))
    await put(appointment("b", 60, 90, ROOM, BO, serviceType=[kind("scan")]))
    await put(room(kind("scan", after=10)))
    with pytest.raises(Conflict):
        await put(appointment("c", 25, 30, ROOM, BO, serviceType=[kind("scan")]))
    await put(appointment("c", 90, 95, ROOM, ADA))


async def test_too_much_is_refused_with_its_place(put: Put) -> None:
    with pytest.raises(Unprocessable) as refused:
        await put(room(kind("talk"), kind("scan", after=241)))
    assert refused.value.issues[0].expression == "Schedule.serviceType[1].extension"


@pytest.mark.parametrize("bits", [0b1, 0b100100, 0b1 << 40])
@pytest.mark.parametrize("earlier", [0, 1, 3])
@pytest.mark.parametrize("later", [0, 2, 7])
def test_bits_spread_so_many_each_way(bits: int, earlier: int, later: int) -> None:
    slow = 0
    for bit in range(bits.bit_length()):
        if bits >> bit & 1:
            for other in range(max(bit - earlier, 0), bit + later + 1):
                slow |= 1 << other
    assert spread(bits, earlier, later) == slow
