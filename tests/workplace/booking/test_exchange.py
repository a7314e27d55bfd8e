"""A calendar subscribed to at a secret address, and absence brought in from a file, as people do it."""

import re
import tomllib
from importlib.resources import files
from string import Formatter

import httpx
import pytest

from fellesjournal.booking.icalendar.faults import SAID
from signin.conftest import field
from workplace.booking.calendars import DOCTOR, NURSE, ROOM, UNIT, appointment, moment
from workplace.conftest import ORIGIN, Office, Worker
from workplace.people import ADA, FAR, NEAR
from world import staff

SECRETARY, DOCTORS = "ryddig-perlemor", "klok-tindvik"
ADA_ = f"Patient/{ADA}"
OWN = "/timebok/Practitioner-klok-tindvik/kalender"


async def reading(office: Office, address: str, **headers: str) -> httpx.Response:
    """What a calendar program gets that knows an address and nothing else."""
    async with httpx.AsyncClient(transport=office.transport, base_url=ORIGIN, headers=headers) as program:
        return await program.get(address.removeprefix(ORIGIN))


async def address_of(worker: Worker, path: str) -> str:
    made = await worker.send(f"{path}/adresse", {})
    assert made.status_code == 200, made.text
    found = re.search(rf'value="({ORIGIN}/kalender/[^"]+\.ics)"', made.text)
    assert found, made.text
    return found.group(1)


async def bring(worker: Worker, *events: str, path: str = OWN, **form: str) -> httpx.Response:
    """Send a file of events, each a UID, a day from today, and from when to when."""
    rows = ["BEGIN:VCALENDAR"]
    for uid, days, since, until in (one.split(" ") for one in events):
        start, end = moment(int(days), since), moment(int(days), until)
        rows += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start:%Y%m%dT%H%M%S}"]
        rows += [f"DTEND:{end:%Y%m%dT%H%M%S}", "SUMMARY:Migrene", "END:VEVENT"]
    content = "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()
    page = await worker.get(path)
    sent = {"bevis": field(page.text, "bevis")} | form
    files = {"fil": ("ferie.ics", content)}
    return await worker.browser.post(f"/arbeid{path}/fravar", data=sent, files=files)


async def blocks(office: Office, status: str = "busy-unavailable") -> list[str]:
    found = await office.asked(f"Slot?schedule=Schedule/kalender-lege&status={status}")
    return sorted(f"{one['start'][11:16]}–{one['end'][11:16]}" for one in found)


