"""The worklists of the first page: who is on them, once each, with the reason."""

from datetime import timedelta
from itertools import pairwise

from fellesjournal.workplace.modes.modes import LISTS as NAMES
from fellesjournal.workplace.start.lists import LISTS, MOST
from workplace.conftest import Office
from workplace.people import ADA, NEAR, appointment, place, to, today
from world import staff

WARD = f"Organization/{staff.WARD}"


def test_every_list_that_a_mode_names_is_there() -> None:
    assert {*LISTS, "list"} == NAMES


async def test_who_has_several_services_is_listed_once_with_all_of_them(office: Office) -> None:
    await office.put(
        {
            "resourceType": "EpisodeOfCare",
            "id": "ada-alarm",
            "status": "active",
            "patient": to(ADA),
            "managingOrganization": {"reference": f"Organization/{staff.HOME}"},
            "type": [{"text": "Trygghetsalarm"}],
            "period": {"start": "2025-01-01"},
        }
    )
    async with office.worker("vennlig-solber") as worker:
        page = await worker.get("")
    services = page.text.partition("Har tjenester fra enheten")[2].partition("</section>")[0]
    assert services.count(f"/innbygger/{ADA}") == 1
    assert "Helsetjenester i hjemmet, Trygghetsalarm" in services


async def test_appointments_of_today_at_the_units_places_are_listed(office: Office) -> None:
    place = {"resourceType": "Location", "id": "rom-3", "managingOrganization": {"reference": WARD}}
    await office.put(
        place,
        {
            "resourceType": "Appointment",
            "id": "ada-today",
            "status": "booked",
            "serviceType": [{"text": "Ultralyd"}],
            "start": today(13).isoformat(),
            "end": today(14).isoformat(),
            "participant": [
                {"actor": to(ADA), "status": "accepted"},
                {"actor": {"reference": "Location/rom-3"}, "status": "accepted"},
            ],
        },
    )
    async with office.worker("varm-lyngmo") as worker:
        page = await worker.get("")
    assert "Timer i dag" in page.text
    assert "Ultralyd" in page.text


async def test_work_that_waits_for_the_unit_or_the_worker_is_listed_until_it_is_done(office: Office) -> None:
    task = {
        "resourceType": "Task",
        "id": "see-result",
        "status": "requested",
        "intent": "order",
        "code": {"text": "Se på prøvesvar"},
        "for": to(NEAR),
        "authoredOn": "2026-11-25T10:00:00+01:00",
        "owner": {"reference": "Practitioner/ivrig-steinroys"},
        "requester": {"reference": WARD},
    }
    await office.put(task)
    async with office.worker("ivrig-steinroys") as worker:
        assert "Se på prøvesvar" in (await worker.get("")).text
        await office.put(task | {"status": "completed"})
        assert "Se på prøvesvar" not in (await worker.get("")).text


async def test_a_long_list_says_so_and_shows_every_row_when_asked(office: Office) -> None:
    morning = today(6)
    at = [(morning + timedelta(minutes=5 * n)).isoformat() for n in range(MOST + 8)]
    times = [
        appointment(f"ada-{n}", ADA, staff.WARD) | {"start": begins, "end": ends}
        for n, (begins, ends) in enumerate(pairwise(at))
    ]
    await office.put(place(staff.WARD), *times)
    async with office.worker("varm-lyngmo") as worker:
        page = (await worker.get("")).text
        whole = (await worker.get("", alle="today")).text
        fragment = (await worker.get("/lister", alle="today")).text
        nonsense = await worker.get("", alle="ingen")
    assert page.count('<tr id="today-') == MOST
    assert f'flere enn {MOST} <a href="/arbeid?alle=today#liste-today">Vis alle</a>' in page
    for shown in (whole, fragment):
        assert shown.count('<tr id="today-') == MOST + 7
        assert 'data-part="/arbeid/lister?alle=today"' in shown
        assert f'<span class="quiet">{MOST + 7}</span>' in shown
    assert nonsense.status_code == 200
    assert 'data-part="/arbeid/lister"' in nonsense.text
