"""What becomes of an Appointment when something is done with it, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.conftest import MONDAY, Put, appointment, at
from fellesjournal.booking import acts, holding
from fellesjournal.booking.waitlist import ended as ended_holds
from fellesjournal.errors import Conflict, Fault, Invalid, Unprocessable

NOW = datetime.now(UTC)
DOCTOR, ADA = "Practitioner/1", "Patient/ada"
STATES = ["proposed", "pending", "waitlist", "booked", "arrived", "checked-in", "fulfilled", "cancelled"]


def one(status: str = "booked", **more: Any) -> dict[str, Any]:
    return appointment("a", 0, 30, DOCTOR, ADA, status=status, **more)


def test_what_is_proposed_waits_for_the_answer_of_all() -> None:
    start = MONDAY + timedelta(hours=1)
    made = acts.proposed([DOCTOR, ADA, DOCTOR], start, start + timedelta(minutes=40), NOW, {"comment": "x"})
    assert (made["status"], made["minutesDuration"], made["comment"]) == ("proposed", 40, "x")
    assert [party["status"] for party in made["participant"]] == ["needs-action"] * 2


def test_a_hold_ends_by_itself_and_a_booking_does_not() -> None:
    until = NOW + timedelta(minutes=5)
    held = acts.held(one("proposed"), until, NOW)
    assert held["status"] == "pending"
    assert all(
        abs(wish.until - until) < timedelta(seconds=1) for wish in holding.of_appointment(held) if wish.until
    )
    assert all(wish.until for wish in holding.of_appointment(held))
    booked = acts.booked(held, NOW)
    assert booked["status"] == "booked"
    assert "extension" not in booked


def test_what_was_held_and_is_called_off_says_until_when_it_was_held() -> None:
    ended = NOW - timedelta(minutes=30)
    gone = ended_holds.called_off(acts.held(one("proposed"), ended, ended - timedelta(minutes=10)))
    assert holding.given_back(gone, NOW) == ended.replace(microsecond=ended.microsecond // 1000 * 1000)
    with pytest.raises(Conflict, match=r"was held until .*, and is given back"):
        acts.booked(gone, NOW)
    cancelled = acts.cancelled(acts.held(one("proposed"), NOW + timedelta(minutes=1), NOW), "AAT")
    assert holding.given_back(cancelled, NOW + timedelta(hours=1)) is None


def test_a_second_hold_takes_the_place_of_the_first() -> None:
    held = acts.held(one("proposed"), NOW + timedelta(minutes=5), NOW)
    longer = acts.held(held, NOW + timedelta(minutes=9), NOW)
    assert len(longer["extension"]) == 1


def test_it_is_booked_when_the_last_has_accepted() -> None:
    start = MONDAY + timedelta(hours=1)
    made = acts.proposed([DOCTOR, ADA], start, start + timedelta(minutes=40), NOW)
    half = acts.answered(made, DOCTOR, "accepted")
    assert half["status"] == "proposed"
    assert acts.answered(half, ADA, "accepted")["status"] == "booked"
    assert acts.answered(half, ADA, "declined")["status"] == "proposed"


def test_who_declined_stays_declined_when_it_is_booked() -> None:
    told = acts.answered(one("proposed"), DOCTOR, "declined")
    assert [party["status"] for party in acts.booked(told, NOW)["participant"]] == ["declined", "accepted"]


def test_a_move_keeps_the_length_and_takes_the_times_of_each_along() -> None:
    told = one(slot=[{"reference": "Slot/old"}])
    told["participant"][0]["period"] = {"start": at(0), "end": at(10)}
    moved = acts.moved(told, MONDAY + timedelta(minutes=60), NOW)
    wishes = {wish.actor: wish for wish in holding.of_appointment(moved)}
    assert wishes[ADA].start == MONDAY + timedelta(minutes=60)
    assert wishes[ADA].end == MONDAY + timedelta(minutes=90)
    assert wishes[DOCTOR].end == MONDAY + timedelta(minutes=70)
    assert moved["minutesDuration"] == 30
    assert "slot" not in moved


def test_a_cancellation_says_why_by_list_7621() -> None:
    told = acts.cancelled(one(), acts.BY_CITIZEN, " Er bortreist ")
    assert told["status"] == "cancelled"
    assert told["cancelationReason"]["coding"][0]["code"] == "AAI"
    assert told["cancelationReason"]["text"] == "Avlyst av innbygger: Er bortreist"
    assert holding.of_appointment(told) == []


def test_the_reception_goes_from_booked_to_done() -> None:
    here = acts.arrived(one())
    inside = acts.in_room(here)
    assert (here["status"], inside["status"], acts.done(inside)["status"]) == (
        "arrived",
        "checked-in",
        "fulfilled",
    )


def test_nobody_has_failed_to_come_before_it_begins() -> None:
    with pytest.raises(Conflict, match="has not begun"):
        acts.not_met(one(), NOW)
    assert acts.not_met(one(), MONDAY + timedelta(minutes=20))["status"] == "noshow"


def test_what_is_repeated_is_the_same_at_other_times_and_has_no_identity_yet() -> None:
    weeks = [MONDAY + timedelta(weeks=n) for n in (1, 2, 3)]
    series = acts.repeated(one(meta={"versionId": "3"}), weeks, NOW)
    assert [datetime.fromisoformat(each["start"]) for each in series] == weeks
    assert all("id" not in each and "meta" not in each and each["status"] == "booked" for each in series)


def test_who_is_overbooked_is_so_with_a_reason_and_never_the_citizen() -> None:
    told = acts.overbooked(one(), DOCTOR, " Brudd ")
    assert [wish.overbooked for wish in holding.of_appointment(told)] == [True, False]
    for actor, reason in ((ADA, "x"), (DOCTOR, "  "), ("Practitioner/9", "x")):
        with pytest.raises(Invalid):
            acts.overbooked(one(), actor, reason)


@pytest.mark.parametrize(
    ("act", "states"),
    [
        (lambda it: acts.held(it, NOW + timedelta(minutes=5), NOW), {"proposed", "pending", "waitlist"}),
        (lambda it: acts.booked(it, NOW), {"proposed", "pending", "waitlist"}),
        (lambda it: acts.answered(it, ADA, "tentative"), {"proposed", "pending", "waitlist", "booked"}),
        (lambda it: acts.moved(it, MONDAY, NOW), {"proposed", "pending", "waitlist", "booked"}),
        (lambda it: acts.cancelled(it, "AAT"), {"proposed", "pending", "waitlist", "booked", "arrived"}),
        (acts.arrived, {"booked"}),
        (acts.in_room, {"booked", "arrived"}),
        (acts.done, {"booked", "arrived", "checked-in"}),
        (lambda it: acts.not_met(it, MONDAY + timedelta(days=1)), {"booked"}),
    ],
)
def test_each_act_is_for_some_states_and_says_which(act: Callable[..., Any], states: set[str]) -> None:
    for status in STATES:
        if status in states:
            act(one(status))
        else:
            with pytest.raises(Conflict, match=f"is {status}: only what is "):
                act(one(status))


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: acts.moved(one(), MONDAY, NOW, MONDAY - timedelta(minutes=1)), "no later than it begins"),
        (lambda: acts.moved(one(), NOW - timedelta(days=1), NOW), "is over"),
        (lambda: acts.proposed([DOCTOR], NOW, NOW, NOW), "no later than it begins.*is over"),
        (lambda: acts.proposed([], MONDAY, MONDAY + timedelta(hours=1), NOW), "Nobody is to come"),
        (
            lambda: acts.booked(appointment("a", -99 * 1440, -98 * 1440, DOCTOR, status="pending"), NOW),
            "is over",
        ),
        (lambda: acts.booked({"status": "waitlist", "participant": []}, NOW), "has no time yet"),
        (lambda: acts.held(one("proposed"), NOW, NOW), "ends after now"),
        (lambda: acts.repeated(one(), [], NOW), "1 to 60 times"),
        (lambda: acts.cancelled(one(), "IM"), "reason of list 7621"),
        (lambda: acts.answered(one(), "Patient/ola", "accepted"), "takes no part"),
        (lambda: acts.answered(one(), ADA, "yes"), "not 'yes'"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(act: Callable[[], Any], told: str) -> None:
    with pytest.raises((Unprocessable, Invalid), match=told):
        act()


@given(steps=st.lists(st.integers(0, 8), max_size=8), minutes=st.integers(1, 500))
def test_no_row_of_acts_leaves_a_time_that_ends_before_it_begins_or_a_hold_on_what_is_agreed(
    steps: list[int], minutes: int
) -> None:
    told: dict[str, Any] = one("proposed")
    row: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
        lambda it: acts.held(it, NOW + timedelta(minutes=minutes), NOW),
        lambda it: acts.booked(it, NOW),
        lambda it: acts.answered(it, ADA, "accepted"),
        lambda it: acts.moved(it, MONDAY + timedelta(minutes=minutes), NOW),
        lambda it: acts.cancelled(it, "AAT"),
        acts.arrived,
        acts.in_room,
        acts.done,
        lambda it: acts.not_met(it, MONDAY + timedelta(days=2)),
    ]
    for step in steps:
        before = msgspec.json.encode(told)
        try:
            after = row[step](told)
        except Fault:
            after = told
        assert msgspec.json.encode(told) == before
        told = after
        assert all(wish.start < wish.end for wish in holding.of_appointment(told))
        if told["status"] == "booked":
            assert not any(wish.until for wish in holding.of_appointment(told))


async def test_what_the_acts_make_is_sound_and_guarded(put: Put) -> None:
    start = MONDAY + timedelta(hours=1)
    made = acts.proposed([DOCTOR, ADA], start, start + timedelta(minutes=40), NOW) | {"id": "a"}
    held = acts.held(made, NOW + timedelta(minutes=5), NOW)
    booked = acts.booked(held, NOW)
    rows = [made, held, booked, acts.moved(booked, MONDAY, NOW), acts.arrived(booked)]
    for tree in [
        *rows,
        acts.not_met(booked, start + timedelta(hours=1)),
        acts.cancelled(booked, "AAT", "Syk"),
    ]:
        await put(tree)
