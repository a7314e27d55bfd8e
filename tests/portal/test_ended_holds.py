"""A time that was held and not confirmed: when the hold has ended it is nothing that the citizen has."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fellesjournal.booking.holding import HELD_UNTIL
from portal import booking
from portal.booking import VACCINES
from portal.conftest import Home, home, know, office
from portal.people import MOTHER, STRANGER
from portal.test_booking import times
from signin.conftest import field

__all__ = ["home", "know", "office"]

WHAT = f"/bestill/{VACCINES}/vaksine"
HELD = "holdt av timen til kl."


@pytest.fixture
async def open_home(home: Home) -> Home:
    """The site with a room where everybody may book a vaccination."""
    await home.office.put(*booking.resources())
    return home


async def left(home: Home, id: str) -> dict[str, Any]:
    """The hold as the record has it when it has ended some minutes ago."""
    [one] = await home.office.asked(f"Appointment?_id={id}")
    ended = (datetime.now(UTC) - timedelta(minutes=6)).isoformat()
    made = one | {"extension": [{"url": HELD_UNTIL, "valueDateTime": ended}]}
    await home.office.put(made)
    return made


async def test_a_hold_that_has_ended_is_no_next_appointment_and_cannot_be_answered(open_home: Home) -> None:
    """A newcomer chose a time, left without confirming, and came back a quarter of an hour later."""
    async with open_home.visitor(MOTHER) as newcomer, open_home.visitor(STRANGER) as other:
        first = (await times(newcomer, WHAT))[0][0]
        where = (await newcomer.send(WHAT, {"tid": first})).headers["location"].removeprefix("/min")
        id = where.rpartition("/")[2]
        assert f"/timer/{id}" in (await newcomer.get()).text, "while it is held it is the next"
        await left(open_home, id)
        assert f"/timer/{id}" not in (await newcomer.get()).text
        assert "avlyst" in (await newcomer.get("/journal/timer")).text
        page = (await newcomer.get(f"/timer/{id}")).text
        assert HELD in page
        assert "/min/bestill" in page
        assert "Jeg kommer" not in page
        assert "STATUS:CANCELLED" in (await newcomer.get(f"/timer/{id}/kalender")).text
        for act in ("svar", "avlysning"):
            answer = await newcomer.send(f"/timer/{id}/{act}", {"grunn": "ill"})
            assert answer.status_code == 409, act
            assert HELD in answer.text
            assert "/min/bestill" in answer.text
        again = (await other.send(WHAT, {"tid": first})).headers["location"].removeprefix("/min")
        assert (
            "Timen er bestilt"
            in (await other.get((await other.send(again, {})).headers["location"][4:])).text
        )
        late = await newcomer.send(where, {})
        assert late.status_code == 409
        assert HELD in late.text
        assert "/min/bestill" in late.text
    stored = await open_home.office.asked("Appointment?status=booked,pending,proposed&date=ge2020-01-01")
    at_once = [one for one in stored if one.get("start") == first and "extension" not in one]
    assert len(at_once) <= 1
    assert await open_home.office.asked("AppointmentResponse") == []


async def test_who_confirms_a_little_late_gets_the_time_when_it_is_free(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother:
        first = (await times(mother, WHAT))[0][0]
        where = (await mother.send(WHAT, {"tid": first})).headers["location"].removeprefix("/min")
        await left(open_home, where.rpartition("/")[2])
        page = (await mother.get(where)).text
        assert HELD in page
        assert "Ja, bestill timen" not in page
        assert (await mother.send(where, {})).status_code == 303
        assert "Timen er bestilt" in (await mother.get(where)).text


async def test_what_the_citizen_has_cancelled_is_not_said_to_have_ended(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother:
        first = (await times(mother, WHAT))[0][0]
        where = (await mother.send(WHAT, {"tid": first})).headers["location"].removeprefix("/min")
        id = where.rpartition("/")[2]
        assert (await mother.send(f"/timer/{id}/avlysning", {"grunn": "ill"})).status_code == 303
        await left(open_home, id)
        page = (await mother.get(f"/timer/{id}")).text
    assert "Jeg er syk" in page
    assert HELD not in page


async def test_over_the_api_time_that_is_given_back_is_not_answered_moved_or_marked(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother, open_home.visitor(STRANGER) as other:
        first = (await times(mother, WHAT))[0][0]
        where = (await mother.send(WHAT, {"tid": first})).headers["location"].removeprefix("/min")
        id = where.rpartition("/")[2]
        await left(open_home, id)
        [one] = await open_home.office.asked(f"Appointment?_id={id}")
        headers = {"x-csrf-token": field((await mother.get("/deling")).text, "bevis")}
        headers |= {"Content-Type": "application/fhir+json"}
        yes = [each | {"status": "accepted"} for each in one["participant"]]
        answer = {
            "resourceType": "AppointmentResponse",
            "appointment": {"reference": f"Appointment/{id}"},
            "actor": {"reference": f"Patient/{MOTHER}"},
            "participantStatus": "accepted",
        }
        later = {
            name: str(datetime.fromisoformat(one[name]) + timedelta(days=1)) for name in ("start", "end")
        }
        later = {name: value.replace(" ", "T") for name, value in later.items()}
        said = [await mother.browser.post("/fhir/AppointmentResponse", json=answer, headers=headers)]
        for changed in ({"participant": yes}, {"comment": "Jeg kommer"}, later, {"status": "fulfilled"}):
            put = await mother.browser.put(f"/fhir/Appointment/{id}", json=one | changed, headers=headers)
            said.append(put)
        for each in said:
            assert each.status_code in (403, 422), each.text
        assert all("held until" in each.text for each in said[:3]), [each.text for each in said]
        await other.send((await other.send(WHAT, {"tid": first})).headers["location"][4:], {})
        taken = await mother.browser.put(
            f"/fhir/Appointment/{id}", json=one | {"status": "booked"}, headers=headers
        )
        assert taken.status_code == 409, taken.text
        refused = answer | {"participantStatus": "declined"}
        no = await mother.browser.post("/fhir/AppointmentResponse", json=refused, headers=headers)
        assert no.status_code == 201, no.text
    [kept] = await open_home.office.asked(f"Appointment?_id={id}")
    assert kept["meta"]["versionId"] == one["meta"]["versionId"]
