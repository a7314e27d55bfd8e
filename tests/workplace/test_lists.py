"""The worklists of the first page: who is on them, once each, with the reason."""

from fellesjournal.workplace.modes.modes import LISTS as NAMES
from fellesjournal.workplace.start.lists import LISTS
from workplace.conftest import Office
from workplace.people import ADA, NEAR, soon, to
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
            "start": soon(),
            "end": soon(60),
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
