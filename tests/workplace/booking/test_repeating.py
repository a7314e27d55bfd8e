"""A series by the screen: what each time clashes with is told first; those that fit are booked together."""

import re
from datetime import datetime, timedelta

from fellesjournal.booking.free.series import SERIES
from workplace.booking.calendars import DOCTOR, PLACE, ROOM, appointment, moment
from workplace.conftest import Office
from workplace.people import ADA

SECRETARY = "ryddig-perlemor"
REPEAT = "/timebok/time/first/gjentakelse"
THREE = {"ganger": "3", "uker": "1"}


async def test_clashes_are_told_before_anything_is_booked_and_those_that_fit_that_week_are_booked(
    clinic: Office,
) -> None:
    first = moment(3, "10:00")
    busy = appointment("busy", first + timedelta(weeks=1), 30, "Patient/solfrid", DOCTOR, PLACE)
    await clinic.put(appointment("first", first, 30, f"Patient/{ADA}", DOCTOR, ROOM), busy)
    async with clinic.worker(SECRETARY) as worker:
        told = await worker.send(REPEAT, THREE)
        assert told.text.count("passer</span>") + told.text.count("ikke ledig: Klok Tindvik") == 3
        assert "ikke ledig: Klok Tindvik" in told.text
        assert len(await clinic.asked(f"Appointment?patient={ADA}&status=booked")) == 1
        [id] = re.findall('name="samling" value="([^"]+)"', told.text)
        for press in ("the first", "one that comes again"):
            booked = await worker.send(REPEAT, THREE | {"bekreft": "ja", "samling": id})
            assert "timer til er booket" in booked.text, press
    found = await clinic.asked(f"Appointment?patient={ADA}&status=booked")
    ids = {one["value"] for each in found for one in each["identifier"] if one["system"] == SERIES}
    assert len(ids) == 1
    starts = {datetime.fromisoformat(one["start"]) for one in found}
    assert first in starts
    assert first + timedelta(weeks=1) not in starts
    assert len(starts) == told.text.count("passer</span>") + told.text.count("I stedet") + 1


async def test_a_visit_at_home_is_repeated_with_who_comes_within_each_window(clinic: Office) -> None:
    opens, begins = moment(3, "10:00"), moment(3, "10:40")
    first = appointment("first", opens, 120, f"Patient/{ADA}", DOCTOR, PLACE)
    first["participant"][1]["period"] = {
        "start": begins.isoformat(),
        "end": (begins + timedelta(minutes=20)).isoformat(),
    }
    await clinic.put(first)
    async with clinic.worker(SECRETARY) as worker:
        booked = await worker.send(REPEAT, THREE | {"bekreft": "ja"})
        assert "timer til er booket" in booked.text, booked.text
    for one in await clinic.asked(f"Appointment?patient={ADA}&status=booked"):
        [visit] = [each["period"]["start"] for each in one["participant"] if "period" in each]
        later = datetime.fromisoformat(visit) - datetime.fromisoformat(one["start"])
        assert later == timedelta(minutes=40)


async def test_a_series_that_is_none_is_refused(clinic: Office) -> None:
    await clinic.put(appointment("first", moment(3, "10:00"), 30, f"Patient/{ADA}", DOCTOR, ROOM))
    async with clinic.worker(SECRETARY) as worker:
        for wrong in ({"ganger": "0"}, {"ganger": "60"}, {"uker": "ti"}):
            assert (await worker.send(REPEAT, THREE | wrong)).status_code == 400, wrong
