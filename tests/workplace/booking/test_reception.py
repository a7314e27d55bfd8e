"""The reception's list: who is expected, has come, is inside, is done or late; one press each, and undo."""

import re
from typing import Any

import pytest

from fellesjournal.booking.fees import FEE
from signin.conftest import field
from workplace.booking.calendars import DOCTOR, ROOM, appointment, kind, moment
from workplace.conftest import Office
from workplace.people import ADA, NEAR
from world import staff

SECRETARY = "ryddig-perlemor"
LIST = "/timebok/mottak"


def row(page: str, id: str) -> str:
    found = re.search(rf'<tr id="rad-{id}".*?</tr>', page, re.S)
    assert found, page
    return found.group()


async def test_a_citizen_goes_through_the_day_press_by_press(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(0, "23:59"), 30, f"Patient/{ADA}", DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(LIST)).text
        assert "booket" in row(page, "control")
        assert "Blid Fjellrype" in row(page, "control")
        for state, status, shown in (
            ("kommet", "arrived", "venter"),
            ("inne", "checked-in", "inne"),
            ("ferdig", "fulfilled", "ferdig"),
        ):
            answer = await worker.send(f"{LIST}/control/{state}", {})
            assert answer.status_code == 200, answer.text
            assert shown in row(answer.text, "control")
            [one] = await clinic.asked("Appointment?_id=control")
            assert one["status"] == status
        assert "Blid Fjellrype: Merket som ferdig" in answer.text


async def test_the_last_press_is_undone_and_only_that(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(0, "00:00"), 5, f"Patient/{NEAR}", DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        marked = await worker.send(f"{LIST}/control/ikke-mott", {})
        version = field(marked.text, "versjon")
        undone = await worker.send(f"{LIST}/control/omgjoring", {"versjon": version})
        assert "forsinket" in row(undone.text, "control")
        again = await worker.send(f"{LIST}/control/omgjoring", {"versjon": version})
        assert again.status_code == 409
        assert "En annen har endret" in again.text
        early = await worker.send(f"{LIST}/control/ferdig", {})
        assert early.status_code == 409
        skipped = await worker.send(f"{LIST}/control/inne", {})
        assert skipped.status_code == 409
        assert (await worker.send(f"{LIST}/control/tull", {})).status_code == 404


async def test_who_should_have_come_is_late_and_who_is_cancelled_is_not_there(clinic: Office) -> None:
    begun = appointment("late", moment(0, "00:00"), 5, f"Patient/{ADA}", ROOM)
    gone = appointment("gone", moment(0, "22:00"), 5, f"Patient/{ADA}", ROOM, status="cancelled")
    await clinic.put(begun, gone)
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(LIST)).text
    assert "forsinket" in row(page, "late")
    assert "rad-gone" not in page


