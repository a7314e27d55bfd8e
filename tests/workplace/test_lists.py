"""The worklists of the first page: who is on them, once each, with the reason."""

import re
from datetime import UTC, timedelta, tzinfo
from itertools import pairwise
from typing import Any

import pytest

from access.conftest import stay
from fellesjournal.access.journal import OpenJournal
from fellesjournal.norway.protection import EXTENSION, PROTECTED
from fellesjournal.norway.writing import OSLO
from fellesjournal.rollout.region import directory
from fellesjournal.rollout.region.places import Places
from fellesjournal.workplace.modes.modes import LISTS as NAMES
from fellesjournal.workplace.start.bedside import home_of
from fellesjournal.workplace.start.lists import LISTS, MOST
from workplace import people
from workplace.conftest import Office, Worker
from workplace.people import ADA, NEAR, appointment, news2, place, to, today
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


async def test_the_day_is_the_units_calendars_too_in_the_order_of_the_clock_without_what_was_a_mistake(
    office: Office,
) -> None:
    team = {
        "resourceType": "HealthcareService",
        "id": "team",
        "name": "Teamet",
        "providedBy": {"reference": WARD},
    }
    party = {"reference": "HealthcareService/team"}
    calendar = {"resourceType": "Schedule", "id": "team", "active": True, "actor": [party]}

    def visit(id: str, hour: int, status: str, zone: tzinfo) -> dict[str, Any]:
        return {
            "resourceType": "Appointment",
            "id": id,
            "status": status,
            "serviceType": [{"text": f"Tilsyn {hour}"}],
            "start": today(hour).astimezone(zone).isoformat(),
            "end": today(hour + 1).astimezone(zone).isoformat(),
            "participant": [{"actor": one, "status": "accepted"} for one in (to(ADA), party)],
        }

    await office.put(team, calendar)
    visits = [("nine", 9, "booked", UTC), ("ten", 10, "booked", OSLO), ("eleven", 11, "booked", UTC)]
    await office.put(*(visit(*one) for one in visits), visit("never", 12, "entered-in-error", OSLO))
    async with office.worker("varm-lyngmo") as worker:
        page = (await worker.get("")).text
    assert re.findall(r"Tilsyn \d+", page) == ["Tilsyn 9", "Tilsyn 10", "Tilsyn 11"]


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


async def listed(worker: Worker, name: str, citizen: str = ADA) -> list[str]:
    """What the cells of somebody's row say on a list, with the names of their classes left out."""
    page = (await worker.get("/lister")).text
    row = page.partition(f'id="{name}-{citizen}-')[2].partition("</tr>")[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]


async def test_a_ward_is_told_of_room_score_and_who_is_responsible(office: Office) -> None:
    bed = {"resourceType": "Location", "id": "rom-12-2", "name": "Rom 12, seng 2"}
    before = {"resourceType": "Location", "id": "rom-3", "name": "Rom 3"}
    doctor = {"reference": "Practitioner/ivrig-steinroys"}
    attends = {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "ATND"}]
    }
    lies = stay(
        "ada-stay",
        ADA,
        staff.WARD,
        "2026-11-20",
        location=[
            {"location": {"reference": "Location/rom-3"}, "status": "completed"},
            {"location": {"reference": "Location/rom-12-2"}, "status": "active"},
        ],
        participant=[
            {"individual": {"reference": "Practitioner/varm-lyngmo"}},
            {"individual": doctor, "type": [attends]},
        ],
    )
    async with office.worker("varm-lyngmo") as worker:
        assert len(await listed(worker, "inpatients")) == 5, "what the record does not have has no column"
        await office.put(place(staff.WARD), bed, before, lies)
        await office.put(
            news2("old", {"resp": 3, "puls": 2, "temp": 2}, 5),
            news2("new", {"resp": 3, "puls": 2}, 3.2),
            news2("wrong", {"resp": 1}, 1) | {"status": "entered-in-error"},
            news2("long-ago", {"resp": 1}, 60, NEAR),
        )
        told = await listed(worker, "inpatients")
        other = await listed(worker, "inpatients", NEAR)
    assert told[4:7] == ["Rom 12, seng 2", "5 middels 3 t", "Ivrig Steinrøys"]
    assert other[4:7] == ["", "–Ikke målt siste 2 døgn", ""]


