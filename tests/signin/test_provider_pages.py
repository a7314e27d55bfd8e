"""The pages between a person and a provider: out, back, and signed out behind the browser's back."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from fellesjournal.access.people import Person
from fellesjournal.access.sessions import Origin
from fellesjournal.signin.openid import logout_token
from fellesjournal.signin.openid.refusal import Reason
from signin import providers
from signin.conftest import House, field
from signin.tokens import CLIENT, ISSUER, Keys, signed, times

SITE = "http://127.0.0.1:18081"
KEY = providers.new_key("k1", "PS256")


@pytest.fixture(scope="module")
def running() -> Iterator[providers.Running]:
    with providers.running(SITE) as found:
        yield found


@pytest_asyncio.fixture
async def site(house: House, running: providers.Running) -> AsyncIterator[House]:
    """The house with HelseID."""
    async with httpx.AsyncClient(timeout=10) as http:
        client = providers.client(providers.helseid(running.issuer), http, SITE)
        yield house.with_clients({"helseid": client}, SITE)


def onward(page: str) -> str:
    """Where a page leads on to."""
    return page.partition("0;url=")[2].partition('"')[0].replace("&amp;", "&")


async def signed_in(visitor: httpx.AsyncClient, who: str, til: str = "") -> httpx.Response:
    sent = await visitor.post("/logg-inn/til/helseid", data={"til": til})
    assert sent.status_code == 200, sent.text
    async with httpx.AsyncClient() as browser:
        answer = await providers.identify(browser, onward(sent.text), who)
    return await visitor.get("/logg-inn/retur", params=answer)


async def test_a_health_worker_goes_out_and_comes_back_where_wanted(site: House) -> None:
    async with site.visitor(SITE) as visitor:
        back = await signed_in(visitor, "varm-lyngmo", "/arbeidsliste?dag=i-dag")
        assert back.status_code == 200
        assert onward(back.text) == "/arbeidsliste?dag=i-dag"
        assert "Varm Lyngmo" in (await visitor.get("/logg-inn/meg")).text
    assert [event.what for event in site.events] == ["signed-in", "role"]
    assert await site.pool.fetchval("select count(*) from sign_in") == 0


async def test_signing_in_again_ends_the_session_before(site: House) -> None:
    async with site.visitor(SITE) as visitor:
        await signed_in(visitor, "varm-lyngmo")
        await signed_in(visitor, "lun-rogneber")
        assert "Lun Rognebær" in (await visitor.get("/logg-inn/meg")).text
    ended = await site.pool.fetchrow("select person, ended_because from session where ended is not null")
    assert tuple(ended) == ("Practitioner/varm-lyngmo", "replaced")


async def test_the_cookie_of_the_way_out_is_lax_and_short_and_signs_nobody_in(site: House) -> None:
    async with site.visitor(SITE) as visitor:
        sent = await visitor.post("/logg-inn/til/helseid", data={})
        (cookie,) = sent.headers.get_list("set-cookie")
        assert cookie.startswith("fellesjournal-inn=")
        assert {"HttpOnly", "Max-Age=600", "SameSite=lax"} <= set(cookie.split("; "))
        assert (await visitor.get("/logg-inn/meg")).headers["location"] == "/logg-inn"


async def test_an_answer_is_taken_once_and_from_the_browser_that_began(site: House) -> None:
    async with site.visitor(SITE) as visitor, site.visitor(SITE) as victim:
        sent = await visitor.post("/logg-inn/til/helseid", data={})
        async with httpx.AsyncClient() as browser:
            answer = await providers.identify(browser, onward(sent.text), "varm-lyngmo")
        await victim.post("/logg-inn/til/helseid", data={})
        for one, changed in ((victim, {}), (visitor, {"state": "invented"}), (visitor, {"state": ""})):
            refused = await one.get("/logg-inn/retur", params=answer | changed)
            assert (refused.status_code, Reason.STALE_SIGN_IN in refused.text) == (403, True)
            assert "fellesjournal=" not in refused.headers.get("set-cookie", "")
        assert (await visitor.get("/logg-inn/retur", params=answer)).status_code == 200
        again = await visitor.get("/logg-inn/retur", params=answer)
        assert again.status_code == 403


async def test_an_answer_that_took_too_long_is_refused(site: House) -> None:
    async with site.visitor(SITE) as visitor:
        sent = await visitor.post("/logg-inn/til/helseid", data={})
        async with httpx.AsyncClient() as browser:
            answer = await providers.identify(browser, onward(sent.text), "varm-lyngmo")
        site.watch.ahead = timedelta(minutes=11)
        assert (await visitor.get("/logg-inn/retur", params=answer)).status_code == 403


@pytest.mark.parametrize(
    ("who", "reason"),
    [("low", Reason.LEVEL), ("stranger", Reason.UNKNOWN_PERSON), ("avgatt-lomvi", Reason.NO_ROLE)],
)
async def test_who_is_not_let_in_is_told_why_and_it_is_noted(site: House, who: str, reason: Reason) -> None:
    async with site.visitor(SITE) as visitor:
        answer = await signed_in(visitor, who)
        assert answer.status_code == 403
        assert reason in answer.text
        assert (await visitor.get("/logg-inn/meg")).headers["location"] == "/logg-inn"
    assert site.events[-1].what == "refused"
    assert site.events[-1].detail.startswith(reason)
    assert await site.pool.fetchval("select count(*) from session") == 0


async def test_another_person_leaves_the_locked_session_locked(site: House) -> None:
    async with site.visitor(SITE) as visitor:
        await signed_in(visitor, "varm-lyngmo")
        form = {"bevis": field((await visitor.get("/logg-inn/meg")).text, "bevis")}
        await visitor.post("/logg-inn/las", data=form)
        sent = await visitor.post("/logg-inn/apne", data=form)
        async with httpx.AsyncClient() as browser:
            answer = await providers.identify(browser, onward(sent.text), "ivrig-steinroys")
        refused = await visitor.get("/logg-inn/retur", params=answer)
        assert (refused.status_code, Reason.SUBJECT in refused.text) == (403, True)
        assert "Skjermen er låst" in (await visitor.get("/logg-inn/last")).text


async def test_when_the_provider_is_down_a_person_is_told_whose_fault_it_is(house: House) -> None:
    async with httpx.AsyncClient(timeout=1) as http:
        nowhere = f"http://127.0.0.1:{providers.free_port()}"
        client = providers.client(providers.helseid(nowhere), http, SITE)
        down = house.with_clients({"helseid": client}, SITE)
        async with down.visitor(SITE) as visitor:
            answer = await visitor.post("/logg-inn/til/helseid", data={})
            assert answer.status_code == 502
            assert "Feilen er ikke hos deg" in answer.text


async def test_only_the_providers_that_are_set_up_have_addresses(house: House) -> None:
    async with house.visitor() as visitor:
        assert (await visitor.post("/logg-inn/til/helseid", data={})).status_code == 404


@pytest_asyncio.fixture
async def told(house: House) -> House:
    """The house with a provider whose keys we hold, and three sessions of its people."""
    keys = Keys(KEY)
    client = providers.client(providers.helseid(ISSUER), keys.http, SITE)
    found = house.with_clients({"helseid": client}, SITE)
    person = Person("Practitioner/varm-lyngmo", "health-worker", "Varm Lyngmo")
    for subject, session in (("a", "a-1"), ("a", "a-2"), ("b", "b-1")):
        await found.reception.sessions.begin(person, Origin("helseid", ISSUER, subject, session, "id-token"))
    return found


async def open_sessions(house: House) -> list[str]:
    rows = await house.pool.fetch("select provider_session from session where ended is null order by 1")
    return [row["provider_session"] for row in rows]


@pytest.mark.parametrize(
    ("named", "left"),
    [
        ({"sub": "a", "sid": "a-1"}, ["a-2", "b-1"]),
        ({"sid": "a-2"}, ["a-1", "b-1"]),
        ({"sub": "a"}, ["b-1"]),
        ({"sub": "nobody"}, ["a-1", "a-2", "b-1"]),
    ],
)
async def test_the_provider_ends_one_session_or_all_of_a_person(
    told: House, named: dict[str, Any], left: list[str]
) -> None:
    claims: dict[str, Any] = times(aud=CLIENT, events={logout_token.EVENT: {}}, **named)
    text = signed(KEY, claims, typ="logout+jwt")
    async with told.visitor("http://anything.example", Origin="https://helseid.example") as provider:
        answer = await provider.post("/logg-inn/bakkanal", data={"logout_token": text})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert await open_sessions(told) == left
        again = await provider.post("/logg-inn/bakkanal", data={"logout_token": text})
        assert (again.status_code, again.json()["error"]) == (400, "invalid_request")
    ended = await told.pool.fetch("select id_token from session where ended is not null")
    assert all(row["id_token"] == "" for row in ended)


@pytest.mark.parametrize("text", ["", "x.y.z", "e30.e30.e30"])
async def test_a_logout_token_that_is_none_ends_nothing(told: House, text: str) -> None:
    async with told.visitor() as provider:
        answer = await provider.post("/logg-inn/bakkanal", data={"logout_token": text})
        assert answer.status_code == 400
    assert await open_sessions(told) == ["a-1", "a-2", "b-1"]
    forged = signed(
        providers.new_key("k1", "PS256"), times(aud=CLIENT, sub="a", events={logout_token.EVENT: {}})
    )
    async with told.visitor() as provider:
        assert (await provider.post("/logg-inn/bakkanal", data={"logout_token": forged})).status_code == 400
    assert await open_sessions(told) == ["a-1", "a-2", "b-1"]
