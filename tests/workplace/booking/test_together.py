"""What is booked with one press and is more than one time, or in more than one unit."""

import re
from datetime import datetime
from html import unescape
from itertools import pairwise

from booking.test_stops import plan, stop
from fellesjournal.booking.free.series import SERIES
from fellesjournal.booking.free.stops import PROGRAMME
from fellesjournal.booking.free.windows import is_window
from workplace.booking.calendars import (
    DOCTOR,
    NURSE,
    PLACE,
    ROOM,
    SYSTEM,
    appointment,
    moment,
    schedule,
)
from workplace.booking.test_asking import AT, SECRETARY, proposal, proposed
from workplace.conftest import Office, Worker
from workplace.people import FAR, NEAR
from world import staff

BOOKED = f"Appointment?patient={NEAR}&status=booked&_sort=date"
HOME_CARE = "Practitioner/hjemme"


def since() -> str:
    """The day from which times are asked for."""
    return f"{moment(3, '00:00'):%Y-%m-%d}"


async def put_home_care(clinic: Office) -> None:
    """A physiotherapist of another unit, with a calendar."""
    unit = {"reference": "Organization/kommunen"}
    role = {"resourceType": "PractitionerRole", "id": "hjemme", "active": True, "organization": unit}
    await clinic.put(
        {"resourceType": "Organization", "id": "kommunen", "name": "Fysioterapi i kommunen"},
        {"resourceType": "Practitioner", "id": "hjemme", "name": [{"text": "Sprek Rypebær"}]},
        role | {"practitioner": {"reference": HOME_CARE}},
        schedule("kalender-hjemme", HOME_CARE, "12:00", "14:00", "kontroll"),
    )


async def test_a_series_is_proposed_with_what_differs_booked_all_at_once_and_undone(clinic: Office) -> None:
    second = moment(10, "10:00")
    busy = appointment("busy", second, 120, "Patient/ada", DOCTOR, PLACE)
    await clinic.put(busy, appointment("room", second, 30, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "ultralyd", fra=since(), innen="uke", ganger="3", uker="1")
        form = proposal(page)
        assert len(form["serie"].split()) == 3
        await clinic.put(appointment("meanwhile", moment(9, "23:00"), 30, "Patient/ada", NURSE))
        booked = await worker.send(AT, form)
        assert "3 timer er booket" in booked.text, booked.text
        found = await clinic.asked(BOOKED)
        starts = [datetime.fromisoformat(one["start"]) for one in found]
        assert starts == [datetime.fromisoformat(one) for one in form["serie"].split()]
        [id] = {one["value"] for each in found for one in each["identifier"] if one["system"] == SERIES}
        assert all(DOCTOR in {one["actor"]["reference"] for one in each["participant"]} for each in found)
        assert "3 timer er booket" in (await worker.send(AT, form)).text, "a press that came twice"
        again = await worker.send(AT, form | {"samling": "another"})
        assert again.status_code == 409
        assert "ingen av dem er booket" in again.text
        assert "Innbyggeren har Ultralyd av hjertet" in again.text
        assert len(await clinic.asked(BOOKED)) == 3
        await called_off_and_back(clinic, worker, f"/timebok/samlet/serie/{id}")
        for one in await clinic.asked(BOOKED):
            await clinic.put(one | {"status": "entered-in-error"})
        booked = await worker.send(AT, form | {"samling": "another-still"})
        undone = await worker.send("/timebok/samlet/serie/another-still/omgjoring", {})
        assert "3 timer er tatt bort" in undone.text
        away = [appointment(f"n{n}", moment(n, "12:00"), 60, f"Patient/{NEAR}", PLACE) for n in range(10, 17)]
        await clinic.put(*away)
        page = await proposed(worker, "skole", fra=since(), ganger="2")
        assert re.search('<ul class="differs">\\s*<li>(uken med .* er uten time|.* i stedet for )', page), (
            page
        )
        await clinic.put(*(one | {"status": "cancelled"} for one in away))
        both = await proposed(worker, "kontroll", ganger="3", vindu="08:00-10:00")
        assert "En serie kan ikke ha et tidsrom hjemme" in both
        assert (await worker.get("/timebok/samlet/serie/ingen")).status_code == 404
        assert (await worker.get(f"/timebok/samlet/annet/{id}")).status_code == 404
    assert await clinic.asked(BOOKED) == []


async def called_off_and_back(clinic: Office, worker: Worker, at: str) -> None:
    """All three of a series are cancelled at once, and come back as they were, once."""
    found = await clinic.asked(BOOKED)
    assert (await worker.send(f"{at}/avlysning", {"grunn": ""})).status_code == 409
    gone = await worker.send(f"{at}/avlysning", {"grunn": "AAI", "tekst": "Bortreist"})
    assert "3 timer er avlyst" in gone.text, gone.text
    assert await clinic.asked(BOOKED) == []
    assert (await worker.send(f"{at}/avlysning", {"grunn": "AAI"})).status_code == 409
    [back] = set(re.findall('name="tilbake" value="([^"]+)"', gone.text))
    for wrong in ("x", "x:2", f"{found[0]['id']}:1"):
        assert (await worker.send(f"{at}/omgjoring", {"tilbake": wrong})).status_code == 404
    assert "3 timer er som før" in (await worker.send(f"{at}/omgjoring", {"tilbake": back})).text
    assert [one["start"] for one in await clinic.asked(BOOKED)] == [one["start"] for one in found]
    assert (await worker.send(f"{at}/omgjoring", {"tilbake": back})).status_code == 409


async def test_who_works_in_another_unit_comes_too_and_the_time_suits_all(clinic: Office) -> None:
    await put_home_care(clinic)
    async with clinic.worker(SECRETARY) as worker:
        found = (await worker.get(f"{AT}/ogsa", q="i kommunen")).text
        assert "Sprek Rypeb" in unescape(found)
        assert "Fysioterapi i kommunen" in found
        form = proposal(await proposed(worker, "ultralyd", fra=since(), ogsa=HOME_CARE))
        assert form["start"] == moment(3, "12:00").isoformat()
        assert "Timen er booket" in (await worker.send(AT, form)).text
        assert (
            await worker.get(f"{AT}/forslag", hva="ultralyd", ogsa="Practitioner/ingen")
        ).status_code == 404
    [made] = await clinic.asked(BOOKED)
    who = {one["actor"]["reference"] for one in made["participant"]}
    assert who == {f"Patient/{NEAR}", DOCTOR, ROOM, HOME_CARE}


async def test_all_stops_of_a_day_programme_are_booked_with_one_press_and_undone(clinic: Office) -> None:
    unit = f"Organization/{staff.CLINIC}"
    stops = [stop("kontroll", unit, 20), stop("ultralyd", unit, 30), stop("skole", unit, 60)]
    for one in stops:
        one["code"][0]["coding"][0]["system"] = SYSTEM
    await clinic.put(
        plan(
            *stops,
            useContext=[
                {"code": {"code": "venue", "system": "urn:x"}, "valueReference": {"reference": unit}}
            ],
        )
    )
    at = f"{AT}/program/before"
    async with clinic.worker(SECRETARY) as worker:
        assert "Før operasjon" in (await worker.get(AT)).text
        page = (await worker.get(at, fra=since())).text
        form = proposal(page)
        assert page.count("<li><form") == 3
        booked = await worker.send(at, form)
        assert "3 timer er booket" in booked.text, booked.text
        found = await clinic.asked(BOOKED)
        assert [one["description"] for one in found] == ["Stopp kontroll", "Stopp ultralyd", "Stopp skole"]
        assert all(one["end"] <= other["start"] for one, other in pairwise(found))
        assert "3 timer er booket" in (await worker.send(at, form)).text, "a press that came twice"
        refused = await worker.send(at, form | {"samling": "another"})
        assert (refused.status_code, len(await clinic.asked(BOOKED))) == (409, 3)
        for wrong in ("", "x y;x y;x y", form["tider"].replace(DOCTOR, "Practitioner/x")):
            assert (await worker.send(at, form | {"tider": wrong, "samling": "new"})).status_code == 400, (
                wrong
            )
        [id] = {one["value"] for each in found for one in each["identifier"] if one["system"] == PROGRAMME}
        assert "tatt bort" in (await worker.send(f"/timebok/samlet/dag/{id}/omgjoring", {})).text
    assert await clinic.asked(BOOKED) == []


async def test_a_visit_at_home_is_booked_within_its_window(clinic: Office) -> None:
    window = "08:00-10:00"
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "kontroll", fra=since(), vindu=window, Practitioner=NURSE)
        form = proposal(page)
        opens, closes = window.split("-")
        assert f"mellom kl. {opens} og {closes}" in page
        booked = await worker.send(AT, form)
        assert f"mellom kl. {opens} og {closes}" in booked.text, booked.text
        wrong = await worker.get(f"{AT}/forslag", hva="kontroll", vindu="00:00-09:00")
        assert wrong.status_code == 400
        room = await proposed(worker, "ultralyd", fra=since(), vindu=window)
        assert ROOM not in proposal(room)["med"].split(), "nobody lies in a room of the clinic's at home"
    [made] = await clinic.asked(BOOKED)
    assert is_window(made)
    assert [datetime.fromisoformat(made[name]) for name in ("start", "end")] == [
        moment(3, opens),
        moment(3, closes),
    ]


