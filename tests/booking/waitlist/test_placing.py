"""Who is put on a list, and who is called in again when it is time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking.waitlist.conftest import CLINIC, SKIN, Site
from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.booking.waitlist.control import Lack, rows
from fellesjournal.booking.waitlist.entry import ENTRY, entry
from fellesjournal.booking.waitlist.placing import Wish, placed
from fellesjournal.booking.waitlist.rules import RULES, Rules
from fellesjournal.errors import Unprocessable

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WISH = Wish("Patient/ola", CLINIC, NOW - timedelta(days=30))
FULL = WISH._replace(
    deadline=date(2027, 1, 10),
    priority=2,
    notice_hours=24,
    places=("Location/room",),
    visit=SKIN,
    referral="ServiceRequest/r",
    minutes=30,
)


async def test_what_was_wished_is_what_the_entry_says(site: Site) -> None:
    made = placed(FULL, NOW)
    one = entry(made)
    assert (one.deadline, one.priority, one.notice) == (FULL.deadline, 2, timedelta(hours=24))
    assert (one.places, one.minutes, one.since) == (frozenset(FULL.places), 30, FULL.since)
    referral = {"status": "active", "intent": "order", "subject": {"reference": "Patient/ola"}}
    await site.put({"resourceType": "ServiceRequest", "id": "r"} | referral, made | {"id": "ola"})


def test_a_wish_without_a_citizen_is_refused() -> None:
    with pytest.raises(Unprocessable, match="Name the citizen"):
        placed(WISH._replace(citizen="Group/1"), NOW)


@pytest.mark.parametrize(("days", "is_due"), [(43, False), (42, True), (1, True)])
def test_a_recall_stands_on_the_list_as_lacking_a_time_when_it_is_due(days: int, *, is_due: bool) -> None:
    window = (NOW + timedelta(days=days), NOW + timedelta(days=days + 30))
    recall = placed(WISH._replace(window=window), NOW) | {"id": "r"}
    [row] = rows([recall], [], [], Rules(), NOW)
    assert list(row.lacks) == ([Lack.NO_STEP] if is_due else [])


def test_the_extensions_are_published() -> None:
    urls = {one.get("url") for one in norwegian_resources()}
    assert {ENTRY, RULES} <= urls
