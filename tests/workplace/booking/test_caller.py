"""Who calls for the first time is found by the whole number, and booked; the appointment opens the record."""

from workplace.booking.calendars import DOCTOR, NURSE, UNIT, appointment, moment
from workplace.conftest import Office, Worker
from workplace.people import FAR, FAR_NUMBER, NEAR

SECRETARY = "ryddig-perlemor"


def chosen(days: int, clock: str, who: str = NURSE, **more: str) -> dict[str, str]:
    """The time that was chosen in the book."""
    return {"bok": UNIT, "kl": moment(days, clock).isoformat(), who.partition("/")[0]: who} | more


async def offered(worker: Worker, typed: str) -> bool:
    page = await worker.get("/timebok/innbyggere", q=typed, **chosen(3, "10:00"))
    return "Finn med fødselsnummer" in page.text


async def test_one_out_of_reach_is_confirmed_by_name_and_booked_and_the_look_up_is_in_the_log(
    clinic: Office,
) -> None:
    async with clinic.worker(SECRETARY) as worker:
        assert (await worker.get(f"/innbygger/{FAR}")).status_code == 404
        assert await offered(worker, f"{FAR_NUMBER[:6]} {FAR_NUMBER[6:]}")
        found = await worker.send("/timebok/ledig/nummer", chosen(3, "10:00", nummer=FAR_NUMBER))
        assert "Fjern Havsule" in found.text
        assert "1960" not in found.text
        assert (await worker.get(f"/innbygger/{FAR}")).status_code == 404, "a look-up opens nothing"
        form = chosen(3, "10:00", nummer=FAR_NUMBER, hva="kontroll")
        booked = await worker.send("/timebok/ledig/time", form)
        assert booked.status_code == 200, booked.text
        assert "Timen er booket" in booked.text
        assert (await worker.get(f"/innbygger/{FAR}")).status_code == 200
    [one] = await clinic.asked(f"Appointment?patient={FAR}")
    assert (one["status"], one["description"]) == ("booked", "Poliklinisk kontroll")
    log = await clinic.asked(f"AuditEvent?patient=Patient/{FAR}&_count=50")
    looked = [each for each in log if each["action"] == "R" and "opening" in repr(each)]
    assert looked, [each["action"] for each in log]


async def test_nobody_is_found_by_less_than_the_number_or_by_a_role_that_begins_no_care(
    clinic: Office,
) -> None:
    async with clinic.worker(SECRETARY) as worker:
        for typed in (FAR_NUMBER[:10], "Havsule", "12345678901x", NEAR):
            assert not await offered(worker, typed)
        none = await worker.send("/timebok/ledig/nummer", chosen(3, "10:00", nummer="01017012345"))
        assert none.status_code == 409
        assert "Ingen innbygger har dette nummeret" in none.text
        past = await worker.send(
            "/timebok/ledig/time", chosen(-1, "10:00", nummer=FAR_NUMBER, hva="kontroll")
        )
        assert "Den tiden er over" in past.text or past.status_code == 409
    async with clinic.worker("nysgjerrig-furukongle", role="nysgjerrig-furukongle-1") as student:
        assert not await offered(student, FAR_NUMBER)
        refused = await student.send("/timebok/ledig/nummer", chosen(3, "10:00", nummer=FAR_NUMBER))
        assert refused.status_code == 403
        assert "Havsule" not in refused.text


async def test_a_time_that_is_taken_is_told_of_and_what_the_kind_needs_comes_too(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        form = chosen(3, "11:00", DOCTOR, nummer=FAR_NUMBER, hva="ultralyd")
        await clinic.put(appointment("there", moment(3, "11:00"), 30, f"Patient/{NEAR}", DOCTOR))
        taken = await worker.send("/timebok/ledig/time", form)
        assert taken.status_code == 409
        assert "Klok Tindvik har" in taken.text
        booked = await worker.send("/timebok/ledig/time", form | {"kl": moment(3, "12:00").isoformat()})
        assert "Timen er booket" in booked.text
    [one] = await clinic.asked(f"Appointment?patient={FAR}")
    rooms = [party for party in one["participant"] if "ultralyd" in party["actor"]["reference"]]
    assert len(rooms) == 1
