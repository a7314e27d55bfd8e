"""A citizen books a time: only what a service gives to citizens, held while it is read, once."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from fellesjournal.booking.offered import BOOKS, LEAST_NOTICE, OWN, offered
from portal import booking, people
from portal.booking import OFFICE, VACCINES, VISITS
from portal.conftest import Home, Visitor, home, know, office
from portal.people import MOTHER, STRANGER
from signin.conftest import field

VISIT = {"system": VISITS, "code": "konsultasjon"}

__all__ = ["home", "know", "office"]

WHAT = f"/bestill/{OFFICE}/konsultasjon"
TIME = re.compile(r'name="tid" value="([^"]+)">(kl\.\u00a0[0-9.]+)</button> ([^<]*)<')


@pytest.fixture
async def open_home(home: Home) -> Home:
    """The site with services that let citizens book; the mother's doctor works at the office."""
    await home.office.put(*booking.resources())
    mother = next(one for one in people.resources() if one["id"] == MOTHER)
    await home.office.put(booking.doctor_of(mother))
    return home


async def times(visitor: Visitor, path: str = WHAT) -> list[tuple[str, str, str]]:
    return TIME.findall((await visitor.get(path)).text)


async def test_a_time_is_found_held_booked_and_in_the_calendar(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother:
        assert WHAT in (await mother.get("/bestill")).text
        found = await times(mother)
        assert len(found) == 12
        assert {who for _, _, who in found} == {"Lind"}, "her own doctor, and no other"
        kept = await mother.send(WHAT, {"tid": found[0][0]})
        where = kept.headers["location"].removeprefix("/min")
        page = (await mother.get(where)).text
        assert "Ta med listen" in page
        assert "10 minutter" in page
        assert ("Du kan avlyse her fram til" in page) != ("Du kan ikke avlyse denne timen her" in page)
        assert found[0] not in await times(mother), "it is held"
        booked = await mother.send(where, {})
        page = (await mother.get(booked.headers["location"].removeprefix("/min"))).text
        assert "Timen er bestilt" in page
        id = where.rpartition("/")[2]
        file = await mother.get(f"/timer/{id}/kalender")
    (stored,) = await open_home.office.asked(f"Appointment?_id={id}")
    assert (stored["status"], "extension" in stored) == ("booked", False)
    assert {one["status"] for one in stored["participant"]} == {"accepted"}
    assert file.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Avtale" in file.text
    for word in ("Konsultasjon", "Lind", "Legekontoret", "medisinene", MOTHER):
        assert word not in file.text


async def test_times_to_choose_from_do_not_overlap(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother:
        starts = [datetime.fromisoformat(start) for start, _, _ in await times(mother)]
    assert len(starts) == 12
    assert all(later - start >= timedelta(minutes=20) for start, later in pairwise(starts)), starts


async def test_a_time_that_another_took_is_told_of_with_those_that_are_left(open_home: Home) -> None:
    path = f"/bestill/{VACCINES}/vaksine"
    async with open_home.visitor(MOTHER) as mother, open_home.visitor(STRANGER) as stranger:
        first = (await times(mother, path))[0][0]
        assert (await mother.send(path, {"tid": first})).status_code == 303
        late = await stranger.send(path, {"tid": first})
        assert late.status_code == 409
        assert "tatt av en annen" in late.text
        assert len(TIME.findall(late.text)) == 12


async def test_only_those_whose_doctor_works_there_book_at_the_office(open_home: Home) -> None:
    async with open_home.visitor(STRANGER) as stranger:
        page = (await stranger.get("/bestill")).text
        assert (OFFICE in page, VACCINES in page) == (False, True)
        for path in (WHAT, f"/bestill/{OFFICE}/hastetime", "/bestill/x/y"):
            assert (await stranger.get(path)).status_code == 404
            assert (await stranger.send(path, {"tid": at(days=1)})).status_code == 404


@pytest.mark.parametrize(
    ("tid", "status"),
    [("", 400), ("x", 400), ("2026-01-01T10:00:00", 400), ("2020-01-01T10:00:00+01:00", 409)],
)
async def test_a_time_that_is_none_or_over_is_not_kept(open_home: Home, tid: str, status: int) -> None:
    async with open_home.visitor(MOTHER) as mother:
        assert (await mother.send(WHAT, {"tid": tid})).status_code == status


async def test_who_chooses_another_time_gives_back_the_one_before_and_one_chosen_twice_is_one(
    open_home: Home,
) -> None:
    """Nobody keeps all the times of a doctor from the others by pressing one after another."""
    async with open_home.visitor(MOTHER) as mother:
        first, second = [start for start, _, _ in await times(mother)][:2]
        kept = [(await mother.send(WHAT, {"tid": first})).headers["location"] for _ in range(2)]
        assert kept[0] == kept[1]
        await mother.send(WHAT, {"tid": second})
        left = [start for start, _, _ in await times(mother)]
        assert (first in left, second in left) == (True, False)
        told = await mother.get(kept[0].removeprefix("/min"))
        assert "Ja, bestill" not in told.text
    held = await open_home.office.asked(f"Appointment?patient={MOTHER}&status=pending")
    assert len(held) == 1


async def test_nobody_sees_or_books_what_another_holds(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother, open_home.visitor(STRANGER) as stranger:
        kept = await mother.send(WHAT, {"tid": (await times(mother))[0][0]})
        where = kept.headers["location"].removeprefix("/min")
        for path in (where, where.replace("/bestill/time/", "/timer/") + "/kalender"):
            assert (await stranger.get(path)).status_code == 404
        assert (await stranger.send(where, {})).status_code == 404


async def test_where_nobody_lets_citizens_book_that_is_said(home: Home) -> None:
    async with home.visitor(MOTHER) as mother:
        assert "Ring dem" in (await mother.get("/bestill")).text


def test_a_service_says_who_books_and_what() -> None:
    office = next(one for one in booking.resources() if one.get("id") == OFFICE and "type" in one)
    unit = f"Organization/{OFFICE}"
    assert [one.code for one in offered([office], {unit})] == ["konsultasjon"]
    assert offered([office], set()) == []
    assert offered([office | {"active": False}], {unit}) == []
    assert offered([office | {"characteristic": []}], {unit}) == []
    open_to_all = [{"coding": [{"system": BOOKS, "code": "all"}]}]
    assert offered([office | {"characteristic": open_to_all}], set())[0].minutes == 20
    assert offered([office | {"providedBy": {}, "characteristic": open_to_all}], set()) == []


def at(**later: int) -> str:
    return (datetime.now(UTC) + timedelta(**later)).isoformat()


async def by_program(visitor: Visitor, after: int, minutes: int, *actors: str, **more: Any) -> httpx.Response:
    """An appointment as a program with the visitor's session makes it, so many hours from now."""
    start = (datetime.now(UTC) + timedelta(hours=after)).replace(minute=0, second=0, microsecond=0)
    one = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=minutes)).isoformat(),
        "serviceType": [{"coding": [VISIT]}],
        "participant": [
            {"actor": {"reference": each}, "status": "accepted"} for each in (*actors, f"Patient/{MOTHER}")
        ],
    } | more
    page = await visitor.get("/deling")
    headers = {"x-csrf-token": field(page.text, "bevis"), "Content-Type": "application/fhir+json"}
    return await visitor.browser.post("/fhir/Appointment", json=one, headers=headers)