async def test_who_had_nothing_but_the_appointment_is_no_longer_named_when_nobody_came_but_undo_is_there(
    clinic: Office,
) -> None:
    await clinic.put(appointment("control", moment(0, "00:00"), 5, f"Patient/{ADA}", DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        marked = await worker.send(f"{LIST}/control/ikke-mott", {})
        assert "Merket som ikke møtt" in marked.text
        assert "Blid Fjellrype" not in marked.text
        undone = await worker.send(f"{LIST}/control/omgjoring", {"versjon": field(marked.text, "versjon")})
    assert "Blid Fjellrype" in row(undone.text, "control")


def asks(amount: dict[str, Any]) -> dict[str, Any]:
    """The clinic's service, which asks a fee of who does not come."""
    return {
        "resourceType": "HealthcareService",
        "id": "kontroller",
        "name": "Kontroller",
        "providedBy": {"reference": f"Organization/{staff.CLINIC}"},
        "type": [kind("kontroll")],
        "extension": [{"url": FEE, "extension": [{"url": "amount"} | amount]}],
    }


@pytest.mark.parametrize("citizen", [ADA, NEAR])
@pytest.mark.parametrize("at", [LIST, "/timebok/time"])
async def test_a_fee_is_flagged_with_the_mark_and_taken_back_with_it(
    clinic: Office, citizen: str, at: str
) -> None:
    missed = appointment("control", moment(0, "00:00"), 5, f"Patient/{citizen}", DOCTOR, ROOM)
    await clinic.put(asks({"valueMoney": {"value": 1500, "currency": "NOK"}}), missed)
    async with clinic.worker(SECRETARY) as worker:
        marked = await worker.send(f"{at}/control/ikke-mott", {})
        assert "Gebyr på 1500 NOK er meldt til betaling" in marked.text
        [flagged] = await clinic.asked(f"ChargeItem?patient={citizen}")
        assert (flagged["status"], flagged["priceOverride"]["value"]) == ("planned", 1500)
        assert flagged["supportingInformation"] == [{"reference": "Appointment/control"}]
        undone = await worker.send(f"{at}/control/omgjoring", {"versjon": field(marked.text, "versjon")})
        assert "Gebyret er trukket tilbake" in undone.text
    [one] = await clinic.asked("Appointment?_id=control")
    [taken] = await clinic.asked(f"ChargeItem?patient={citizen}")
    assert (one["status"], taken["status"]) == ("booked", "entered-in-error")


async def test_what_is_billed_is_not_taken_back_with_the_mark(clinic: Office) -> None:
    missed = appointment("control", moment(0, "00:00"), 5, f"Patient/{NEAR}", DOCTOR, ROOM)
    await clinic.put(asks({"valueMoney": {"value": 1500, "currency": "NOK"}}), missed)
    async with clinic.worker(SECRETARY) as worker:
        marked = await worker.send(f"{LIST}/control/ikke-mott", {})
        [flagged] = await clinic.asked(f"ChargeItem?patient={NEAR}")
        await clinic.put(flagged | {"status": "billed"})
        undone = await worker.send(f"{LIST}/control/omgjoring", {"versjon": field(marked.text, "versjon")})
    assert "trukket tilbake" not in undone.text
    assert [one["status"] for one in await clinic.asked(f"ChargeItem?patient={NEAR}")] == ["billed"]


async def test_a_fee_that_means_nothing_is_told_and_nothing_is_half_done(clinic: Office) -> None:
    missed = appointment("control", moment(0, "00:00"), 5, f"Patient/{NEAR}", DOCTOR, ROOM)
    await clinic.put(asks({"valueString": "dyrt"}), missed)
    async with clinic.worker(SECRETARY) as worker:
        refused = await worker.send(f"{LIST}/control/ikke-mott", {})
    assert refused.status_code == 409
    assert "gebyr uten å si hvor mye" in refused.text
    [one] = await clinic.asked("Appointment?_id=control")
    assert one["status"] == "booked"


async def test_who_comes_is_charged_nothing(clinic: Office) -> None:
    comes = appointment("control", moment(0, "00:00"), 5, f"Patient/{NEAR}", DOCTOR, ROOM)
    await clinic.put(asks({"valueMoney": {"value": 1500, "currency": "NOK"}}), comes)
    async with clinic.worker(SECRETARY) as worker:
        assert "Gebyr" not in (await worker.send(f"{LIST}/control/kommet", {})).text
    assert await clinic.asked(f"ChargeItem?patient={NEAR}") == []


async def test_an_empty_day_says_so(clinic: Office) -> None:
    async with clinic.worker(SECRETARY, language="en") as worker:
        assert "No appointments today" in (await worker.get(LIST)).text


async def test_the_day_is_closed_in_one_list_and_opened_again(clinic: Office) -> None:
    some = [
        appointment("came", moment(0, "00:00"), 5, f"Patient/{ADA}", DOCTOR, ROOM, status="checked-in"),
        appointment("stayed-away", moment(0, "00:00"), 5, f"Patient/{NEAR}", DOCTOR, ROOM),
        appointment("changed", moment(0, "00:00"), 5, f"Patient/{ADA}", DOCTOR, ROOM),
        appointment("done", moment(0, "00:00"), 5, f"Patient/{ADA}", DOCTOR, ROOM, status="fulfilled"),
        appointment("later", moment(1, "10:00"), 5, f"Patient/{ADA}", DOCTOR, ROOM),
    ]
    await clinic.put(*some)
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(f"{LIST}/slutt")).text
        assert set(re.findall('name="hva-([^"]+)"', page)) == {"came", "stayed-away", "changed"}
        form = {name: field(page, name) for name in re.findall('name="(versjon-[^"]+)"', page)}
        form |= {"hva-came": "ferdig", "hva-stayed-away": "ikke-mott", "hva-changed": "ikke-mott"}
        await clinic.put(some[2] | {"comment": "Ringte"})
        closed = await worker.send(f"{LIST}/slutt", form)
        assert closed.status_code == 409
        assert "Avsluttet: 2." in closed.text
        assert "En annen har endret" in closed.text
        assert re.findall('name="hva-([^"]+)"', closed.text) == ["changed"]
        states = {one["id"]: one["status"] for one in await clinic.asked("Appointment?_count=50")}
        assert (states["came"], states["stayed-away"], states["changed"]) == ("fulfilled", "noshow", "booked")
        undone = await worker.send(f"{LIST}/slutt/omgjoring", {"timer": field(closed.text, "timer")})
        assert "Gjort om" in undone.text
        states = {one["id"]: one["status"] for one in await clinic.asked("Appointment?_count=50")}
        assert (states["came"], states["stayed-away"]) == ("checked-in", "booked")
