"""The fee of one who did not come is the service's to ask, and is flagged for payment."""

from datetime import timedelta
from typing import Any

import pytest

from booking.conftest import MONDAY, Put, appointment
from fellesjournal.booking.fees import FEE, fee
from fellesjournal.errors import Unprocessable

AMOUNT = {"value": 1500, "currency": "NOK"}
LATER = MONDAY + timedelta(hours=1)


def asking(*members: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "HealthcareService", "extension": [{"url": FEE, "extension": list(members)}]}


def missed(**more: Any) -> dict[str, Any]:
    return appointment("a", 0, 30, "Patient/ada", **({"status": "noshow"} | more))


ASKS = asking({"url": "amount", "valueMoney": AMOUNT}, {"url": "from-age", "valueUnsignedInt": 16})


async def test_a_fee_is_flagged_for_payment_with_the_reason(put: Put) -> None:
    made = fee(missed(), ASKS, {"id": "ada", "birthDate": "1980-05-17"}, LATER)
    assert made is not None
    assert (made["status"], made["priceOverride"]) == ("planned", AMOUNT)
    assert made["code"]["coding"][0]["code"] == "IM"
    await put(made | {"id": "fee"})


@pytest.mark.parametrize(("born", "asked"), [(0, True), (1, False)])
def test_whoever_is_too_young_that_day_is_asked_none(born: int, *, asked: bool) -> None:
    day = MONDAY.date().replace(year=MONDAY.year - 16) + timedelta(days=born)
    assert bool(fee(missed(), ASKS, {"id": "ada", "birthDate": day.isoformat()}, LATER)) is asked


def test_a_service_that_asks_no_fee_and_an_appointment_that_was_kept_have_none() -> None:
    assert fee(missed(), {}, {"id": "ada"}, LATER) is None
    assert fee(missed(status="fulfilled"), ASKS, {"id": "ada"}, LATER) is None


@pytest.mark.parametrize(
    "members", [[{"url": "amount", "valueString": "dyrt"}], [{"url": "amount", "valueMoney": {}}]]
)
def test_a_fee_that_means_nothing_is_refused(members: list[dict[str, Any]]) -> None:
    with pytest.raises(Unprocessable, match="has an amount"):
        fee(missed(), asking(*members), {"id": "ada"}, LATER)