async def test_a_program_of_the_citizen_books_what_services_give_and_nothing_else(open_home: Home) -> None:
    own, colleague = "Practitioner/qq-doctor", "Practitioner/qq-colleague"
    group = f"HealthcareService/{VACCINES}"
    vaccine = [{"coding": [VISIT | {"code": "vaksine"}]}]
    async with open_home.visitor(MOTHER) as mother:
        for told, answer in [
            ("Another is meant", await by_program(mother, 48, 20, colleague)),
            ("It takes 20 minutes", await by_program(mother, 48, 60, own)),
            ("120 minutes from now", await by_program(mother, 1, 20, own)),
            ("nobody else", await by_program(mother, 48, 20, own, colleague)),
            ("nobody else", await by_program(mother, 48, 20)),
            ("No service gives", await by_program(mother, 48, 20, "Location/qq-room")),
            ("No service gives", await by_program(mother, 48, 20, own, serviceType=vaccine)),
            (
                "No service gives",
                await by_program(mother, 48, 20, own, status="pending", serviceType=[{"text": "Noe"}]),
            ),
        ]:
            assert answer.status_code == 403, (told, answer.text)
            assert told in answer.text
        assert (await by_program(mother, 48, 20, own)).status_code == 201
        assert (await by_program(mother, 72, 10, group, serviceType=vaccine)).status_code == 201
    stranger = await open_home.office.asked(f"Appointment?actor={own}")
    assert len(stranger) == 1


