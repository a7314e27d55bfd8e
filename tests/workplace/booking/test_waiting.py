"""The waitlist's screen: who is on it, what each lacks, how one comes onto it and how a wait ends."""

import re
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import ENTRY
from signin.conftest import field
from workplace.booking.calendars import DOCTOR, GROUP, PLACE, UNIT, appointment, kind, moment
from workplace.booking.test_asking import proposal
from workplace.conftest import Office
from workplace.people import ADA, NEAR
from world import staff

SECRETARY = "ryddig-perlemor"
LIST = "/timebok/venteliste"
AT = f"/innbygger/{NEAR}/venteliste"
SERVICE = GROUP.partition("/")[2]
ASKED = {"bok": UNIT, "hva": "kontroll", "tjeneste": SERVICE}


def entry(id: str, citizen: str, deadline: int) -> dict[str, Any]:
    """One who waits since a month, with a deadline so many days from now."""
    parts = [
        {"url": "since", "valueDateTime": moment(-30, "10:00").isoformat()},
        {"url": "deadline", "valueDate": f"{moment(deadline, '00:00'):%Y-%m-%d}"},
    ]
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "waitlist",
        "extension": [{"url": ENTRY, "extension": parts}],
        "serviceType": [kind("kontroll")],
        "participant": [
            {"actor": {"reference": one}, "status": "accepted"} for one in (f"Patient/{citizen}", GROUP)
        ],
    }


def row(page: str, id: str) -> str:
    found = re.search(rf'<tr id="venter-rad-{id}".*?</tr>', page, re.S)
    assert found, page
    return found.group()


async def test_a_citizen_is_put_on_the_list_with_all_that_was_said_of_the_wait(clinic: Office) -> None:
    deadline = f"{moment(40, '00:00'):%Y-%m-%d}"
    async with clinic.worker(SECRETARY) as worker:
        page = await worker.get(f"/innbygger/{NEAR}/time/forslag", hva="kontroll")
        assert "Sett på venteliste" in page.text
        form = ASKED | {"frist": deadline, "prioritet": "1", "varsel": "24"}
        added = await worker.send(AT, form)
        assert "Satt på venteliste" in added.text, added.text
        listed = (await worker.get(LIST)).text
    [made] = await clinic.asked("Appointment?status=waitlist")
    assert "Solfrid Multemyr" in row(listed, made["id"])
    assert "Poliklinisk kontroll" in row(listed, made["id"])
    assert "uten neste steg" in row(listed, made["id"])
    assert made["priority"] == 1
    told = {one["url"]: one for one in made["extension"][0]["extension"]}
    assert told["deadline"]["valueDate"] == deadline
    assert told["notice"]["valueUnsignedInt"] == 24
    assert "since" in told


async def test_one_who_waits_says_which_places_will_do_and_their_rooms_go_with_them(clinic: Office) -> None:
    unit = {"reference": f"Organization/{staff.CLINIC}"}
    away = [
        {"resourceType": "Location", "id": "utenfor", "name": "Utestedet", "managingOrganization": unit},
        {"resourceType": "Location", "id": "utenfor-rom", "name": "Rommet", "managingOrganization": unit}
        | {"partOf": {"reference": "Location/utenfor"}},
    ]
    await clinic.put(*away)
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(f"/innbygger/{NEAR}/time/forslag", hva="kontroll")).text
        assert 'name="sted-utenfor"' in page
        assert 'name="sted-utenfor-rom"' not in page, "one travels to a place, not to its room"
        await worker.send(AT, ASKED | {"sted-utenfor": "ja"})
    [made] = await clinic.asked("Appointment?status=waitlist")
    told = [one["valueReference"] for one in made["extension"][0]["extension"] if one["url"] == "place"]
    assert [one["reference"] for one in told] == ["Location/utenfor", "Location/utenfor-rom"]


async def test_the_most_urgent_stands_first_and_what_is_lacking_is_said(clinic: Office) -> None:
    await clinic.put(entry("calm", ADA, 90), entry("late", NEAR, -1))
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(LIST)).text
    assert "fristen er brutt" in row(page, "late")
    assert "fristen er brutt" not in row(page, "calm")
    assert page.index("venter-rad-late") < page.index("venter-rad-calm")


async def test_a_time_that_is_booked_for_one_who_waits_is_the_next_step_and_ends_nothing(
    clinic: Office,
) -> None:
    await clinic.put(entry("waits", NEAR, 90))
    async with clinic.worker(SECRETARY) as worker:
        form = await worker.get(f"/innbygger/{NEAR}/time/forslag", hva="kontroll", venter="waits")
        booked = await worker.send(f"/innbygger/{NEAR}/time", proposal(form.text))
        assert "Timen er booket" in booked.text
        page = (await worker.get(LIST)).text
    assert "booket" in row(page, "waits")
    assert "uten neste steg" not in row(page, "waits")
    [made] = await clinic.asked("Appointment?status=booked")
    assert made["supportingInformation"] == [{"reference": "Appointment/waits"}]


