"""One appointment: seen, confirmed, and cancelled in time with a reason that the unit sees at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from fellesjournal.booking import acts, late
from fellesjournal.booking.holding import COMES_LATE
from fellesjournal.booking.rules import DEADLINE, TOO_LATE
from fellesjournal.norway.codes.contacts import APPOINTMENT, CANCELLED
from portal.conftest import Home, Visitor
from portal.people import STRANGER, in_days
from signin.conftest import field
from workplace.people import ADA, appointment, place
from world import staff

HOME_VISIT = {"coding": [{"system": APPOINTMENT.system, "code": "Hjemmebesok"}]}
LATER = {"start": "2030-01-01T10:00:00Z", "end": "2030-01-01T11:00:00Z"}
ILL = {"grunn": "ill", "tekst": "Jeg har feber"}


def service(hours: float) -> dict[str, Any]:
    return {"extension": [{"url": DEADLINE, "valueDuration": {"value": hours, "unit": "h"}}]}


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
    visit["participant"][-1]["period"] = {"start": visit["start"]}
    await home.office.put(place(staff.HOME), visit | {"appointmentType": HOME_VISIT})
    async with home.visitor(ADA) as visitor, home.office.worker("vennlig-solber") as worker:
        page = await visitor.get("/timer/ada-visit")
        assert "De kommer mellom kl. " in page.text
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


@pytest.mark.parametrize(
    "change", [{"status": "cancelled"}, {"status": "entered-in-error"}, {"start": in_days(9)}]
)
async def test_a_program_of_the_citizen_meets_the_same_deadline_with_the_same_sentence(
    home: Home, change: dict[str, str]
) -> None:
    soon = appointment("ada-visit", ADA, staff.HOME)
    soon |= {"start": in_days(0, 60), "end": in_days(0, 80)}
    await home.office.put(place(staff.HOME), soon)
    async with home.visitor(ADA) as visitor:
        answer = await written(visitor, soon | change)
        parties = [one | {"status": "declined"} for one in soon["participant"]]
        declined = await written(visitor, soon | {"participant": parties})
        page = await visitor.get("/timer/ada-visit")
    for refused in (answer, declined):
        assert refused.status_code == 422
        assert refused.json()["issue"][0]["code"] == "business-rule"
        assert TOO_LATE["en"] in refused.json()["issue"][0]["diagnostics"]
    assert TOO_LATE["nb"] in page.text
    assert (await home.office.asked("Appointment?_id=ada-visit"))[0]["status"] == "booked"


async def written(visitor: Visitor, resource: dict[str, Any]) -> httpx.Response:
    """A resource as a program with the visitor's session writes it."""
    page = await visitor.get("/deling")
    headers = {"x-csrf-token": field(page.text, "bevis"), "Content-Type": "application/fhir+json"}
    address = f"/fhir/{resource['resourceType']}/{resource['id']}"
    return await visitor.browser.put(address, json=resource, headers=headers)


async def test_the_unit_is_told_who_has_cancelled_with_a_program_and_nothing_else_of_them(home: Home) -> None:
    visit = appointment("far-visit", STRANGER, staff.HOME)
    start = datetime.now(UTC) + timedelta(minutes=1)
    visit |= {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    await home.office.put(place(staff.HOME), visit | {"appointmentType": HOME_VISIT})
    by_citizen = {"coding": [{"system": CANCELLED.system, "code": "AAI"}], "text": "Avlyst av innbygger"}
    async with home.visitor(STRANGER) as visitor, home.office.worker("vennlig-solber") as worker:
        [stored] = await home.office.asked("Appointment?_id=far-visit")
        said = stored | {"status": "cancelled", "cancelationReason": by_citizen}
        answer = await written(visitor, said)
        assert answer.status_code == 200, answer.text
        lists = await worker.get("/lister")
        assert "Avlyst av innbygger" in lists.text
        assert "Fremmed Rosevik" in lists.text
        assert f"/innbygger/{STRANGER}" not in lists.text
        assert (await worker.get(f"/innbygger/{STRANGER}")).status_code == 404
    [stored] = await home.office.asked("Appointment?_id=far-visit")
    assert not any("display" in party["actor"] for party in stored["participant"] if "Patient" in str(party))


async def test_in_time_a_program_of_the_citizen_cancels_and_after_it_the_unit_does(home: Home) -> None:
    coming = appointment("ada-visit", ADA, staff.HOME) | {"start": in_days(4), "end": in_days(4, 20)}
    soon = appointment("ada-soon", ADA, staff.HOME) | {"start": in_days(0, 60), "end": in_days(0, 80)}
    await home.office.put(place(staff.HOME), coming, soon)
    async with home.visitor(ADA) as visitor:
        said = coming | {"status": "cancelled"}
        assert (await written(visitor, said)).status_code == 200
        confirmed = soon | {"comment": "Jeg kommer"}
        assert (await written(visitor, confirmed)).status_code == 200
    await home.office.put(soon | {"status": "cancelled"})


def soon(minutes: int, **more: Any) -> dict[str, Any]:
    """A visit at the home-care unit that begins so many minutes from now."""
    start = datetime.now(UTC) + timedelta(minutes=minutes)
    times = {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    return appointment("ada-soon", ADA, staff.HOME) | times | {"status": "booked"} | more


async def test_who_comes_late_says_so_and_the_reception_sees_it(home: Home) -> None:
    await home.office.put(place(staff.HOME), soon(40))
    async with home.visitor(ADA) as visitor, home.office.worker("vennlig-solber") as worker:
        assert "Kommer du for sent?" in (await visitor.get("/timer/ada-soon")).text
        assert (await visitor.send("/timer/ada-soon/forsinket", {"minutter": "7"})).status_code == 400
        assert (await visitor.send("/timer/ada-soon/forsinket", {"minutter": "10"})).status_code == 303
        assert (await visitor.send("/timer/ada-soon/forsinket", {"minutter": "20"})).status_code == 303
        assert "kommer 20 minutter for sent" in (await visitor.get("/timer/ada-soon")).text
        assert "kommer 20 min for sent" in (await worker.get("/timebok/time/ada-soon")).text
    [stored] = await home.office.asked("Appointment?_id=ada-soon")
    told = [one for party in stored["participant"] for one in party.get("extension", ())]
    assert told == [{"url": COMES_LATE, "valuePositiveInt": 20}]
    later = acts.moved(stored, datetime.now(UTC) + timedelta(days=1), datetime.now(UTC))
    assert late.said(later) == 0


@pytest.mark.parametrize(
    "visit", [soon(4 * 60), soon(-60), soon(40, status="pending"), soon(40, appointmentType=HOME_VISIT)]
)
async def test_nobody_is_late_for_what_is_not_soon_over_or_at_home(home: Home, visit: dict[str, Any]) -> None:
    await home.office.put(place(staff.HOME), visit)
    async with home.visitor(ADA) as visitor:
        assert "Kommer du for sent?" not in (await visitor.get("/timer/ada-soon")).text
        assert (await visitor.send("/timer/ada-soon/forsinket", {"minutter": "10"})).status_code == 400
