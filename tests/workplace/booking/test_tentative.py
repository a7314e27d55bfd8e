"""Times held months ahead: pencilled in, kept from others, confirmed or given back by a list."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.workplace.booking.tentative import MOST
from workplace.booking.calendars import DOCTOR, PLACE, ROOM, appointment, moment
from workplace.booking.test_asking import AT, SECRETARY, proposal, proposed
from workplace.conftest import Office
from workplace.people import FAR, NEAR

LIST = "/timebok/forelopige"
MINE = f"Appointment?patient={NEAR}&_sort=date"


async def test_a_time_is_pencilled_in_kept_from_others_and_confirmed_or_given_back(clinic: Office) -> None:
    since = f"{moment(80, '00:00'):%Y-%m-%d}"
    async with clinic.worker(SECRETARY) as worker:
        assert "Ingen forel" in (await worker.get(LIST)).text
        page = await proposed(worker, "ultralyd", fra=since, innen="", ganger="2", uker="1", forelopig="ja")
        form = proposal(page)
        assert form["forelopig"] == "ja"
        assert "2 timer er booket" in (await worker.send(AT, form)).text
        held = await clinic.asked(MINE)
        assert [one["status"] for one in held] == ["pending", "pending"]
        other = appointment("other", moment(80, "10:00"), 30, f"Patient/{FAR}", DOCTOR, ROOM, PLACE)
        times = {name: held[0][name] for name in ("start", "end")}
        assert (await worker.send(AT, form | {"samling": "b"})).status_code == 409, "who is held is busy"
        listed = (await worker.get(LIST)).text
        places = [listed.index(f'name="hva-{one["id"]}"') for one in held]
        assert all(one < two for one, two in pairwise(places))
        versions = {f"versjon-{one['id']}": one["meta"]["versionId"] for one in held}
        chosen = {f"hva-{held[0]['id']}": "bekreft", f"hva-{held[1]['id']}": "frigi"}
        late = dict.fromkeys(versions, "7")
        assert (await worker.send(LIST, chosen | late)).status_code == 409
        settled = (await worker.send(LIST, chosen | versions)).text
        assert "2 timer er avklart" in settled
        assert [one["status"] for one in await clinic.asked(MINE)] == ["booked", "cancelled"]
        [back] = re.findall('name="tilbake" value="([^"]+)"', settled)
        assert (await worker.send(f"{LIST}/omgjoring", {"tilbake": back})).status_code == 200
        assert [one["status"] for one in await clinic.asked(MINE)] == ["pending", "pending"]
        assert (await worker.send(f"{LIST}/omgjoring", {"tilbake": back})).status_code == 409
        assert (await worker.send(LIST, {})).status_code == 200
    await clinic.put(*(one | {"status": "entered-in-error"} for one in held))
    await clinic.put(other | times)


async def test_one_time_is_pencilled_in_and_undone(clinic: Office) -> None:
    async with clinic.worker(SECRETARY) as worker:
        page = await proposed(worker, "kontroll", forelopig="ja")
        held = await worker.send(AT, proposal(page))
        assert "Tiden er holdt" in held.text
        again = await worker.send(AT, proposal(page))
        assert (again.status_code, "Tiden er holdt" in again.text) == (200, True), "a press that came twice"
        [one] = await clinic.asked(f"{MINE}&status=pending")
        assert {each["status"] for each in one["participant"]} == {"tentative"}
        undo = {"versjon": one["meta"]["versionId"]}
        assert (await worker.send(f"/timebok/time/{one['id']}/omgjoring", undo)).status_code == 200
    assert await clinic.asked(f"{MINE}&status=pending") == []


async def test_more_than_are_shown_are_told_of_and_holds_that_end_take_no_place(clinic: Office) -> None:
    ends = {"extension": [{"url": HELD_UNTIL, "valueDateTime": moment(1, "23:00").isoformat()}]}
    day = moment(80, "00:00")
    times = [day + timedelta(minutes=5 * number) for number in range(60 + MOST + 3)]
    await clinic.put(*(_pending(f"h{number}", start, **ends) for number, start in enumerate(times[:60])))
    await clinic.put(*(_pending(f"t{number}", start) for number, start in enumerate(times[60:])))
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get(LIST)).text
    assert len(re.findall('name="hva-t', page)) == MOST
    assert 'name="hva-h' not in page
    assert f"De {MOST} nærmeste av {MOST + 3} er vist" in page


def _pending(id: str, start: datetime, **more: Any) -> dict[str, Any]:
    return appointment(id, start, 5, f"Patient/{NEAR}", DOCTOR, status="pending", **more)
