"""The day and the week of a unit, a person or a room: what is shown, moved, blocked and lifted."""

import re
from datetime import UTC, datetime, timedelta

from signin.conftest import field
from workplace.booking import calendars
from workplace.booking.calendars import DOCTOR, NURSE, OTHER_ROOM, ROOM, UNIT, appointment, moment
from workplace.conftest import Office, Worker
from workplace.people import ADA, FAR, NEAR

SECRETARY = "ryddig-perlemor"
BOOK = f"/timebok/{UNIT}"
ADA_, NEAR_ = f"Patient/{ADA}", f"Patient/{NEAR}"


async def day(worker: Worker, days: int = 3, book: str = BOOK, **asked: str) -> str:
    page = await worker.get(book, dag=f"{moment(days, '00:00'):%Y-%m-%d}", **asked)
    assert page.status_code == 200, page.text
    return page.text


def cells(page: str, party: str) -> dict[str, str]:
    """The cells of a party's column, by the clock at which they begin: its class and what stands in it."""
    found = re.findall(r'<td class="(\w+)"([^>]*)>(.*?)</td>', page, re.S)
    return {
        start.group(1): f"{state} {text}"
        for state, said, text in found
        if f'data-party="{party}"' in said and (start := re.search(r"T(\d\d:\d\d)", said))
    }


async def test_the_day_of_a_unit_has_a_column_for_each_and_tells_open_from_shut(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(3, "09:30"), 45, ADA_, DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        page = await day(worker)
    for name in ("Klok Tindvik", "Rask Bekkesildre", "Hjerteskole", "Ultralydrom 1"):
        assert name in page
    doctor, nurse = cells(page, DOCTOR), cells(page, NURSE)
    assert "Blid Fjellrype" in doctor["09:30"]
    assert 'rowspan="5"' in re.findall(r'<td[^>]*data-start="[^"]*09:30[^"]*"[^>]*>', page)[0]
    assert doctor["08:00"].startswith("free")
    assert nurse["08:00"].startswith("shut")
    assert nurse["09:00"].startswith("free")
    assert "09:45" not in doctor
    assert doctor["10:20"].startswith("free")


async def test_what_the_reader_does_not_reach_is_busy_and_nothing_more(clinic: Office) -> None:
    secret = appointment("secret", moment(3, "08:30"), 30, f"Patient/{FAR}", DOCTOR, description="Hemmelig")
    await clinic.put(secret)
    async with clinic.worker(SECRETARY) as worker:
        page = await day(worker)
    assert "Opptatt" in cells(page, DOCTOR)["08:30"]
    assert "Havsule" not in page
    assert "Hemmelig" not in page


async def test_appointments_that_overlap_stand_in_one_cell(clinic: Office) -> None:
    some = [
        appointment(f"g{n}", moment(3, "12:00"), 60, who, calendars.GROUP, calendars.PLACE)
        for n, who in enumerate((ADA_, NEAR_))
    ]
    await clinic.put(*some)
    async with clinic.worker(SECRETARY) as worker:
        at_noon = cells(await day(worker), calendars.GROUP)["12:00"]
    assert "Blid Fjellrype" in at_noon
    assert "Solfrid Multemyr" in at_noon


async def test_the_week_of_a_room_has_a_column_for_each_day_and_that_of_a_unit_sums_up(
    clinic: Office,
) -> None:
    monday = moment(-moment(0, "00:00").weekday() + 7, "10:00")
    await clinic.put(appointment("control", monday, 30, ADA_, DOCTOR, ROOM))
    days = (monday.date() - moment(0, "00:00").date()).days
    async with clinic.worker(SECRETARY) as worker:
        room = await day(worker, days, "/timebok/Location-ultralyd-1", vis="uke")
        unit = await day(worker, days, vis="uke")
    heads = re.findall(r'<th scope="col">(\w\w\. [\d.]+)</th>', room)
    assert [one[:3] for one in heads] == ["ma.", "ti.", "on.", "to.", "fr."]
    assert "Blid Fjellrype" in room
    assert "1 timer" in unit
    assert "% ledig" in unit
    assert "fra 08:30" not in unit


async def test_a_move_keeps_its_length_takes_another_and_can_be_undone(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(3, "10:00"), 45, ADA_, DOCTOR, ROOM))
    target = moment(4, "11:30")
    form = {"start": target.isoformat(), "fra": ROOM, "til": OTHER_ROOM}
    async with clinic.worker(SECRETARY) as worker:
        moved = await worker.send("/timebok/time/control/flytting", form)
        assert "Timen er flyttet" in moved.text
        [one] = await clinic.asked("Appointment?_id=control")
        assert datetime.fromisoformat(one["start"]) == target
        assert datetime.fromisoformat(one["end"]) == target + timedelta(minutes=45)
        actors = [part["actor"]["reference"] for part in one["participant"]]
        assert actors == [ADA_, DOCTOR, OTHER_ROOM]
        version = field(moved.text, "versjon")
        undone = await worker.send("/timebok/time/control/omgjoring", {"versjon": version})
        assert "Gjort om" in undone.text
        [one] = await clinic.asked("Appointment?_id=control")
        assert one["start"] == moment(3, "10:00").isoformat()
        late = await worker.send("/timebok/time/control/omgjoring", {"versjon": version})
    assert late.status_code == 409
    assert "En annen har endret timen" in late.text


