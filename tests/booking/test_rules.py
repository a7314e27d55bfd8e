"""What a citizen may do with an appointment, by its status, the answer so far and the service's deadline."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fellesjournal.booking.rules import DEADLINE, choices, deadline, gives_up, is_at_home, places
from fellesjournal.norway.codes.contacts import APPOINTMENT

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOME_VISIT = {"coding": [{"system": APPOINTMENT.system, "code": "Hjemmebesok"}]}
ME = "Patient/a"


def made(hours: float, status: str = "booked", answer: str = "accepted", **members: Any) -> dict[str, Any]:
    start = (NOW + timedelta(hours=hours)).isoformat()
    actors = [{"actor": {"reference": ME}, "status": answer}]
    return {"status": status, "start": start, "participant": actors, **members}


def service(hours: float) -> dict[str, Any]:
    return {"extension": [{"url": DEADLINE, "valueDuration": {"value": hours, "unit": "h"}}]}


@pytest.mark.parametrize(
    ("one", "services", "confirm", "cancel"),
    [
        (made(25), [], False, True),
        (made(23), [], False, False),
        (made(23, answer="needs-action"), [], True, False),
        (made(-1, answer="needs-action"), [], False, False),
        (made(1, appointmentType=HOME_VISIT), [], False, True),
        (made(-1, appointmentType=HOME_VISIT), [], False, False),
        (made(3), [service(2)], False, True),
        (made(3), [service(2), service(48)], False, False),
        (made(90, "cancelled"), [], False, False),
        (made(90, "fulfilled"), [], False, False),
        (made(90, "pending", "tentative"), [], True, True),
        (made(2, "proposed", "needs-action"), [], True, True),
        (made(2, "proposed", "accepted"), [], False, False),
        (made(-1, "proposed", "needs-action"), [], False, False),
    ],
)
def test_what_may_be_done_follows_the_status_the_answer_and_the_deadline(
    one: dict[str, Any], services: list[dict[str, Any]], confirm: bool, cancel: bool
) -> None:
    may = choices(one, ME, services, NOW)
    assert (may.confirm, may.cancel) == (confirm, cancel)


def test_a_wish_without_a_time_may_be_taken_back() -> None:
    wish = {"status": "proposed", "participant": []}
    assert choices(wish, ME, [], NOW).cancel
    assert not is_at_home(wish)
    assert deadline(wish, [{"extension": [{"url": DEADLINE}]}]) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        (made(5, "cancelled"), made(5), True),
        (made(5, "entered-in-error"), made(5), True),
        (made(5, "noshow"), made(5), True),
        (made(5, answer="declined"), made(5), True),
        (made(5) | {"participant": []}, made(5), True),
        (made(50), made(5), True),
        (made(5, comment="Jeg kommer"), made(5), False),
        (made(5), made(5, "pending", "needs-action"), False),
        (made(5, "booked"), made(5, "cancelled"), False),
    ],
)
def test_a_time_is_given_up_by_cancelling_declining_leaving_or_moving(
    after: dict[str, Any], before: dict[str, Any], expected: bool
) -> None:
    assert gives_up(after, before, ME) is expected


def test_the_places_of_an_appointment_are_those_that_take_part() -> None:
    rooms = [{"actor": {"reference": one}} for one in ("Location/b", "Practitioner/x", "Location/a")]
    assert places({"participant": rooms}) == ["Location/a", "Location/b"]
