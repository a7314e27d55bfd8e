"""One appointment: seen, confirmed, and cancelled in time with a reason that the unit sees at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fellesjournal.norway.codes.contacts import APPOINTMENT
from fellesjournal.portal.appointments.rules import DEADLINE, choices, deadline, is_at_home
from portal.conftest import Home
from portal.people import STRANGER, in_days
from workplace.people import ADA, appointment, place
from world import staff

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOME_VISIT = {"coding": [{"system": APPOINTMENT.system, "code": "Hjemmebesok"}]}
ILL = {"grunn": "ill", "tekst": "Jeg har feber"}


def made(hours: float, status: str = "booked", answer: str = "accepted", **members: Any) -> dict[str, Any]:
    start = (NOW + timedelta(hours=hours)).isoformat()
    actors = [{"actor": {"reference": "Patient/a"}, "status": answer}]
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
    ],
)
def test_what_may_be_done_follows_the_status_the_answer_and_the_deadline(
    one: dict[str, Any], services: list[dict[str, Any]], confirm: bool, cancel: bool
) -> None:
    may = choices(one, "Patient/a", services, NOW)
    assert (may.confirm, may.cancel) == (confirm, cancel)


def test_a_wish_without_a_time_may_be_taken_back() -> None:
    wish = {"status": "proposed", "participant": []}
    assert choices(wish, "Patient/a", [], NOW).cancel
    assert not is_at_home(wish)
    assert deadline(wish, [{"extension": [{"url": DEADLINE}]}]) == timedelta(hours=24)


async def test_an_appointment_is_confirmed_and_no_longer_waits(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.get("/timer/ada-coming")
        assert "Jeg kommer" in page.text
        answer = await visitor.send("/timer/ada-coming/svar", {})
        assert answer.headers["location"] == "/min/timer/ada-coming?svart=ja"
        assert "Jeg kommer" not in (await visitor.get("/timer/ada-coming")).text
        assert "Ingenting venter på deg" in (await visitor.get()).text
        assert (await visitor.send("/timer/ada-coming/svar", {})).status_code == 400
    [response] = await home.office.asked("AppointmentResponse?appointment=Appointment/ada-coming")
    assert (response["participantStatus"], response["actor"]["reference"]) == ("accepted", f"Patient/{ADA}")


async def test_a_cancelled_home_visit_is_on_the_worklist_at_once_with_the_reason(home: Home) -> None:
    visit = appointment("ada-visit", ADA, staff.HOME)
    start = datetime.now(UTC) + timedelta(minutes=1)
    visit |= {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    await home.office.put(place(staff.HOME), visit | {"appointmentType": HOME_VISIT})
    async with home.visitor(ADA) as visitor, home.office.worker("vennlig-solber") as worker:
        page = await visitor.get("/timer/ada-visit")
        assert "De kommer hjem til deg" in page.text
        assert (await visitor.send("/timer/ada-visit/avlysning", ILL)).status_code == 303
        assert "Avlyst av innbygger: Jeg er syk. Jeg har feber" in (await worker.get("/lister")).text
        assert "Jeg har feber" in (await visitor.get("/timer/ada-visit")).text
    [stored] = await home.office.asked("Appointment?_id=ada-visit")
    assert stored["status"] == "cancelled"
    assert stored["cancelationReason"]["coding"][0]["code"] == "AAI"
    [response] = await home.office.asked("AppointmentResponse?appointment=Appointment/ada-visit")
    assert response["comment"] == "Jeg er syk. Jeg har feber"


async def test_a_unit_whose_only_tie_was_the_visit_sees_that_it_was_cancelled_and_no_more(home: Home) -> None:
    visit = appointment("far-visit", STRANGER, staff.HOME)
    start = datetime.now(UTC) + timedelta(minutes=1)
    visit |= {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    await home.office.put(place(staff.HOME), visit | {"appointmentType": HOME_VISIT})
    async with home.visitor(STRANGER) as visitor, home.office.worker("vennlig-solber") as worker:
        assert (await worker.get(f"/innbygger/{STRANGER}")).status_code == 200
        assert (await visitor.send("/timer/far-visit/avlysning", ILL)).status_code == 303
        lists = await worker.get("/lister")
        assert "Avlyst av innbygger: Jeg er syk" in lists.text
        assert "Fremmed Rosevik" in lists.text
        assert f"/innbygger/{STRANGER}" not in lists.text
        assert (await worker.get(f"/innbygger/{STRANGER}")).status_code == 404
        assert "Jeg har feber" in (await visitor.get("/timer/far-visit")).text
        log = await visitor.get("/innsyn", lister="ja")
    assert "Vennlig Solbær" in log.text


async def test_the_deadline_is_the_services_and_after_it_one_calls(home: Home) -> None:
    unit = {"reference": f"Location/{staff.HOME}"}
    offer = {"resourceType": "HealthcareService", "id": "tilbud", "name": "Hjemmetjenesten"}
    offer |= service(120) | {"location": [unit], "telecom": [{"system": "phone", "value": "99 00 00 00"}]}
    await home.office.put(place(staff.HOME), offer)
    coming = appointment("ada-visit", ADA, staff.HOME) | {"start": in_days(4), "end": in_days(4, 20)}
    await home.office.put(coming)
    async with home.visitor(ADA) as visitor:
        page = await visitor.get("/timer/ada-visit")
        assert "for sent å avlyse" in page.text
        assert "99 00 00 00" in page.text
        assert (await visitor.send("/timer/ada-visit/avlysning", ILL)).status_code == 400
    assert (await home.office.asked("Appointment?_id=ada-visit"))[0]["status"] == "booked"


async def test_a_reason_is_asked_for_and_what_was_typed_stays(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.send("/timer/ada-coming/avlysning", {"grunn": "fordi", "tekst": "Skal på tur"})
        assert page.status_code == 400
        assert "Velg hvorfor" in page.text
        assert "Skal på tur" in page.text


async def test_the_appointments_of_others_are_not_there(home: Home) -> None:
    async with home.visitor(STRANGER) as visitor:
        for id in ("ada-coming", "finnes-ikke"):
            assert (await visitor.get(f"/timer/{id}")).status_code == 404
            assert (await visitor.send(f"/timer/{id}/svar", {})).status_code == 404
            assert (await visitor.send(f"/timer/{id}/avlysning", ILL)).status_code == 404
