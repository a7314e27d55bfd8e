"""Visits at home within a window, and consultations by video and telephone."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.conftest import MONDAY, Put, appointment
from fellesjournal.booking.free.finding import Need
from fellesjournal.booking.free.grid import QUANTUM, Grid
from fellesjournal.booking.free.windows import (
    TELEPHONE,
    VIDEO,
    by_contact,
    contact,
    first_home_visit,
    home_visit,
    is_window,
)
from fellesjournal.booking.holding import of_appointment
from fellesjournal.errors import Conflict, Invalid, Unprocessable

GRID = Grid(date(2026, 11, 26), 1)
WINDOW = (MONDAY, MONDAY + timedelta(hours=3))
ADA, NURSE = "Patient/ada", "Practitioner/nurse"
bits = st.integers(0, (1 << GRID.length) - 1)


async def test_the_citizen_is_bound_for_the_window_and_the_nurse_for_the_visit(put: Put) -> None:
    visit = home_visit(ADA, [NURSE], WINDOW, MONDAY + timedelta(hours=1), 30)
    await put(visit | {"id": "home"})
    await put(appointment("before", 0, 60, NURSE))
    await put(appointment("after", 90, 120, NURSE))
    with pytest.raises(Conflict):
        await put(appointment("at", 70, 80, NURSE))
    with pytest.raises(Conflict, match="The citizen is busy"):
        await put(appointment("ada", 150, 160, ADA))


@pytest.mark.parametrize(("after", "minutes"), [(-5, 30), (170, 30), (30, 0)])
def test_a_visit_that_is_not_within_its_window_is_refused(after: int, minutes: int) -> None:
    with pytest.raises(Unprocessable, match="not within its window"):
        home_visit(ADA, [NURSE], WINDOW, MONDAY + timedelta(minutes=after), minutes)


@given(
    st.dictionaries(st.sampled_from(["a", "b"]), st.lists(bits, max_size=2)),
    bits,
    st.integers(0, 40),
    st.integers(1, 12),
    st.integers(1, 5),
)
def test_the_first_visit_in_a_window_is_what_a_slow_search_finds(
    free: dict[str, list[int]], citizen: int, opens: int, wide: int, length: int
) -> None:
    window = (GRID.origin + opens * QUANTUM, GRID.origin + (opens + wide) * QUANTUM)
    found = first_home_visit(free, [Need(["a", "b"], length)], citizen, GRID, window)
    slow: tuple[datetime, tuple[str, ...]] | None = None
    if all(citizen >> bit & 1 for bit in range(opens, opens + wide)):
        for start in range(opens, opens + wide - length + 1):
            for who in ("a", "b"):
                span = range(start, start + length)
                able = any(all(lane >> bit & 1 for bit in span) for lane in free.get(who, []))
                slow = slow or ((GRID.moment(start), (who,)) if able else None)
    assert found == slow


def test_a_window_is_a_visit_at_home_that_is_shorter_than_the_citizen_waits() -> None:
    visit = home_visit(ADA, [NURSE], WINDOW, MONDAY + timedelta(hours=1), 30)
    assert is_window(visit)
    assert not is_window(visit | {"participant": [{"actor": {"reference": NURSE}}]})
    assert not is_window(visit | {"appointmentType": {}})


def test_a_video_consultation_needs_no_place_and_says_what_it_is() -> None:
    at_clinic = appointment("a", 0, 30, ADA, NURSE, "Location/1")
    video = by_contact(at_clinic, VIDEO)
    assert [one.actor for one in of_appointment(video)] == [ADA, NURSE], "the place is only told of it"
    assert (contact(video), contact(at_clinic)) == (VIDEO, "")
    [coding] = by_contact(video, TELEPHONE)["appointmentType"]["coding"]
    assert (coding["code"], coding["display"]) == ("7", "Telefonkonsultasjon")
    assert len(by_contact(at_clinic, "2")["participant"]) == 3


def test_a_kind_of_contact_that_there_is_not_is_refused() -> None:
    with pytest.raises(Invalid, match="6 Videokonsultasjon"):
        by_contact(appointment("a", 0, 30, ADA), "video")
