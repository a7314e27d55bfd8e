"""Asking for a time: what and by when, three proposals, and one press that books."""

import re

from fellesjournal.booking.free.windows import VIDEO, contact
from fellesjournal.booking.holding import of_appointment
from signin.conftest import field
from workplace import people
from workplace.booking import calendars
from workplace.booking.calendars import DOCTOR, NURSE, ROOM, appointment, moment
from workplace.conftest import Office, Worker
from workplace.people import NEAR

SECRETARY = "ryddig-perlemor"
AT = f"/innbygger/{NEAR}/time"


def proposal(page: str, number: int = 0) -> dict[str, str]:
    """The form of a proposal, as a browser would send it."""
    form = re.findall(r"<li><form.*?</form>", page, re.S)[number]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


async def proposed(worker: Worker, code: str, **more: str) -> str:
    page = await worker.get(f"{AT}/forslag", hva=code, **more)
    assert page.status_code == 200, page.text
    return page.text


async def test_kinds_of_visit_are_those_of_the_units_calendars_and_found_by_their_beginnings(
    clinic: Office,
) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(AT)).text
        found = (await worker.get(f"{AT}/hva", q="ult")).text
    for text, minutes in calendars.KINDS.values():
        assert re.search(rf"{text} <span[^>]*>{minutes} min", page)
    assert "Ultralyd av hjertet" in found
    assert "Hjerteskole" not in found


async def test_three_times_are_proposed_on_different_days_or_halves_with_all_who_come(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "ultralyd", fra=f"{moment(3, '00:00'):%Y-%m-%d}")
    forms = [proposal(page, number) for number in range(3)]
    assert [one["start"][:16] for one in forms] == [
        f"{moment(3, '10:00'):%Y-%m-%dT%H:%M}",
        f"{moment(3, '12:00'):%Y-%m-%dT%H:%M}",
        f"{moment(4, '10:00'):%Y-%m-%dT%H:%M}",
    ]
    assert forms[0]["med"].split() == [DOCTOR, ROOM]
    assert "Ikke før, fordi ingen av 2 (rom) er ledig før" in page


async def test_one_press_books_all_three_and_says_so_with_a_way_back(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "ultralyd", fra=f"{moment(3, '00:00'):%Y-%m-%d}")
        booked = await worker.send(AT, proposal(page))
        assert booked.status_code == 200, booked.text
        assert "Timen er booket" in booked.text
        [made] = await clinic.asked(f"Appointment?patient={NEAR}&status=booked")
        assert {one["actor"]["reference"] for one in made["participant"]} == {
            f"Patient/{NEAR}",
            DOCTOR,
            ROOM,
        }
        assert made["serviceType"][0]["text"] == "Ultralyd av hjertet"
        undone = await worker.send(f"/timebok/time/{made['id']}/omgjoring", {"versjon": "1"})
    assert "Gjort om" in undone.text
    assert await clinic.asked(f"Appointment?patient={NEAR}&status=booked") == []


async def test_the_citizens_own_doctor_is_proposed_where_nobody_was_chosen(clinic: Office) -> None:
    doctor = {"generalPractitioner": [{"reference": DOCTOR}]}
    await clinic.put(people.named(NEAR, "Solfrid", "Multemyr", **doctor))
    await clinic.put(appointment("taken", moment(3, "08:00"), 120, "Patient/ada", DOCTOR, calendars.PLACE))
    async with clinic.worker(SECRETARY) as worker:
        since = f"{moment(3, '00:00'):%Y-%m-%d}"
        own = proposal(await proposed(worker, "kontroll", fra=since))
        anyone = proposal(await proposed(worker, "kontroll", fra=since, Practitioner=""))
    assert (own["med"], own["start"][:16]) == (DOCTOR, f"{moment(3, '10:00'):%Y-%m-%dT%H:%M}")
    assert (anyone["med"], anyone["start"][:16]) == (NURSE, f"{moment(3, '09:00'):%Y-%m-%dT%H:%M}")


