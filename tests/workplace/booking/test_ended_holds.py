"""A time that was held and not confirmed: when the hold has ended the unit does not expect anybody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fellesjournal.booking.holding import HELD_UNTIL
from workplace.booking.calendars import DOCTOR, PLACE, ROOM, UNIT, appointment, moment
from workplace.conftest import Office
from workplace.people import ADA

SECRETARY = "ryddig-perlemor"
ID = "held"


def held(start: datetime, minutes: float) -> dict[str, Any]:
    """A time that is held until so many minutes from now."""
    until = {"url": HELD_UNTIL, "valueDateTime": (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()}
    who = (f"Patient/{ADA}", DOCTOR, ROOM, PLACE)
    return appointment(ID, start, 20, *who, status="pending", extension=[until])


@pytest.mark.parametrize(("minutes", "is_there"), [(10, True), (-6, False)])
async def test_what_is_held_is_in_the_units_day_until_the_hold_ends(
    clinic: Office, minutes: float, is_there: bool
) -> None:
    day = f"{moment(1, '00:00'):%Y-%m-%d}"
    await clinic.put(held(moment(1, "13:00"), minutes))
    async with clinic.worker(SECRETARY) as worker:
        book = await worker.get(f"/timebok/{UNIT}", dag=day)
        assert (f'data-time="{ID}"' in book.text) is is_there
        pane = (await worker.get(f"/timebok/time/{ID}")).text
        assert ("flytting" in pane) is is_there
        assert ("holdt av til kl." in pane) is not is_there
        assert (
            f"/arbeid/timebok/time/{ID}" in (await worker.get(f"/innbygger/{ADA}/del/plan")).text
        ) is is_there


@pytest.mark.parametrize(("minutes", "is_there"), [(10, True), (-6, False)])
async def test_what_is_held_is_in_todays_lists_until_the_hold_ends(
    clinic: Office, minutes: float, is_there: bool
) -> None:
    await clinic.put(held(moment(0, "23:39"), minutes))
    async with clinic.worker(SECRETARY) as worker:
        assert (f"rad-{ID}" in (await worker.get("/timebok/mottak")).text) is is_there
        assert ("Poliklinisk kontroll" in (await worker.get("/lister")).text) is is_there


async def test_what_was_held_is_not_marked_moved_or_confirmed(clinic: Office) -> None:
    await clinic.put(held(moment(0, "23:39"), -6))
    async with clinic.worker(SECRETARY) as worker:
        for path, form in (
            (f"/timebok/mottak/{ID}/kommet", {}),
            (f"/timebok/time/{ID}/kommet", {}),
            (f"/timebok/time/{ID}/flytting", {"start": moment(1, "10:00").isoformat()}),
            ("/timebok/forelopige", {f"hva-{ID}": "bekreft", f"versjon-{ID}": "1"}),
        ):
            assert (await worker.send(path, form)).status_code == 409, path
    [one] = await clinic.asked(f"Appointment?_id={ID}")
    assert (one["status"], one["meta"]["versionId"]) == ("pending", "1")
