"""Booking somebody who is busy is a right of its own, with a reason, and never of a citizen."""

from typing import Any

import pytest

from fellesjournal.access.overbooking import OVERBOOKED, overbooking
from fellesjournal.access.policies import Policies
from fellesjournal.errors import Fault, Forbidden, Unprocessable

POLICIES = Policies()
DOCTOR, ADA = "Practitioner/1", "Patient/ada"


def appointment(actor: str = DOCTOR, reason: str | None = "Brudd", **more: Any) -> dict[str, Any]:
    extension = [] if reason is None else [{"url": OVERBOOKED, "valueString": reason}]
    party = {"actor": {"reference": actor}, "status": "accepted", "extension": extension}
    return {"status": "booked", "start": "2026-12-01T09:00:00Z", "end": "x", "participant": [party], **more}


def refused(role: str, after: dict[str, Any], before: dict[str, Any] | None = None) -> type[Fault] | None:
    try:
        overbooking(POLICIES.find(role))(after, before)
    except Fault as fault:
        return type(fault)
    return None


@pytest.mark.parametrize(
    ("role", "fault"),
    [
        *(("lege", None), ("helsesekretaer", None), ("legestudent", Forbidden), ("innbygger", Forbidden)),
        *(("saksbehandler", Forbidden), ("representant-timer", Forbidden), ("nobody", Forbidden)),
    ],
)
def test_who_overbooks_has_the_right(role: str, fault: type[Fault] | None) -> None:
    assert refused(role, appointment()) is fault
    assert refused(role, appointment(reason=None)) is None


def test_who_overbooks_says_why_and_never_of_a_citizen() -> None:
    assert refused("lege", appointment(reason=" ")) is Unprocessable
    assert refused("lege", appointment(ADA)) is Unprocessable


def test_what_another_has_overbooked_may_be_written_on_by_those_without_the_right() -> None:
    before = appointment()
    for after in (appointment(comment="x"), appointment(status="arrived"), appointment(status="cancelled")):
        assert refused("legestudent", after, before) is None


def test_moving_or_giving_another_what_is_overbooked_is_overbooking_again() -> None:
    before = appointment()
    for after in (appointment(start="2026-12-02T09:00:00Z"), appointment("Practitioner/2")):
        assert refused("legestudent", after, before) is Forbidden
        assert refused("lege", after, before) is None


def test_what_holds_no_time_overbooks_nobody() -> None:
    assert refused("innbygger", appointment(status="waitlist")) is None
    assert refused("innbygger", appointment(), appointment(status="waitlist")) is Forbidden