async def test_a_program_answers_what_the_service_proposed_but_moves_nothing_elsewhere(
    open_home: Home,
) -> None:
    async with open_home.visitor(MOTHER) as mother:
        made = (await by_program(mother, 48, 20, "Practitioner/qq-doctor")).json()
        await open_home.office.put(made | {"status": "proposed", "serviceType": [{"text": "Annet"}]})
        [offer] = await open_home.office.asked(f"Appointment?_id={made['id']}")
        page = await mother.get("/deling")
        headers = {"x-csrf-token": field(page.text, "bevis"), "Content-Type": "application/fhir+json"}
        at = f"/fhir/Appointment/{made['id']}"
        moved = offer | {"end": (datetime.fromisoformat(offer["end"]) + timedelta(hours=1)).isoformat()}
        assert (await mother.browser.put(at, json=moved, headers=headers)).status_code in (403, 422)
        answered = await mother.browser.put(at, json=offer | {"status": "booked"}, headers=headers)
        assert answered.status_code == 200, answered.text


def staff_booked(id: str, start: str, *also: str) -> dict[str, Any]:
    """A consultation that the office has booked for the mother, at a place of its own."""
    end = (datetime.fromisoformat(start) + timedelta(minutes=20)).isoformat()
    who = ("Practitioner/qq-doctor", f"Patient/{MOTHER}", *also)
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": start,
        "end": end,
        "serviceType": [{"coding": [VISIT]}],
        "participant": [{"actor": {"reference": one}, "status": "accepted"} for one in who],
    }


async def test_what_is_booked_is_moved_to_another_time_that_the_service_gives(open_home: Home) -> None:
    place = {"resourceType": "Location", "id": "qq-here", "name": "Her"}
    async with open_home.visitor(MOTHER) as mother, open_home.visitor(STRANGER) as stranger:
        late, new = [(await times(mother))[n][0] for n in (5, 9)]
        await open_home.office.put(place, staff_booked("qq-moved", late, "Location/qq-here"))
        page = (await mother.get("/timer/qq-moved")).text
        assert f"/min{WHAT}?flytt=qq-moved" in page
        choose = await mother.get(WHAT, flytt="qq-moved")
        assert "Du beholder den til du velger en ny tid" in choose.text
        assert (await stranger.get(f"/bestill/{VACCINES}/vaksine", flytt="qq-moved")).status_code == 404
        moved = await mother.send(WHAT, {"tid": new, "flytt": "qq-moved"})
        assert moved.headers["location"] == "/min/timer/qq-moved?flyttet=ja"
        assert "Timen er flyttet" in (await mother.get("/timer/qq-moved", flyttet="ja")).text
        assert late in [start for start, _, _ in await times(mother)], "its time is given back"
        gone = await mother.send(WHAT, {"tid": new, "flytt": "qq-moved"})
        assert gone.status_code == 409, "a press that comes twice"
    [one] = await open_home.office.asked("Appointment?_id=qq-moved")
    assert (one["status"], datetime.fromisoformat(one["start"])) == ("booked", datetime.fromisoformat(new))
    assert len(one["participant"]) == 3


async def test_what_is_not_the_citizens_to_move_stays(open_home: Home) -> None:
    async with open_home.visitor(MOTHER) as mother:
        new = (await times(mother))[-1][0]
        later = (datetime.now(UTC) + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
        soon = (datetime.now(UTC) + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
        two = staff_booked("qq-two", later.isoformat(), "Practitioner/qq-colleague")
        await open_home.office.put(two, staff_booked("qq-soon", soon.isoformat()))
        for id in ("qq-two", "qq-soon"):
            assert "?flytt=" not in (await mother.get(f"/timer/{id}")).text, id
            refused = await mother.send(WHAT, {"tid": new, "flytt": id})
            assert "Du kan ikke flytte denne timen her" in refused.text, id
    starts = {
        one["id"]: one["start"] for one in await open_home.office.asked("Appointment?_id=qq-two,qq-soon")
    }
    assert {id: datetime.fromisoformat(one) for id, one in starts.items()} == {
        "qq-two": later,
        "qq-soon": soon,
    }


async def test_a_service_says_how_long_before_it_gives_a_time_away(open_home: Home) -> None:
    late = booking.kind("konsultasjon", "Konsultasjon", 20)
    late["extension"].append({"url": LEAST_NOTICE, "valuePositiveInt": 3 * 24 * 60})
    await open_home.office.put(booking.service(OFFICE, "Legekontoret", OWN, late))
    async with open_home.visitor(MOTHER) as mother:
        first = datetime.fromisoformat((await times(mother))[0][0])
        assert first >= datetime.now(UTC) + timedelta(days=3) - timedelta(minutes=1)
        refused = await by_program(mother, 48, 20, "Practitioner/qq-doctor")
        assert "4320 minutes from now" in refused.text
        assert (await by_program(mother, 96, 20, "Practitioner/qq-doctor")).status_code == 201