async def test_a_move_to_where_somebody_is_busy_tells_who_and_moves_nothing(clinic: Office) -> None:
    await clinic.put(
        appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM),
        appointment("other", moment(3, "10:15"), 30, NEAR_, calendars.PLACE, NURSE),
        appointment("third", moment(3, "11:00"), 30, NEAR_, DOCTOR, OTHER_ROOM),
    )
    async with clinic.worker(SECRETARY) as worker:
        form = {"start": moment(3, "10:45").isoformat()}
        refused = await worker.send("/timebok/time/control/flytting", form)
        assert refused.status_code == 409
        assert "Klok Tindvik har Poliklinisk kontroll" in refused.text
        assert "11:00–11:30" in refused.text
        assert "Innbyggeren har" not in refused.text
    [one] = await clinic.asked("Appointment?_id=control")
    assert one["start"] == moment(3, "10:00").isoformat()


async def test_the_pane_proposes_times_to_move_to_that_suit_all(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        pane = (await worker.get("/timebok/time/control", bok=UNIT)).text
    start = field(pane, "start")
    async with clinic.worker(SECRETARY) as worker:
        moved = await worker.send("/timebok/time/control/flytting", {"start": start})
    assert "Timen er flyttet" in moved.text


async def test_a_pane_that_somebody_has_moved_past_moves_marks_and_cancels_nothing(clinic: Office) -> None:
    """Two desks with the same pane: the second does not undo what the first did, unseen."""
    await clinic.put(appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM))
    at, late = "/timebok/time/control", {"start": moment(4, "11:00").isoformat()}
    async with clinic.worker(SECRETARY) as worker:
        shown = {"versjon": field((await worker.get(at)).text, "versjon")}
        first = {"start": moment(3, "11:00").isoformat()}
        for _ in range(2):
            moved = await worker.send(f"{at}/flytting", first | shown)
            assert "Timen er flyttet" in moved.text, "a press that comes twice moves once"
        for path, form in (("flytting", late), ("avlysning", {"grunn": "AAT"}), ("kommet", {})):
            refused = await worker.send(f"{at}/{path}", form | shown)
            assert refused.status_code == 409, path
            assert "En annen har endret timen" in refused.text
        [one] = await clinic.asked("Appointment?_id=control")
        assert (datetime.fromisoformat(one["start"]), one["status"]) == (moment(3, "11:00"), "booked")
        shown = {"versjon": one["meta"]["versionId"]}
        for _ in range(2):
            done = await worker.send(f"{at}/avlysning", shown | {"grunn": "AAT"})
            assert "Timen er avlyst" in done.text
            assert f"{at}/omgjoring" in done.text
    [one] = await clinic.asked("Appointment?_id=control")
    assert (one["status"], one["meta"]["versionId"]) == ("cancelled", "3")