async def test_a_calendar_is_read_at_its_address_and_says_nothing_of_health_or_citizens(
    clinic: Office,
) -> None:
    start = moment(3, "09:30")
    await clinic.put(appointment("control", start, 45, ADA_, DOCTOR, ROOM, comment="Hemmelig"))
    async with clinic.worker(DOCTORS, role=f"{DOCTORS}-1") as worker:
        address = await address_of(worker, OWN)
        page = (await worker.get(OWN)).text
        assert address not in page
        assert "ikke lest ennå" in page
        got = await reading(clinic, address)
        assert "sist lest" in (await worker.get(OWN)).text
    assert got.status_code == 200
    assert got.headers["content-type"].startswith("text/calendar")
    assert f"DTSTART:{start.astimezone().strftime('%Y')}" in got.text
    assert "SUMMARY:Opptatt" in got.text
    but_for_ids = re.sub("UID:.*", "", got.text)  # random digits, in which "ada" may stand
    for told in ("Hemmelig", "control", ADA, "Fjellrype", "kontroll", "Ultralyd"):
        assert told not in but_for_ids, told
    assert not any(f":{told}@" in got.text for told in ("control", ADA))
    again = await reading(clinic, address, **{"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await clinic.put(appointment("control", moment(3, "10:30"), 45, ADA_, DOCTOR, ROOM))
    moved = await reading(clinic, address, **{"If-None-Match": got.headers["etag"]})
    assert moved.status_code == 200
    assert re.findall("UID:.*", moved.text) == re.findall("UID:.*", got.text)
    logged = await clinic.asked("AuditEvent?patient=Patient/ada&_count=100")
    assert "Kalenderadresser" not in repr(logged)


async def test_an_address_ends_when_it_is_withdrawn_replaced_or_the_role_is_over(clinic: Office) -> None:
    async with clinic.worker(DOCTORS, role=f"{DOCTORS}-1") as worker:
        first = await address_of(worker, OWN)
        second = await address_of(worker, OWN)
        assert (await reading(clinic, first)).status_code == 404
        assert (await reading(clinic, second)).status_code == 200
        withdrawn = await worker.send(f"{OWN}/adresse/tilbaketrekking", {})
        assert "trukket tilbake" in withdrawn.text
        assert (await reading(clinic, second)).status_code == 404
        third = await address_of(worker, OWN)
    [role] = await clinic.asked(f"PractitionerRole?_id={DOCTORS}-1")
    await clinic.put(role | {"active": False})
    assert (await reading(clinic, third)).status_code == 404
    assert (await reading(clinic, f"{ORIGIN}/kalender/gjettet.ics")).status_code == 404
    stored = await clinic.pool.fetch("select secret, party, owner from calendar_feed")
    assert third.rpartition("/")[2].removesuffix(".ics") not in repr([tuple(row) for row in stored])


async def test_one_gives_away_ones_own_calendar_and_those_of_the_unit_and_no_others(clinic: Office) -> None:
    await clinic.put(appointment("far", moment(3, "09:30"), 20, f"Patient/{FAR}", DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        unit = await reading(clinic, await address_of(worker, f"/timebok/{UNIT}/kalender"))
        assert "Opptatt: Klok Tindvik" in unit.text
        assert "Opptatt: Ultralydrom 1" in unit.text
        assert "Havsule" not in unit.text
        room = await reading(clinic, await address_of(worker, "/timebok/Location-ultralyd-1/kalender"))
        assert room.text.count("BEGIN:VEVENT") == 1
        assert (await worker.send(f"{OWN}/adresse", {})).status_code == 403
        ward = f"/timebok/Organization-{staff.WARD}/kalender"
        assert (await worker.send(f"{ward}/adresse", {})).status_code == 403


async def test_absence_from_a_file_blocks_the_time_and_keeps_nothing_of_why(clinic: Office) -> None:
    async with clinic.worker(DOCTORS, role=f"{DOCTORS}-1") as worker:
        page = await bring(worker, "ferie 3 09:00 12:00", "kurs 4 08:00 10:00")
        assert "Sperrede tider: 2. Opphevet: 0." in page.text
        assert "Migrene" not in repr(await clinic.asked("Slot?schedule=Schedule/kalender-lege"))
        again = await bring(worker, "ferie 3 09:00 12:00", "kurs 4 08:00 10:00")
        assert "Sperrede tider: 2. Opphevet: 0." in again.text
        assert len(await blocks(clinic)) == 2
        moved = await bring(worker, "ferie 3 10:00 12:00")
        assert "Sperrede tider: 1. Opphevet: 1." in moved.text
        assert len(await blocks(clinic)) == 2
        whole = await bring(worker, "ferie 3 10:00 12:00", hele="ja")
        assert "Opphevet: 1." in whole.text
        lifted = await worker.send(f"{OWN}/fravar/opphevelse", {})
        assert "Sperrede tider: 0. Opphevet: 1." in lifted.text
        assert await blocks(clinic) == []


async def test_what_is_booked_stays_is_told_of_and_the_absence_goes_round_it(clinic: Office) -> None:
    booked = appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM)
    later = appointment("later", moment(3, "11:00"), 30, f"Patient/{NEAR}", DOCTOR)
    await clinic.put(booked, later)
    async with clinic.worker(DOCTORS, role=f"{DOCTORS}-1") as worker:
        page = await bring(worker, "ferie 3 09:00 12:00")
        assert "Sperrede tider: 3." in page.text
        assert "må flyttes" in page.text
        assert "Blid Fjellrype" in page.text
        assert "Solfrid Multemyr" in page.text
        await clinic.put(booked | {"status": "cancelled"}, later | {"status": "cancelled"})
        after = await bring(worker, "ferie 3 09:00 12:00")
        assert "Sperrede tider: 1. Opphevet: 3." in after.text
        assert "må flyttes" not in after.text


async def test_a_file_that_cannot_be_read_is_refused_and_others_time_is_not_blocked(clinic: Office) -> None:
    async with clinic.worker(DOCTORS, role=f"{DOCTORS}-1") as worker:
        page = await worker.get(OWN)
        form = {"bevis": field(page.text, "bevis")}
        at = f"/arbeid{OWN}/fravar"
        wrong = await worker.browser.post(at, data=form, files={"fil": ("a.ics", b"BEGIN:VCALENDAR\nX")})
        assert wrong.status_code == 409
        assert "Filen kan ikke leses (linje 2)" in wrong.text
        assert "Dette er ingen linje i en kalender: X" in wrong.text
        none = await worker.browser.post(at, data=form)
        assert "Velg en kalenderfil" in none.text
        others = f"/timebok/{NURSE.replace('/', '-')}/kalender"
        assert (await bring(worker, "a 3 09:00 10:00", path=others)).status_code == 403
        assert "Hent inn fravær" not in (await worker.get(others)).text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_fault_of_a_file_has_its_sentence_with_the_same_words_in_it(language: str) -> None:
    texts = files("fellesjournal.workplace") / "texts" / f"{language}.toml"
    said = tomllib.loads(texts.read_text("utf-8"))["absence_fault"]
    assert {kind: _words_in(text) for kind, text in said.items()} == {
        kind: _words_in(text) for kind, text in SAID.items()
    }


def _words_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
