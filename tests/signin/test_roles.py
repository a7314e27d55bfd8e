"""One role is active: chosen at sign-in, switched later, and told of when it ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from fellesjournal.norway.writing import OSLO
from fellesjournal.signin.openid.refusal import Reason, Refused
from signin.conftest import House, field
from signin.test_practice import pick
from world import staff

DOCTOR, SECRETARY = "PractitionerRole/nysgjerrig-furukongle-1", "PractitionerRole/nysgjerrig-furukongle-2"
STUDENT = "Practitioner/nysgjerrig-furukongle"


async def put_on(visitor: httpx.AsyncClient, role: str, **more: str) -> httpx.Response:
    page = (await visitor.get("/logg-inn/rolle")).text
    return await visitor.post("/logg-inn/rolle", data={"bevis": field(page, "bevis"), "rolle": role, **more})


def role_resource(id: str) -> dict[str, Any]:
    return next(one for one in staff.resources() if one["id"] == id)


def checked(page: str) -> str:
    before, _, _ = page.partition(" checked")
    return before.rpartition('value="')[2].partition('"')[0]


async def test_several_roles_are_asked_about_and_the_last_is_chosen_beforehand(house: House) -> None:
    async with house.visitor() as visitor:
        answer = await pick(visitor, STUDENT, "/somewhere")
        assert answer.headers["location"] == "/logg-inn/rolle?til=/somewhere"
        assert (await visitor.get("/logg-inn/meg")).headers["location"] == "/logg-inn/rolle"
        chosen = await put_on(visitor, DOCTOR, til="/somewhere")
        assert chosen.headers["location"] == "/somewhere"
        assert "lege med lisens" in (await visitor.get("/logg-inn/meg")).text
    async with house.visitor() as tomorrow:
        await pick(tomorrow, STUDENT)
        assert checked((await tomorrow.get("/logg-inn/rolle")).text) == DOCTOR


async def test_the_student_is_doctor_and_then_secretary_without_signing_out(house: House) -> None:
    identification = house.identification()
    async with house.visitor() as visitor:
        await pick(visitor, STUDENT)
        found = []
        for role in (DOCTOR, SECRETARY):
            await put_on(visitor, role)
            headers = {"cookie": f"fellesjournal={visitor.cookies['fellesjournal']}"}
            found.append(await identification.actor_of(headers, "GET", "http://127.0.0.1:8080/fhir/Patient"))
    doctor, secretary = found
    assert doctor is not None
    assert secretary is not None
    assert (doctor.role, doctor.unit, doctor.purpose) == (
        "legestudent",
        f"Organization/{staff.WARD}",
        "TREAT",
    )
    assert (secretary.role, secretary.unit) == ("helsesekretaer", f"Organization/{staff.CLINIC}")
    assert doctor.session == secretary.session
    assert doctor.display == "Nysgjerrig Furukongle"
    assert secretary.unit_display == "Isfjell sykehus, hjertepoliklinikk"


async def test_someone_elses_role_and_one_that_has_ended_cannot_be_put_on(house: House) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    ended = role_resource("nysgjerrig-furukongle-1")
    await house.put(ended | {"period": {"start": "2026-01-01", "end": yesterday}})
    async with house.visitor() as visitor:
        await pick(visitor, STUDENT)
        page = (await visitor.get("/logg-inn/rolle")).text
        token = field(page, "bevis") or field((await visitor.get("/logg-inn/meg")).text, "bevis")
        for role in (DOCTOR, "PractitionerRole/klok-tindvik-1", "PractitionerRole/none", ""):
            answer = await visitor.post("/logg-inn/rolle", data={"bevis": token, "rolle": role})
            assert answer.status_code == 403, role
            assert Reason.ROLE_ENDED in answer.text
        assert SECRETARY in (await visitor.get("/logg-inn/rolle")).text


async def test_a_health_worker_whose_roles_have_all_ended_is_not_let_in(house: House) -> None:
    async with house.visitor() as visitor:
        answer = await pick(visitor, "Practitioner/avgatt-lomvi")
        assert answer.status_code == 403
        assert "Du har ingen rolle som gjelder i dag" in answer.text
        assert "set-cookie" not in answer.headers


async def test_a_health_worker_taken_out_of_use_during_a_session_has_no_role_any_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fellesjournal.access.people.FRESH_FOR", -1.0)
    async with house.visitor() as visitor:
        await pick(visitor, "Practitioner/varm-lyngmo")
        assert (await visitor.get("/logg-inn/meg")).status_code == 200
        await house.put(role_resource("varm-lyngmo") | {"active": False})
        assert (await visitor.get("/logg-inn/meg")).headers["location"] == "/logg-inn/rolle"


@pytest.mark.parametrize("change", [{"active": False}, {"period": {"end": "2026-01-02"}}, None])
async def test_a_role_that_ends_during_a_session_is_told_of_at_the_next_request(
    house: House, change: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fellesjournal.access.people.FRESH_FOR", -1.0)
    async with house.visitor() as visitor:
        await pick(visitor, STUDENT)
        await put_on(visitor, DOCTOR)
        headers = {"cookie": f"fellesjournal={visitor.cookies['fellesjournal']}"}
        assert await house.identification().actor_of(headers, "GET", "/fhir/Patient")
        if change is None:
            from fellesjournal.record.scope import Scope

            await house.record.delete("PractitionerRole", DOCTOR.partition("/")[2], scope=Scope.everyone())
        else:
            await house.put(role_resource(DOCTOR.partition("/")[2]) | change)
        with pytest.raises(Refused) as refused:
            await house.identification().actor_of(headers, "GET", "/fhir/Patient")
        assert refused.value.reason is Reason.ROLE_ENDED
        assert (await visitor.get("/logg-inn/meg")).headers["location"] == "/logg-inn/rolle"
        page = (await visitor.get("/logg-inn/rolle")).text
        assert "gjelder ikke lenger" in page
        assert checked(page) == SECRETARY


async def test_a_role_ends_with_its_last_day_in_norway(house: House) -> None:
    today = datetime.now(OSLO).date()
    last = role_resource("varm-lyngmo-1") | {"period": {"start": "2026-01-01", "end": today.isoformat()}}
    await house.put(last)
    person = await house.reception.people.named("Practitioner/varm-lyngmo")
    assert len(await house.reception.people.roles(person)) == 1
    house.watch.ahead = timedelta(days=1)
    assert await house.reception.people.roles(person) == []
