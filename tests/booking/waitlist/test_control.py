"""The control list: whoever lacks a next step stands on it, and says why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.waitlist.conftest import entry
from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.booking.waitlist.control import Lack, Row, rows
from fellesjournal.booking.waitlist.rules import Rules

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
BY = Rules(near=timedelta(days=14))


def arranged(status: str, day: str, **more: Any) -> dict[str, Any]:
    """An appointment for the entry "ola"."""
    made = {"id": "its", "status": status, "start": f"{day}T09:00:00Z", "end": f"{day}T09:30:00Z"}
    return made | {"supportingInformation": [{"reference": "Appointment/ola"}]} | more


def only(appointments: list[dict[str, Any]], **more: Any) -> Row:
    dead = more.pop("dead", frozenset())
    [row] = rows([entry("ola", "Patient/ola", **more)], appointments, [], BY, NOW, dead)
    return row


def held(until: str) -> dict[str, Any]:
    return {"extension": [{"url": HELD_UNTIL, "valueDateTime": until}]}


@pytest.mark.parametrize(
    ("appointments", "deadline", "lacks"),
    [
        ([], None, [Lack.NO_STEP]),
        ([], "2026-11-25", [Lack.DEADLINE_PASSED, Lack.NO_STEP]),
        ([], "2026-12-10", [Lack.DEADLINE_NEAR, Lack.NO_STEP]),
        ([], "2026-12-11", [Lack.NO_STEP]),
        ([arranged("booked", "2026-12-01")], "2026-12-10", []),
        ([arranged("booked", "2026-12-11")], "2026-12-10", [Lack.LATE]),
        ([arranged("proposed", "2026-12-01", **held("2026-11-27"))], "2026-12-10", [Lack.DEADLINE_NEAR]),
        ([arranged("proposed", "2026-12-01", **held("2026-11-26T11:00:00Z"))], None, [Lack.NO_STEP]),
        ([arranged("booked", "2026-11-20")], None, [Lack.NO_STEP]),
        ([arranged("cancelled", "2026-12-01")], None, [Lack.NO_STEP]),
        ([arranged("noshow", "2026-11-25")], None, [Lack.NO_STEP]),
        ([arranged("fulfilled", "2026-11-25")], "2026-11-25", [Lack.TO_CLOSE]),
    ],
)
def test_what_an_entry_lacks(appointments: list[Any], deadline: str | None, lacks: list[Lack]) -> None:
    more = {} if deadline is None else {"deadline": deadline}
    assert list(only(appointments, **more).lacks) == lacks


def test_an_entry_of_one_who_is_dead_is_to_be_closed() -> None:
    assert only([], dead=frozenset({"Patient/ola"})).lacks == (Lack.TO_CLOSE,)


def test_a_referral_that_nobody_put_on_the_list_is_found() -> None:
    on_it = entry("ola", "Patient/ola", basedOn=[{"reference": "ServiceRequest/1"}])
    booked = arranged("booked", "2026-12-01", basedOn=[{"reference": "ServiceRequest/3"}])
    found = rows([on_it], [booked], [{"id": "1"}, {"id": "2"}, {"id": "3"}], BY, NOW)
    assert [(row.reference, row.lacks) for row in found if row.entry is None] == [
        ("ServiceRequest/2", (Lack.NO_ENTRY,))
    ]


def test_the_most_urgent_stands_first_and_who_has_all_last() -> None:
    waiting = [
        entry("has", "Patient/1"),
        entry("none", "Patient/2"),
        entry("near", "Patient/3", deadline="2026-12-02"),
        entry("passed", "Patient/4", deadline="2026-11-01"),
        {"id": "strange", "status": "waitlist"},
    ]
    has = arranged("booked", "2026-12-01", supportingInformation=[{"reference": "Appointment/has"}])
    found = [row.reference.removeprefix("Appointment/") for row in rows(waiting, [has], [], BY, NOW)]
    assert found == ["passed", "near", "none", "strange", "has"]
