"""Who wants an earlier time keeps the present one until a better is taken, by whatever way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.conftest import MONDAY
from booking.waitlist.conftest import CLINIC, Site, entry, visit
from fellesjournal.booking.waitlist import control, earlier
from fellesjournal.booking.waitlist.entry import ENTRY, is_entry
from fellesjournal.booking.waitlist.entry import entry as read
from fellesjournal.booking.waitlist.rules import Rules
from fellesjournal.errors import Conflict, Unprocessable

ADA, OLA, EVA = "Patient/ada", "Patient/ola", "Patient/eva"
LATER = visit("has", 10_080, OLA)
NOW = datetime.now(UTC)


def waiting() -> dict[str, Any]:
    return earlier.wanted(LATER, CLINIC, OLA, NOW) | {"id": "waits"}


async def test_the_better_time_is_offered_taken_and_the_old_one_given_up_for_the_next(site: Site) -> None:
    await site.put(visit("a", 0, ADA), LATER, waiting(), entry("eva", EVA, since="2026-02-01"))
    await site.cancel("a")
    await site.round()
    assert await site.offers("waits") == [], "Eva has waited longer"
    await site.cancel((await site.offers("eva"))[0]["id"])
    await site.round()
    [offer] = await site.offers("waits")
    assert datetime.fromisoformat(offer["start"]) == MONDAY
    assert await status(site, "has") == "booked"
    assert (await site.accept(offer)).status_code == 200
    await site.round()
    assert (await status(site, "has"), await status(site, "waits")) == ("cancelled", "waitlist")
    await site.round()
    [freed] = [one for one in await site.offers("eva") if one["status"] == "proposed"]
    assert datetime.fromisoformat(freed["start"]) == MONDAY + timedelta(days=7), "the old time finds its next"


async def status(site: Site, id: str) -> str:
    [one] = await site.found(f"Appointment?_id={id}")
    return str(one["status"])


async def test_a_later_time_is_not_offered_and_one_that_is_booked_by_hand_gives_up_nothing(
    site: Site,
) -> None:
    await site.put(visit("late", 20_160, ADA), LATER, waiting())
    await site.cancel("late")
    await site.round()
    assert await site.offers("waits") == []
    by_hand = [{"reference": "Appointment/waits"}]
    await site.put(visit("hand", 20_220, OLA, supportingInformation=by_hand))
    await site.round()
    assert await status(site, "has") == "booked"


def test_the_entry_asks_for_times_before_the_present_and_says_which_that_is() -> None:
    one = read(waiting())
    assert is_entry(waiting())
    assert one.instead == earlier.instead(waiting()) == "Appointment/has"
    assert one.latest < MONDAY + timedelta(days=7)
    assert one.earliest.replace(microsecond=0) == NOW.replace(microsecond=0)
    assert earlier.is_waiting(LATER, [waiting()])
    assert not earlier.is_waiting(LATER, [entry("eva", EVA)])
    assert earlier.services(LATER) == [CLINIC]


@pytest.mark.parametrize("wrong", [{"status": "cancelled"}, {"start": NOW.isoformat()}, {"participant": []}])
def test_who_has_no_time_or_is_too_near_cannot_wait_for_an_earlier(wrong: dict[str, Any]) -> None:
    with pytest.raises(Conflict, match="more than an hour ahead"):
        earlier.wanted(LATER | wrong, CLINIC, OLA, NOW)


def test_an_entry_that_keeps_what_is_no_appointment_is_refused() -> None:
    wrong = waiting()
    for one in wrong["extension"][0]["extension"]:
        if one["url"] == "instead":
            one["valueReference"] = {"reference": "Encounter/7"}
    assert wrong["extension"][0]["url"] == ENTRY
    with pytest.raises(Unprocessable, match="refers to the Appointment"):
        read(wrong)


def test_the_control_list_counts_the_present_time_as_a_step_and_an_earlier_one_as_the_end() -> None:
    def lacks(given: list[dict[str, Any]], kept: dict[str, Any]) -> tuple[str, ...]:
        [row] = control.rows([waiting()], given, [], Rules(), NOW, kept=kept)
        return row.lacks

    better = visit("better", 0, OLA, supportingInformation=[{"reference": "Appointment/waits"}])
    assert lacks([], {"Appointment/has": LATER}) == ()
    assert lacks([], {"Appointment/has": LATER | {"status": "cancelled"}}) == (control.Lack.NO_STEP,)
    assert lacks([better], {"Appointment/has": LATER}) == (control.Lack.TO_CLOSE,)
