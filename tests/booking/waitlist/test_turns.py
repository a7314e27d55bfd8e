"""The rules of a service, and the order in which those who wait are asked, beside a slow obvious search."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.waitlist.conftest import service
from fellesjournal.booking.waitlist.entry import Entry
from fellesjournal.booking.waitlist.rules import (
    Gap,
    Rules,
    answer_until,
    in_order,
    is_offered,
    rules,
)
from fellesjournal.errors import Unprocessable

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GAP = Gap(
    NOW + timedelta(days=3), NOW + timedelta(days=3, minutes=30), frozenset({"s|a"}), frozenset({"L/1"})
)

days = st.integers(0, 6)
entries = st.builds(
    Entry,
    id=st.uuids().map(str),
    citizen=st.just("Patient/1"),
    service=st.just("HealthcareService/1"),
    visits=st.frozensets(st.sampled_from(["s|a", "s|b"])),
    since=days.map(lambda n: NOW - timedelta(days=n)),
    deadline=st.none() | days.map(lambda n: date(2026, 12, 1) + timedelta(days=n)),
    priority=st.integers(1, 9),
    notice=days.map(lambda n: timedelta(days=n)),
    places=st.frozensets(st.sampled_from(["L/1", "L/2"])),
    earliest=days.map(lambda n: NOW + timedelta(days=n)),
    latest=days.map(lambda n: NOW + timedelta(days=n)),
    minutes=st.sampled_from([0, 20, 30, 40]),
)


@given(st.lists(entries, max_size=12), st.booleans())
def test_the_first_in_turn_is_the_one_whom_nobody_who_may_come_goes_before(
    waiting: list[Entry], any_visit: bool
) -> None:
    by = Rules(automatic=True, any_visit=any_visit)
    able = []
    for one in waiting:
        same = any_visit or one.visits == frozenset() or "s|a" in one.visits
        reachable = one.places == frozenset() or "L/1" in one.places
        in_time = one.earliest <= GAP.start <= one.latest and GAP.start - NOW >= one.notice
        if same and reachable and in_time and one.minutes <= 30:
            able.append(one)
    found = in_order(waiting, GAP, by, NOW)
    assert sorted(one.id for one in found) == sorted(one.id for one in able)
    for before, after in pairwise(found):
        assert not goes_before(after, before)


def goes_before(one: Entry, other: Entry) -> bool:
    """Deadline, then priority, then how long one has waited, told one by one."""
    if one.deadline != other.deadline:
        return other.deadline is None or (one.deadline is not None and one.deadline < other.deadline)
    if one.priority != other.priority:
        return one.priority < other.priority
    return one.since < other.since


@given(st.integers(0, 200), st.integers(1, 600))
def test_nothing_is_offered_in_the_quiet_time_and_no_offer_stands_after_the_start(
    quiet: int, answer: int
) -> None:
    by = Rules(True, False, timedelta(hours=quiet), timedelta(minutes=answer))
    assert is_offered(GAP, by, NOW) == (quiet <= 72)
    assert NOW < answer_until(GAP, by, NOW) <= GAP.start


def test_a_service_without_rules_offers_nothing_by_itself() -> None:
    assert not rules({"resourceType": "HealthcareService"}).automatic


def test_a_service_says_its_rules() -> None:
    told = rules(service(automatic=True, quiet=72, answer=30, near=7))
    assert told == Rules(True, False, timedelta(hours=72), timedelta(minutes=30), timedelta(days=7))


@pytest.mark.parametrize("strange", [{"qiuet": 3}, {"quiet": True}, {"automatic": 1}, {"near": -1}])
def test_a_rule_that_is_not_understood_is_refused(strange: dict[str, Any]) -> None:
    with pytest.raises(Unprocessable, match="A rule of the waitlist is one of automatic"):
        rules(service(**strange))