async def test_a_visit_at_home_is_moved_to_where_in_another_window_there_is_time(clinic: Office) -> None:
    """The nurse begins at nine, and on the next day has somebody else then."""
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "kontroll", fra=since(), vindu="08:00-10:00", Practitioner=NURSE)
        assert (await worker.send(AT, proposal(page))).status_code == 200
        [one] = await clinic.asked(BOOKED)
        busy = (
            appointment(f"busy{n}", moment(n, "09:00"), 20, f"Patient/{FAR}", NURSE) for n in range(1, 12)
        )
        await clinic.put(*(each for each in busy if each["start"][:10] != one["start"][:10]))
        pane = (await worker.get(f"/timebok/time/{one['id']}")).text
        assert "besøket kl. 09:20" in pane, pane
        [start, *_] = re.findall('name="start" value="([^"]+)"', pane)
        [visit, *_] = re.findall('name="besok" value="([^"]+)"', pane)
        at = f"/timebok/time/{one['id']}/flytting"
        late = moment(9, "09:50").isoformat()
        refused = await worker.send(at, {"start": moment(9, "08:00").isoformat(), "besok": late})
        assert refused.status_code == 409, "the visit would end after its window"
        moved = await worker.send(at, {"start": start, "besok": visit})
        assert "Timen er flyttet" in moved.text, moved.text
        assert "mellom kl. 08:00 og 10:00" in moved.text
    [one] = await clinic.asked(BOOKED)
    [begins] = {each["period"]["start"] for each in one["participant"] if "period" in each}
    assert datetime.fromisoformat(begins) == datetime.fromisoformat(visit)
    assert datetime.fromisoformat(one["start"]) == datetime.fromisoformat(start)
    assert is_window(one)
