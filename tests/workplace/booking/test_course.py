"""A course by the screen: begun in the group's calendar, members put in and taken out, seen by no other."""

import re

from workplace.booking.calendars import DOCTOR, GROUP, UNIT, appointment, moment
from workplace.conftest import Office
from workplace.people import ADA, NEAR

SECRETARY = "ryddig-perlemor"
BEGIN = {"bok": UNIT, "med": GROUP, "ganger": "3", "uker": "1", "min": "60", "leder": DOCTOR}
OUT = {"innbygger": NEAR, "grunn": "AAI"}


async def test_a_course_is_begun_members_put_in_and_taken_out(clinic: Office) -> None:
    begin = BEGIN | {"kl": moment(4, "12:00").isoformat()}
    busy = appointment("busy", moment(11, "12:00"), 30, f"Patient/{ADA}", "Location/ultralyd-2")
    await clinic.put(busy)
    async with clinic.worker(SECRETARY) as worker:
        free = await worker.get("/timebok/ledig", bok=UNIT, med=GROUP, kl=begin["kl"])
        assert "Nytt kurs" in free.text
        begun = await worker.send("/timebok/kurs", begin)
        assert "3 kurssamlinger er booket" in begun.text, begun.text
        assert "0 av 8 plasser" in begun.text
        [at] = set(re.findall(r"/timebok/kurs/[0-9a-f-]{36}", begun.text))
        found = (await worker.get(f"{at}/finn", q="solf")).text
        assert f'name="innbygger" value="{NEAR}"' in found
        joined = await worker.send(f"{at}/deltakere", {"innbygger": NEAR})
        assert "har plass i alle samlingene" in joined.text, joined.text
        assert "1 av 8 plasser" in joined.text
        assert "er med fra før" in (await worker.send(f"{at}/deltakere", {"innbygger": NEAR})).text
        refused = await worker.send(f"{at}/deltakere", {"innbygger": ADA})
        assert refused.status_code == 409, "busy at the second session: in none"
        assert "Innbyggeren har Poliklinisk kontroll" in refused.text
        assert "1 av 8 plasser" in refused.text
        mine = await clinic.asked(f"Appointment?patient={NEAR}&status=booked")
        assert len(mine) == 3
        assert "Fjellrype" not in str(mine)
        pane = (await worker.get(f"/timebok/time/{mine[0]['id']}")).text
        assert at in pane
        assert (await worker.send(f"{at}/uttak", OUT | {"grunn": ""})).status_code == 409
        out = (await worker.send(f"{at}/uttak", OUT)).text
        assert "3 plasser er gitt tilbake" in out
        [back] = re.findall('name="tilbake" value="([^"]+)"', out)
        again = (await worker.send(f"{at}/omgjoring", {"tilbake": back})).text
        assert "Deltakeren har plassene tilbake: 3" in again
        assert "1 av 8 plasser" in again
        assert (await worker.send(f"{at}/omgjoring", {"tilbake": back})).status_code == 409
        assert "3 plasser er gitt tilbake" in (await worker.send(f"{at}/uttak", OUT)).text
        for wrong in ({"ganger": "0"}, {"min": "x"}, {"kl": "nå"}):
            assert (await worker.send("/timebok/kurs", begin | wrong)).status_code == 400
        assert (await worker.send("/timebok/kurs", begin | {"leder": "Practitioner/x"})).status_code == 404
        assert (await worker.get("/timebok/kurs/ingen")).status_code == 404
        taken = await worker.send("/timebok/kurs", begin)
        assert taken.status_code == 409, "who holds it is busy then"
    assert await clinic.asked(f"Appointment?patient={NEAR}&status=booked") == []