async def test_a_list_asks_once_for_all_scores_and_names(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = OpenJournal.search

    async def counted(journal: OpenJournal, name: str | None, *args: Any, **more: Any) -> Any:
        asked.append(str(name))
        return await search(journal, name, *args, **more)

    monkeypatch.setattr(OpenJournal, "search", counted)
    doctor = [{"individual": {"reference": "Practitioner/ivrig-steinroys"}}]
    counts = []
    async with office.worker("varm-lyngmo") as worker:
        for number in (1, 12):
            for turn in range(number):
                id = f"many-{turn}"
                await office.put(people.named(id, "Mange", "Rypebær", birthDate="1950-01-01"))
                await office.put(stay(f"{id}-stay", id, staff.WARD, "2026-11-20", participant=doctor))
            asked.clear()
            assert "Ivrig Steinrøys" in (await worker.get("/lister")).text
            counts.append((asked.count("Observation"), asked.count("Practitioner")))
    assert counts == [(2, 1), (2, 0)], "new results, scores; names are kept for a while"


def home_care() -> dict[str, Any]:
    """What the home-care unit offers, by which its workers have the mode of those who visit."""
    (unit,) = (one for one in Places(200).units if one.id == staff.HOME)
    offers = directory.healthcare_service(unit)
    assert offers
    return {name: offers[name] for name in ("resourceType", "id", "providedBy", "specialty")}


async def test_home_care_is_told_where_those_live_who_are_visited(office: Office) -> None:
    lives = {"address": [{"use": "old", "line": ["Torget 9"]}, {"line": ["Myrstien 4"], "city": "Isfjell"}]}
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", **lives))
    await office.put(place(staff.HOME), home_care(), appointment("ada-visit", ADA, staff.HOME))
    async with office.worker("vennlig-solber") as worker:
        page = (await worker.get("/lister")).text
        service = await listed(worker, "services")
    assert "<td>Myrstien 4, Isfjell</td>" in page.partition("Har tjenester fra enheten")[0]
    assert "Myrstien 4, Isfjell" in service
    assert "Torget" not in page
    async with office.worker("varm-lyngmo") as worker:
        assert "Myrstien" not in (await worker.get("/lister")).text


@pytest.mark.parametrize("degree", sorted(PROTECTED))
async def test_a_protected_address_stands_on_no_list_whoever_looks(office: Office, degree: str) -> None:
    kept = {
        "extension": [{"url": EXTENSION, "valueCode": degree}],
        "address": [{"line": ["Hemmeligveien 1"]}],
    }
    await office.put(place(staff.HOME), home_care(), appointment("ada-visit", ADA, staff.HOME))
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", **kept))
    await office.put(
        {
            "resourceType": "Task",
            "id": "ada-task",
            "status": "requested",
            "intent": "order",
            "for": to(ADA),
            "owner": {"reference": "Practitioner/vennlig-solber"},
        }
    )
    async with office.worker("vennlig-solber") as worker:
        page = (await worker.get("/lister")).text
    assert "Blid Fjellrype" in page
    assert "Hemmeligveien" not in page
    assert home_of(people.named(ADA, "Blid", "Fjellrype", **kept)) == "", "nor of a role that sees it"


async def test_who_has_died_is_marked_on_the_doctors_list(office: Office) -> None:
    told = {"generalPractitioner": [{"reference": "Practitioner/lun-rogneber"}]}
    died = people.named("langtborte", "Verdig", "Lerkevik", birthDate="1940-03-02", **told)
    await office.put(died | {"deceasedDateTime": "2026-11-21T04:10:00+01:00"})
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", **told))
    async with office.worker("lun-rogneber") as worker:
        page = (await worker.get("/lister")).text
    row = page.partition("Verdig Lerkevik")[2].partition("</tr>")[0]
    assert "Død 21.11.2026" in row
    assert "Død" not in page.partition("Blid Fjellrype")[2].partition("</tr>")[0]