async def test_cancelling_takes_a_reason_and_gives_the_time_back(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        for reason in ("", "tull"):
            refused = await worker.send("/timebok/time/control/avlysning", {"grunn": reason})
            assert refused.status_code == 409
        done = await worker.send("/timebok/time/control/avlysning", {"grunn": "AAT", "tekst": "Legen er syk"})
        assert "Timen er avlyst" in done.text
        assert cells(await day(worker), DOCTOR)["10:00"].startswith("free")
    [one] = await clinic.asked("Appointment?_id=control")
    assert one["status"] == "cancelled"
    assert one["cancelationReason"]["text"] == "Avlyst av tjeneste: Legen er syk"


async def test_what_is_booked_for_months_ahead_is_found_by_name_moved_and_cancelled(clinic: Office) -> None:
    stranger = appointment("later", moment(60, "10:00"), 30, f"Patient/{FAR}", DOCTOR, ROOM)
    stranger["participant"][0]["actor"]["display"] = "Langt Vekk"
    await clinic.put(stranger)
    async with clinic.worker(SECRETARY) as worker:
        assert "Langt Vekk" in cells(await day(worker, 60), DOCTOR)["10:00"]
        pane = (await worker.get("/timebok/time/later")).text
        assert "Langt Vekk" in pane
        assert f"/arbeid/innbygger/{FAR}" not in pane
        form = {"start": moment(61, "11:00").isoformat()}
        moved = await worker.send("/timebok/time/later/flytting", form)
        assert "Timen er flyttet" in moved.text
        done = await worker.send("/timebok/time/later/avlysning", {"grunn": "AAT", "tekst": "Legen er syk"})
        assert "Timen er avlyst" in done.text


def block(start: str, day: int, until: str) -> dict[str, str]:
    end = {"tildag": f"{moment(day, '00:00'):%Y-%m-%d}", "tilkl": until}
    return {"bok": UNIT, "med": DOCTOR, "kl": moment(3, start).isoformat(), "tekst": "Kurs", **end}


async def test_blocked_time_is_shown_cannot_be_booked_and_can_be_lifted_and_set_again(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        done = await worker.send("/timebok/sperring", block("08:00", 4, "12:00"))
        assert "Tiden er sperret" in done.text
        assert "Kurs" in cells(await day(worker), DOCTOR)["08:00"]
        assert "Kurs" in cells(await day(worker, 4), DOCTOR)["08:00"]
        refused = await worker.send(
            f"/innbygger/{NEAR}/time",
            {"bok": UNIT, "hva": "kontroll", "med": DOCTOR, "start": moment(3, "09:00").isoformat()},
        )
        assert refused.status_code == 409
        assert "Klok Tindvik er ikke ledig" in refused.text
        [slot] = await clinic.asked("Slot")
        lifted = await worker.send(f"/timebok/sperring/{slot['id']}/opphevelse", {})
        assert "Sperringen er opphevet" in lifted.text
        assert cells(await day(worker), DOCTOR)["08:00"].startswith("free")
        again = await worker.send(f"/timebok/sperring/{slot['id']}/gjentakelse", {})
        assert "Tiden er sperret" in again.text


async def test_a_block_over_what_is_booked_is_refused_with_what_stands_there(clinic: Office) -> None:
    await clinic.put(appointment("control", moment(3, "10:00"), 30, ADA_, DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        refused = await worker.send("/timebok/sperring", block("09:00", 3, "12:00"))
        assert refused.status_code == 409
        assert "Klok Tindvik har Poliklinisk kontroll" in refused.text
        backwards = await worker.send("/timebok/sperring", block("09:00", 2, "12:00"))
        assert "slutter før den begynner" in backwards.text
        wrong = await worker.send("/timebok/sperring", block("09:00", 3, "tolv"))
        assert wrong.status_code == 400
    assert await clinic.asked("Slot") == []


async def test_a_free_time_finds_the_citizen_and_offers_that_very_time(clinic: Office) -> None:
    at = moment(3, "13:00").isoformat()
    async with clinic.worker(SECRETARY) as worker:
        pane = (await worker.get("/timebok/ledig", bok=UNIT, med=DOCTOR, kl=at)).text
        assert "Klok Tindvik" in pane
        found = (await worker.get("/timebok/innbyggere", q="solf", bok=UNIT, kl=at, Practitioner=DOCTOR)).text
        assert f"/innbygger/{NEAR}/time?" in found
        page = await worker.get(
            f"/innbygger/{NEAR}/time/forslag", hva="kontroll", bok=UNIT, kl=at, Practitioner=DOCTOR
        )
    assert field(page.text, "start") == at


async def test_what_is_over_today_is_not_offered(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        today = await day(worker, 0)
    starts = re.findall(r'<td class="free"[^>]*data-start="([^"]+)"', today)
    assert all(datetime.fromisoformat(one) > datetime.now(UTC) - timedelta(minutes=1) for one in starts)


async def test_books_that_are_not_there_and_days_that_are_none_are_refused(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        for book in ("Organization-ingen", "Patient-ada", "tull", "Practitioner-ingen"):
            assert (await worker.get(f"/timebok/{book}")).status_code == 404, book
        assert (await worker.get(BOOK, dag="i dag")).status_code == 400
        assert (
            await worker.get(
                "/timebok/ledig", bok=UNIT, med="Practitioner/ingen", kl=moment(1, "10:00").isoformat()
            )
        ).status_code == 404
        assert (await worker.get("/timebok/time/ingen")).status_code == 404


async def test_who_does_not_write_calendars_is_offered_no_block_and_gets_none(clinic: Office) -> None:
    async with clinic.worker("rask-bekkesildre") as worker:
        pane = await worker.get("/timebok/ledig", bok=UNIT, med=DOCTOR, kl=moment(3, "10:00").isoformat())
        assert pane.status_code == 200
        assert "Hvem skal ha timen" in pane.text
        assert "Sperr tiden" not in pane.text
        refused = await worker.send("/timebok/sperring", block("08:00", 3, "09:00"))
    assert refused.status_code == 409
    assert await clinic.asked("Slot") == []


async def test_who_keeps_no_calendars_blocks_the_own_time_lifts_it_and_no_others(clinic: Office) -> None:
    def asked(who: str) -> dict[str, str]:
        start = moment(3, "10:00")
        until = {"tildag": f"{start:%Y-%m-%d}", "tilkl": "11:00"}
        return {"bok": UNIT, "med": who, "kl": start.isoformat(), "tekst": "Undervisning"} | until

    async with clinic.worker("klok-tindvik", role="klok-tindvik-1") as doctor:
        at = {"bok": UNIT, "kl": moment(3, "10:00").isoformat()}
        assert "Sperr tiden" in (await doctor.get("/timebok/ledig", med=DOCTOR, **at)).text
        assert "Sperr tiden" not in (await doctor.get("/timebok/ledig", med=NURSE, **at)).text
        stored = await doctor.send("/timebok/sperring", asked(DOCTOR))
        assert "Tiden er sperret" in stored.text
        [slot] = await clinic.asked("Slot?schedule=Schedule/kalender-lege")
        lifted = await doctor.send(f"/timebok/sperring/{slot['id']}/opphevelse", {})
        assert "Sperringen er opphevet" in lifted.text
        again = await doctor.send(f"/timebok/sperring/{slot['id']}/gjentakelse", {})
        assert "Tiden er sperret" in again.text
        refused = await doctor.send("/timebok/sperring", asked(NURSE))
        assert refused.status_code == 409
        assert "Du kan sperre din egen tid" in refused.text
        assert await clinic.asked("Slot?schedule=Schedule/kalender-sykepleier") == []