async def test_a_wait_ends_with_a_reason_and_can_be_taken_up_again(clinic: Office) -> None:
    await clinic.put(entry("waits", NEAR, 90))
    async with clinic.worker(SECRETARY) as worker:
        refused = await worker.send(f"{LIST}/waits/avslutning", {"grunn": ""})
        assert refused.status_code == 409
        assert "Velg hvorfor" in refused.text
        closed = await worker.send(f"{LIST}/waits/avslutning", {"grunn": "2", "tekst": "Vil ikke"})
        assert "Ventingen er avsluttet" in closed.text
        assert "venter-rad-waits" not in closed.text
        version = field(closed.text, "versjon")
        undone = await worker.send(f"{LIST}/waits/omgjoring", {"versjon": version})
        assert "Gjort om" in undone.text
        row(undone.text, "waits")
        again = await worker.send(f"{LIST}/waits/omgjoring", {"versjon": version})
    assert again.status_code == 409


async def test_a_referral_that_nobody_has_put_on_the_list_is_told(clinic: Office) -> None:
    referral = {
        "resourceType": "ServiceRequest",
        "id": "referred",
        "status": "active",
        "intent": "order",
        "code": {"text": "Vurdering av hjertet"},
        "subject": {"reference": f"Patient/{ADA}"},
        "authoredOn": "2026-11-01",
        "performer": [{"reference": GROUP}, {"reference": f"Organization/{staff.CLINIC}"}],
    }
    await clinic.put(referral)
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(LIST)).text
    assert "henvist, ikke på listen" in row(page, "referred")
    assert "Blid Fjellrype" in row(page, "referred")


async def test_what_is_wrong_is_refused_and_another_citizens_wait_is_not_taken(clinic: Office) -> None:
    await clinic.put(entry("adas", ADA, 90))
    async with clinic.worker(SECRETARY) as worker:
        for wrong, status in (
            ({"tjeneste": "ingen"}, 404),
            ({"hva": "ingen"}, 404),
            ({"frist": "snart"}, 400),
            ({"varsel": "-1"}, 400),
            ({"varsel": "٣"}, 400),
        ):
            answer = await worker.send(AT, ASKED | wrong)
            assert answer.status_code == status, wrong
            if status == 400:
                [typed] = wrong.values()
                assert f"«{typed}»" in answer.text
                assert f'value="{typed}"' in answer.text, "what was typed stands there to be mended"
        form = proposal((await worker.get(f"/innbygger/{NEAR}/time/forslag", hva="kontroll")).text)
        taken = await worker.send(f"/innbygger/{NEAR}/time", form | {"venter": "adas"})
    assert taken.status_code == 404
    assert [one["id"] for one in await clinic.asked("Appointment")] == ["adas"]


async def test_the_overview_counts_who_waits_for_a_kind_of_visit(clinic: Office) -> None:
    await clinic.put(entry("one", NEAR, 90), entry("two", ADA, 90))
    await clinic.put(
        appointment("done", moment(2, "10:00") + timedelta(hours=1), 20, f"Patient/{ADA}", PLACE)
    )
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get("/timebok/oversikt")).text
    cells = re.search(r'<th scope="row">Poliklinisk kontroll</th>(.*?)</tr>', page, re.S)
    assert cells
    assert re.findall(r'<td class="value">(\d+)</td>', cells.group(1))[-1] == "2"


async def test_from_an_appointment_one_waits_for_an_earlier_time_or_to_be_called_in_again(
    clinic: Office,
) -> None:
    booked = appointment("has", moment(5, "10:00"), 20, f"Patient/{ADA}", DOCTOR, PLACE)
    await clinic.put(booked)
    async with clinic.worker(SECRETARY) as worker:
        waits = await worker.send("/timebok/time/has/tidligere", {"varsel": "48"})
        assert "beholder denne til en er tatt" in waits.text, waits.text
        again = await worker.send("/timebok/time/has/tidligere", {})
        assert "fra før" in again.text
        assert (await worker.send("/timebok/time/has/tidligere", {"varsel": "to"})).status_code == 400
        assert (
            "«to» kan ikke brukes"
            in (await worker.send("/timebok/time/has/tidligere", {"varsel": "to"})).text
        )
        recalled = await worker.send("/timebok/time/has/innkalling", {"maneder": "13"})
        assert "Kalles inn fra" in recalled.text, recalled.text
        assert (await worker.send("/timebok/time/has/innkalling", {"maneder": "0"})).status_code == 400
        listed = (await worker.get(LIST)).text
    kept, recall = sorted(
        await clinic.asked(f"Appointment?patient={ADA}&status=waitlist"),
        key=lambda one: -len(str(one["extension"])),
    )
    assert earlier.instead(kept) == "Appointment/has"
    assert "uten neste steg" not in row(listed, kept["id"])
    assert "uten neste steg" not in row(listed, recall["id"]), "it is due six weeks before"
    begins = datetime.fromisoformat(recall["requestedPeriod"][0]["start"])
    assert timedelta(days=390) < begins - moment(5, "00:00") < timedelta(days=400)
    assert [one["status"] for one in await clinic.asked("Appointment?_id=has")] == ["booked"]