async def test_the_plan_of_the_chart_shows_an_appointment_until_it_is_cancelled(clinic: Office) -> None:
    booked = appointment("plan", moment(3, "08:00"), 20, f"Patient/{NEAR}", DOCTOR, calendars.PLACE)
    async with clinic.worker(SECRETARY) as worker:
        for status, stands in (("booked", True), ("cancelled", False)):
            await clinic.put(booked | {"status": status})
            plan = (await worker.get(f"/innbygger/{NEAR}/del/plan")).text
            assert (f"{moment(3, '08:00'):%d.%m.%Y}" in plan) is stands, plan
            assert ('hx-get="/arbeid/timebok/time/plan"' in plan) is stands, plan


async def test_a_press_that_comes_twice_books_once(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        form = proposal(await proposed(worker, "ultralyd"))
        for _ in range(2):
            answer = await worker.send(AT, form)
            assert "Timen er booket" in answer.text
            assert "omgjoring" in answer.text, "the way back is there after the second press too"
    assert len(await clinic.asked(f"Appointment?patient={NEAR}&status=booked")) == 1


async def test_a_time_that_was_taken_meanwhile_is_refused_with_what_it_clashes_with(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        form = proposal(await proposed(worker, "kontroll", fra=f"{moment(3, '00:00'):%Y-%m-%d}"))
        start = moment(3, "08:00")
        await clinic.put(appointment("taken", start, 60, "Patient/ada", DOCTOR, calendars.PLACE))
        refused = await worker.send(AT, form)
    assert refused.status_code == 409
    assert "har Poliklinisk kontroll" in refused.text
    assert "kl. 08:00–09:00" in refused.text
    assert proposal(refused.text)["start"] != form["start"]
    assert await clinic.asked(f"Appointment?patient={NEAR}&status=booked") == []


async def test_who_may_overbook_books_all_the_same_with_a_reason_and_never_a_citizen(clinic: Office) -> None:
    start = moment(3, "08:00")
    async with clinic.worker(SECRETARY) as worker:
        form = proposal(await proposed(worker, "kontroll", fra=f"{start:%Y-%m-%d}"))
        await clinic.put(appointment("taken", start, 60, "Patient/ada", DOCTOR, calendars.PLACE))
        assert "Book likevel" in (await worker.send(AT, form)).text
        over = await worker.send(AT, form | {"likevel": "Haster"})
        assert "Timen er booket" in over.text, over.text
        twice = await worker.send(AT, form | {"likevel": "Haster", "hva": "skole", "med": calendars.GROUP})
        assert twice.status_code == 409
        assert "Innbyggeren har Poliklinisk kontroll" in twice.text
    [made] = await clinic.asked(f"Appointment?patient={NEAR}&status=booked")
    whys = {one["actor"]["reference"]: one.get("extension", []) for one in made["participant"]}
    assert [one["valueString"] for one in whys[DOCTOR]] == ["Haster"]
    assert whys[f"Patient/{NEAR}"] == []


async def test_a_time_outside_the_hours_or_for_one_who_is_dead_is_refused(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        form = proposal(await proposed(worker, "kontroll"))
        night = await worker.send(AT, form | {"start": moment(3, "22:00").isoformat()})
        assert night.status_code == 409
        assert "er ikke ledig" in night.text
        dead = people.named(NEAR, "Solfrid", "Multemyr", deceasedBoolean=True)
        await clinic.put(dead)
        refused = await worker.send(AT, form)
    assert refused.status_code == 409
    assert "er død" in refused.text
    assert await clinic.asked(f"Appointment?patient={NEAR}&status=booked") == []


async def test_what_the_reader_does_not_reach_is_told_as_a_time_and_no_more(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        form = proposal(await proposed(worker, "kontroll", fra=f"{moment(3, '00:00'):%Y-%m-%d}"))
        secret = appointment(
            "secret", moment(3, "08:00"), 45, "Patient/langtvekk", DOCTOR, description="Hemmelig"
        )
        await clinic.put(secret)
        refused = await worker.send(AT, form)
    assert refused.status_code == 409
    assert "er ikke ledig" in refused.text
    assert "Hemmelig" not in refused.text
    assert "Havsule" not in refused.text


async def test_who_is_needed_can_be_chosen_or_left_out(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "kontroll", Practitioner=NURSE)
        assert proposal(page)["med"] == NURSE
        page = await proposed(worker, "ultralyd", Location="-")
        assert proposal(page)["med"] == DOCTOR
        wrong = await worker.get(f"{AT}/forslag", hva="kontroll", Practitioner="Practitioner/ingen")
    assert wrong.status_code == 404


async def test_a_visit_without_a_room_names_the_place_of_the_unit_so_that_the_unit_sees_it(
    clinic: Office,
) -> None:
    async with clinic.worker(SECRETARY) as worker:
        await worker.send(AT, proposal(await proposed(worker, "kontroll")))
    [made] = await clinic.asked(f"Appointment?patient={NEAR}&status=booked")
    assert calendars.PLACE in {one["actor"]["reference"] for one in made["participant"]}


async def test_a_visit_on_video_needs_no_room_and_says_so_and_the_unit_sees_it(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "ultralyd", kontakt="6")
        form = proposal(page)
        assert (form["med"], form["kontakt"]) == (DOCTOR, "6"), "no room"
        booked = await worker.send(AT, form)
        assert "på video" in booked.text, booked.text
        [made] = await clinic.asked(f"Appointment?patient={NEAR}&status=booked")
        assert "på video" in (await worker.get(f"/timebok/time/{made['id']}")).text
        assert "verken på video" in await proposed(worker, "kontroll", kontakt="7", vindu="08:00-10:00")
        wrong = await worker.get(f"{AT}/forslag", hva="kontroll", kontakt="1")
        assert wrong.status_code == 400
    assert contact(made) == VIDEO
    assert {one.actor for one in of_appointment(made)} == {f"Patient/{NEAR}", DOCTOR}


async def test_why_nothing_fits_is_said(clinic: Office) -> None:
    full = [appointment(f"full-{n}", moment(n, "00:00"), 24 * 60, DOCTOR) for n in range(8)]
    await clinic.put(*full)
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "ultralyd", innen="uke")
    assert "Ingen ledig tid for Klok Tindvik" in page
    assert "<li>" not in page


async def test_bad_input_is_refused_and_nothing_is_booked(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        good = proposal(await proposed(worker, "kontroll"))
        for wrong in (
            {"start": "i morgen"},
            {"start": "2026-12-01T10:00"},
            {"med": ""},
            {"min": "0"},
            {"min": "٣"},
        ):
            assert (await worker.send(AT, good | wrong)).status_code == 400, wrong
        for wrong in ({"hva": "ingen"}, {"bok": "Patient-ada"}, {"bok": "Organization-ingen"}):
            assert (await worker.send(AT, good | wrong)).status_code == 404, wrong
        past = await worker.send(AT, good | {"start": moment(-1, "10:00").isoformat()})
        for typed, told in (
            ({"fra": "i dag"}, "«i dag» er ingen dato. Skriv den slik: 24.12.2026."),
            ({"fra": "1.1.2099"}, "ikke fra 1.1.2099."),
            ({"min": "0"}, "«0» kan ikke brukes. Skriv et tall fra 1 til 1440."),
            ({"ganger": "tre", "uker": "٣"}, "«tre» kan ikke brukes"),
        ):
            page = await worker.get(f"{AT}/forslag", hva="kontroll", **typed)
            assert (page.status_code, told in page.text) == (400, True), page.text
            assert proposal(page.text), "the form is there still, with times to choose"
    assert past.status_code == 409
    assert await clinic.asked(f"Appointment?patient={NEAR}") == []


async def test_who_is_out_of_reach_is_not_booked_for(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        assert (await worker.get("/innbygger/langtvekk/time")).status_code == 404
        page = await worker.get("")
        answer = await worker.browser.post(
            "/arbeid/innbygger/langtvekk/time", data={"bevis": field(page.text, "bevis")}
        )
    assert answer.status_code == 404


async def test_a_group_takes_as_many_as_it_has_room_for(clinic: Office) -> None:
    start = moment(3, "12:00")
    some = [appointment(f"g{n}", start, 60, calendars.GROUP) for n in range(7)]
    await clinic.put(*some)
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "skole", fra=f"{start:%Y-%m-%d}")
        assert proposal(page)["start"] == start.isoformat()
        await clinic.put(appointment("g7", start, 60, calendars.GROUP))
        page = await proposed(worker, "skole", fra=f"{start:%Y-%m-%d}")
    assert proposal(page)["start"] == moment(4, "12:00").isoformat()
