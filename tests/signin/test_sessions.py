"""Cookies, forms, locks and ends."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from fellesjournal.access import secret
from fellesjournal.signin.guard import UNATTENDED
from fellesjournal.signin.identification import Identification
from fellesjournal.signin.openid.refusal import Reason, Refused
from signin.conftest import BASE, House, field
from signin.test_practice import pick

SITE = "https://journal.example"
NURSE = "Practitioner/varm-lyngmo"


def secure(house: House) -> House:
    """The same practice site, reached over TLS."""
    return replace(house, reception=replace(house.reception, address=SITE))


async def token(visitor: httpx.AsyncClient) -> str:
    return field((await visitor.get("/logg-inn/meg")).text, "bevis")


async def test_over_tls_the_cookie_is_as_strict_as_can_be(house: House) -> None:
    async with secure(house).visitor(SITE) as visitor:
        answer = await pick(visitor, NURSE)
        (cookie,) = answer.headers.get_list("set-cookie")
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-fellesjournal=")
        assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} == set(attributes)
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_the_database_does_not_hold_what_the_cookie_holds(house: House) -> None:
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        held = visitor.cookies["fellesjournal"]
    row = await house.pool.fetchrow("select * from session")
    assert row["id"] == secret.digest(held)
    assert all(held not in str(value) for value in row)


async def test_every_page_has_its_security_headers(house: House) -> None:
    async with house.visitor() as visitor:
        for path in ("/logg-inn", "/logg-inn/ovelse", "/logg-inn/ute", "/logg-inn/retur", "/logg-inn/meg"):
            answer = await visitor.get(path)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "<script" not in answer.text
            assert " style=" not in answer.text


async def test_a_form_from_another_site_or_session_is_refused(house: House) -> None:
    async with house.visitor() as visitor, house.visitor() as other:
        await pick(visitor, NURSE)
        await pick(other, NURSE)
        mine, theirs = await token(visitor), await token(other)
        assert mine != theirs
        for path in ("/logg-inn/las", "/logg-inn/ut", "/logg-inn/rolle", "/logg-inn/apne"):
            for form in ({"bevis": theirs}, {"bevis": ""}, {}):
                answer = await visitor.post(path, data=form)
                assert (answer.status_code, Reason.CROSS_SITE in answer.text) == (403, True), (path, form)
            for origin in ("https://evil.example", "null", ""):
                answer = await visitor.post(path, data={"bevis": mine}, headers={"Origin": origin})
                assert answer.status_code == 403, (path, origin)
        assert (await visitor.get("/logg-inn/meg")).status_code == 200
        assert (
            await visitor.post("/logg-inn/ovelse", data={}, headers={"Origin": "null"})
        ).status_code == 403


async def test_a_locked_session_shows_nothing_and_opens_where_it_was(house: House) -> None:
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        before = visitor.cookies["fellesjournal"]
        form = {"bevis": await token(visitor), "her": "/fhir/Patient?_count=2"}
        assert (await visitor.post("/logg-inn/las", data=form)).headers["location"] == "/logg-inn/last"
        with pytest.raises(Refused) as refused:
            await house.identification().actor_of({"cookie": f"fellesjournal={before}"}, "GET", "/fhir/x")
        assert refused.value.reason is Reason.LOCKED
        assert (await visitor.get("/logg-inn/meg")).headers["location"].startswith("/logg-inn/last")
        page = (await visitor.get("/logg-inn/last")).text
        assert "Åpne igjen som Varm Lyngmo" in page
        form = {"bevis": field(page, "bevis"), "til": field(page, "til")}
        opened = await visitor.post("/logg-inn/apne", data=form)
        assert opened.headers["location"] == "/fhir/Patient?_count=2"
        assert visitor.cookies["fellesjournal"] != before, "an opened session has a new cookie"
        assert (await visitor.get("/logg-inn/meg")).status_code == 200
    async with house.visitor(Cookie=f"fellesjournal={before}") as thief:
        assert (await thief.get("/logg-inn/meg")).headers["location"] == "/logg-inn"


async def test_an_idle_session_locks_itself_and_a_used_one_does_not(house: House) -> None:
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        for _ in range(3):
            house.watch.ahead += timedelta(minutes=9)
            assert (await visitor.get("/logg-inn/meg")).status_code == 200
        left_open = await visitor.get("/logg-inn/meg")
        house.watch.ahead += timedelta(seconds=int(left_open.headers["refresh"]))
        answer = await visitor.get("/logg-inn/meg")
        assert answer.headers["location"] == "/logg-inn/last?til=/logg-inn/meg"
        assert (await visitor.get("/logg-inn?til=/x")).headers["location"] == "/logg-inn/last?til=/x"


@pytest.mark.parametrize("asks", [{"Accept": "text/event-stream"}, {UNATTENDED: "1"}])
async def test_an_open_page_that_asks_by_itself_does_not_keep_the_session_open(
    house: House, asks: dict[str, str]
) -> None:
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        house.watch.ahead += timedelta(minutes=9)
        assert (await visitor.get("/logg-inn/meg", headers=asks)).status_code == 200
        house.watch.ahead += timedelta(minutes=2)
        answer = await visitor.get("/logg-inn/meg", headers=asks)
        assert answer.headers["location"].startswith("/logg-inn/last")


async def test_a_page_is_told_how_long_its_session_stays_open_and_what_its_forms_repeat(house: House) -> None:
    async with house.visitor() as visitor:
        assert (await visitor.get("/logg-inn/bruk")).json() == {"left": 0}
        await pick(visitor, NURSE)
        house.watch.ahead += timedelta(minutes=7)
        told = (await visitor.get("/logg-inn/bruk", headers={UNATTENDED: "1"})).json()
        assert told == {"left": told["left"], "who": NURSE, "bevis": await token(visitor)}
        assert 170 <= told["left"] <= 180
        assert (await visitor.get("/logg-inn/bruk")).json()["left"] > 590
        await visitor.post("/logg-inn/las", data={"bevis": told["bevis"]})
        assert (await visitor.get("/logg-inn/bruk")).json() == {"left": 0, "who": NURSE}


async def test_after_one_shift_a_session_is_over_however_much_it_is_used(house: House) -> None:
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        for _ in range(80):
            house.watch.ahead += timedelta(minutes=9)
            answer = await visitor.get("/logg-inn/meg")
        assert answer.headers["location"] == "/logg-inn"


async def test_ended_means_ended_in_every_process_at_once(house: House) -> None:
    async with house.visitor() as here, house.visitor() as there:
        await pick(here, NURSE)
        there.cookies.set("fellesjournal", here.cookies["fellesjournal"])
        assert (await there.get("/logg-inn/meg")).status_code == 200
        answer = await here.post("/logg-inn/ut", data={"bevis": await token(here)})
        assert answer.headers["location"] == "/logg-inn/ute"
        assert 'fellesjournal=""' in answer.headers["set-cookie"]
        assert (await there.get("/logg-inn/meg")).headers["location"] == "/logg-inn"
        held = {"cookie": f"fellesjournal={there.cookies['fellesjournal']}"}
        with pytest.raises(Refused) as refused:
            await house.identification().actor_of(held, "GET", "/fhir/Patient")
        assert refused.value.reason is Reason.SESSION


async def test_whose_a_session_was_is_known_for_counting_until_it_is_seen_to_have_ended(house: House) -> None:
    identification = Identification(house.reception)

    def sits(cookie: str) -> str:
        return identification.sits({b"cookie": f"sprak=nn; fellesjournal={cookie}".encode()})

    assert identification.sits({}) == ""
    assert sits("") == sits("made-up") == ""
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        held = visitor.cookies["fellesjournal"]
        await visitor.get("/logg-inn/meg")
        assert sits(held) == NURSE
        session = await house.reception.sessions.find(held)
        assert session is not None
        await house.reception.sessions.end(session, "signed out")
        await visitor.get("/logg-inn/meg")
    assert sits(held) == ""


async def test_a_browser_has_one_session_so_the_one_before_ends(house: House) -> None:
    async with house.visitor() as visitor, house.visitor() as thief:
        await pick(visitor, NURSE)
        thief.cookies.set("fellesjournal", visitor.cookies["fellesjournal"])
        await pick(visitor, "Practitioner/lun-rogneber")
        assert "Lun Rognebær" in (await visitor.get("/logg-inn/meg")).text
        assert (await thief.get("/logg-inn/meg")).headers["location"] == "/logg-inn"


async def test_nobody_asks_is_no_fault_and_a_cookie_may_read_but_not_write_without_proof(
    house: House,
) -> None:
    identification = house.identification()
    assert await identification.actor_of({}, "GET", f"{BASE}/fhir/Patient") is None
    async with house.visitor() as visitor:
        await pick(visitor, NURSE)
        proof = await token(visitor)
        headers = {"cookie": f"fellesjournal={visitor.cookies['fellesjournal']}", "host": "127.0.0.1:8080"}
    assert await identification.actor_of(headers, "GET", f"{BASE}/fhir/Patient")
    for wrong in ({}, {"origin": BASE}, {"x-csrf-token": proof}, {"origin": "null", "x-csrf-token": proof}):
        with pytest.raises(Refused) as refused:
            await identification.actor_of(headers | wrong, "POST", f"{BASE}/fhir/Patient")
        assert refused.value.reason is Reason.CROSS_SITE
    right = headers | {"origin": BASE, "x-csrf-token": proof}
    actor = await identification.actor_of(right, "POST", f"{BASE}/fhir/Patient")
    assert actor is not None
    assert actor.person == NURSE


async def test_both_languages_and_the_choice_is_kept(house: House) -> None:
    async with house.visitor() as visitor:
        assert '<html lang="nb">' in (await visitor.get("/logg-inn")).text
        assert "Sign in" in (await visitor.get("/logg-inn?sprak=en")).text
        assert "Who do you want to be?" in (await visitor.get("/logg-inn/ovelse")).text
        assert '<html lang="nb">' in (await visitor.get("/logg-inn?sprak=nb")).text


async def test_a_form_that_is_too_large_is_refused(house: House) -> None:
    async with house.visitor() as visitor:
        answer = await visitor.post("/logg-inn/ovelse", content=b"x" * 70_000)
        assert answer.status_code == 400


async def test_a_person_sees_their_other_sessions_and_ends_them(house: House) -> None:
    async with house.visitor() as here, house.visitor() as there, house.visitor() as third:
        for visitor in (here, there, third):
            await pick(visitor, NURSE)
        page = (await here.get("/logg-inn/meg")).text
        assert page.count("Logg ut der") == 2
        name = page.partition('name="okt" value="')[2].partition('"')[0]
        assert (await here.post("/logg-inn/andre", data={"bevis": "x", "okt": name})).status_code == 403
        proof = await token(here)
        await here.post("/logg-inn/andre", data={"bevis": proof, "okt": name})
        left = [(await one.get("/logg-inn/meg")).status_code for one in (here, there, third)]
        assert sorted(left) == [200, 200, 303]
        await here.post("/logg-inn/andre", data={"bevis": proof, "okt": "alle"})
        assert "Logg ut der" not in (await here.get("/logg-inn/meg")).text
        assert [(await one.get("/logg-inn/meg")).status_code for one in (there, third)] == [303, 303]
    assert [one.detail for one in house.events if one.what == "signed-out"] == ["from elsewhere"] * 2


async def test_nobody_ends_the_session_of_another(house: House) -> None:
    async with house.visitor() as one, house.visitor() as other:
        await pick(one, NURSE)
        await pick(other, "Practitioner/klok-tindvik")
        form = {"bevis": await token(one), "okt": "alle"}
        assert (await one.post("/logg-inn/andre", data=form)).status_code == 303
        assert (await other.get("/logg-inn/rolle")).status_code == 200
