"""What is told of what: messages and letters, what is brought in from elsewhere, and what is kept back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.booking.notices.rules import RESTRICTED, of_appointment, of_letter, of_message

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ADA = {"reference": "Patient/ada"}
KEPT_BACK = {"meta": {"security": [{"system": RESTRICTED, "code": "NORN_ALL"}]}}


def visit(status: str, day: str = "2026-12-20", **more: Any) -> dict[str, Any]:
    made = {"status": status, "start": f"{day}T09:00:00Z", "end": f"{day}T09:30:00Z"}
    return made | {"participant": [{"actor": ADA}, {"actor": {"reference": "Practitioner/1"}}]} | more


def kinds(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(one.kind) for one in of_appointment(before, after, NOW)]


HELD = [{"url": HELD_UNTIL, "valueDateTime": "2026-11-26T12:10:00Z"}]
ENDED = [{"url": HELD_UNTIL, "valueDateTime": "2026-11-26T11:50:00Z"}]
OFFER: dict[str, Any] = {
    "extension": [{"url": HELD_UNTIL, "valueDateTime": "2026-11-27"}],
    "supportingInformation": [{"reference": "Appointment/entry"}],
}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, visit("booked"), ["booked", "reminder"]),
        ({}, visit("booked", "2026-11-27"), ["booked"]),
        ({}, visit("booked", "2026-11-25"), []),
        ({}, visit("booked", created="2026-10-01"), ["reminder"]),
        (
            visit("pending", created="2026-10-01"),
            visit("booked", created="2026-10-01"),
            ["booked", "reminder"],
        ),
        (visit("booked"), visit("booked"), ["reminder"]),
        (visit("booked"), visit("booked", "2026-12-21"), ["moved", "reminder"]),
        (visit("booked"), visit("cancelled"), ["cancelled"]),
        (visit("pending", extension=ENDED), visit("cancelled", extension=ENDED), []),
        (visit("pending", extension=HELD), visit("cancelled", extension=HELD), ["cancelled"]),
        (visit("booked"), {}, ["cancelled"]),
        (visit("booked"), visit("fulfilled"), []),
        (visit("booked"), visit("arrived"), []),
        ({}, visit("pending", extension=OFFER["extension"]), []),
        ({}, visit("proposed", **OFFER), ["offer"]),
        (visit("proposed", **OFFER), visit("booked", **OFFER), ["booked", "reminder"]),
        (visit("proposed", **OFFER), visit("cancelled", **OFFER), []),
        ({}, {"status": "waitlist", "participant": [{"actor": ADA}]}, []),
    ],
)
def test_what_is_told_of_an_appointment(
    before: dict[str, Any], after: dict[str, Any], told: list[str]
) -> None:
    assert kinds(before, after) == told


def test_each_citizen_of_an_appointment_is_told() -> None:
    both = visit("booked", participant=[{"actor": ADA}, {"actor": {"reference": "Patient/ola/_history/2"}}])
    assert [one.citizen for one in of_appointment({}, both, NOW)] == ["Patient/ada"] * 2 + ["Patient/ola"] * 2


def message(**more: Any) -> dict[str, Any]:
    sender = {"reference": "Organization/1"}
    made = {"status": "completed", "sent": NOW.isoformat(), "sender": sender, "recipient": [ADA]}
    return made | more


@pytest.mark.parametrize(
    ("tree", "is_told"),
    [
        (message(), True),
        (message(sender=ADA, recipient=[{"reference": "Organization/1"}]), False),
        (message(sender={"reference": "RelatedPerson/1"}), False),
        (message(sent=(NOW - timedelta(days=2)).isoformat()), False),
        (message(status="preparation"), False),
        (message(**KEPT_BACK), False),
    ],
)
def test_a_message_from_others_is_told_of(tree: dict[str, Any], *, is_told: bool) -> None:
    assert [one.citizen for one in of_message(tree, NOW)] == (["Patient/ada"] if is_told else [])


def letter(**more: Any) -> dict[str, Any]:
    return {"status": "current", "date": NOW.isoformat(), "subject": ADA} | more


@pytest.mark.parametrize(
    ("tree", "is_told"),
    [
        (letter(), True),
        (letter(docStatus="preliminary"), False),
        (letter(status="entered-in-error"), False),
        (letter(author=[ADA]), False),
        (letter(date="2025-01-01T00:00:00Z"), False),
        (letter(subject={"reference": "Group/1"}), False),
        (letter(**KEPT_BACK), False),
    ],
)
def test_a_new_letter_that_the_citizen_may_read_is_told_of(tree: dict[str, Any], *, is_told: bool) -> None:
    assert bool(of_letter(tree, NOW)) is is_told
