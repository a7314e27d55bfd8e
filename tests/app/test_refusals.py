"""Who is turned away at the FHIR service before it is known who acts is in the log, with the reason."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest_asyncio

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.refusals import Refusals
from fellesjournal.access.sessions import Origin
from fellesjournal.access.single_use import SingleUse
from fellesjournal.api.application import create
from fellesjournal.api.limits import PerMinute
from fellesjournal.api.options import Options
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.signin.identification import Identification
from fellesjournal.signin.openid.access_token import AccessTokens
from signin import providers
from signin.conftest import House, house, parts
from signin.providers import AUDIENCE
from signin.test_access_tokens import AT, HPR, KEY, NOW, URL, access, headers, person
from signin.tokens import ISSUER, Keys
from world import staff

__all__ = ["house", "parts"]

SITE = "https://journal.example"


@dataclass
class Door:
    """The FHIR service with sign-in at a provider, and the log behind it."""

    client: httpx.AsyncClient
    once: SingleUse
    pool: asyncpg.Pool
    refusals: Refusals
    house: House

    async def ask(self, given: Mapping[str, str]) -> int:
        return (await self.client.get("/fhir/Organization", headers=dict(given))).status_code

    async def told(self) -> list[tuple[str, str]]:
        """Persons and reasons, in order."""
        rows = await self.pool.fetch(
            "select person, body from audit_event where not permit and interaction <> 'seal' order by number"
        )
        reasons = [row["body"].decode().partition('"reason":"')[2] for row in rows]
        return [(row["person"], text.partition('"')[0]) for row, text in zip(rows, reasons, strict=True)]


@pytest_asyncio.fixture
async def entrance(house: House, definitions: Definitions) -> AsyncIterator[Door]:
    keys, once = Keys(KEY), SingleUse(house.pool, clock=lambda: NOW)
    clients = {"helseid": providers.client(providers.helseid(ISSUER), keys.http, SITE)}
    tokens = AccessTokens({ISSUER: keys.discovery()}, AUDIENCE, once, clock=lambda: NOW)
    identification = Identification(house.with_clients(clients, SITE).reception, tokens)
    log = Log(house.pool)
    refusals = Refusals(log.write, house.watch)

    async def actor_of(scope: Any, headers: dict[bytes, bytes]) -> Actor | None:
        told = {name.decode(): value.decode() for name, value in headers.items()}
        return await identification.actor_of(told, scope["method"], URL)

    application = create(
        door(Settings(), definitions, house.record, house.pool, log.write),
        definitions,
        lambda: {},
        Options(base_url=f"{SITE}/fhir", per_minute=PerMinute(address=20, person=1)),
        actor_of=actor_of,
        refused=refusals.note,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=SITE) as client:
        yield Door(client, once, house.pool, refusals, house)
    await refusals.close()


def claims(id: str) -> dict[str, Any]:
    return {**person(id)}


async def test_each_who_is_turned_away_is_in_the_log_with_the_reason(entrance: Door) -> None:
    nurse = claims("varm-lyngmo")
    replayed = await headers(entrance.once, access(**nurse))
    assert await entrance.ask(replayed) == 200
    sent: dict[str, Mapping[str, str]] = {
        "nobody": {},
        "malformed": {"authorization": "Basic eDp5"},
        "expired": await headers(entrance.once, access(exp=AT - 600)),
        "not-yet-valid": await headers(entrance.once, access(iat=AT + 600)),
        "audience": await headers(entrance.once, access(aud="https://other.example")),
        "signature": await headers(entrance.once, access(providers.new_key("k1", "PS256"))),
        "replayed": replayed,
        "proof-nonce": await headers(entrance.once, access(), nonce="of-yesterday"),
        "proof-time": await headers(entrance.once, access(), now=NOW - timedelta(minutes=5)),
        "no-role": await headers(entrance.once, access(**claims("nysgjerrig-furukongle"))),
        "unknown-person": await headers(entrance.once, access(**claims("stranger"))),
    }
    for given in sent.values():
        assert await entrance.ask(given) == 401
    told = [reason.partition(":")[0] for _, reason in await entrance.told()]
    assert told == list(sent)
    assert all(reason.endswith("From 127.0.0.1.") for _, reason in await entrance.told())


async def test_a_role_that_ended_yesterday_and_a_locked_screen_are_told_of_with_the_person(
    entrance: Door,
) -> None:
    house = entrance.house
    sessions = house.reception.sessions
    found = await house.reception.people.health_worker(hpr=person("varm-lyngmo")[HPR])
    cookie = await sessions.begin(found, Origin("practice"))
    session = await sessions.find(cookie)
    assert session is not None
    await sessions.put_on(session, "PractitionerRole/varm-lyngmo-1")
    role = next(one for one in staff.resources() if one["id"] == "varm-lyngmo-1")
    yesterday = (house.watch() - timedelta(days=1)).date().isoformat()
    await house.put(role | {"period": {"start": "2026-01-01", "end": yesterday}})
    given = {"cookie": f"__Host-fellesjournal={cookie}"}
    assert await entrance.ask(given) == 401
    await sessions.lock(session, "")
    assert await entrance.ask(given) == 401
    assert await entrance.ask({"cookie": "__Host-fellesjournal=of-long-ago"}) == 401
    told = [(who, reason.partition(":")[0]) for who, reason in await entrance.told()]
    assert told == [(found.reference, "role-ended"), (found.reference, "locked"), ("", "session")]


async def test_a_limit_that_is_met_is_told_of_once_and_then_counted(entrance: Door) -> None:
    nurse = claims("varm-lyngmo")
    answers = [await entrance.ask(await headers(entrance.once, access(**nurse))) for _ in range(4)]
    assert answers == [200, 429, 429, 429]
    for _ in range(25):
        await entrance.ask({})
    await entrance.refusals.flush()
    said = "More requests than this site allows in a minute. From 127.0.0.1."
    told = await entrance.told()
    assert told[:1] == [("Practitioner/varm-lyngmo", f"person: {said}")]
    assert ("Practitioner/varm-lyngmo", f"person: {said} (2 more of these)") in told
    assert ("", f"address: {said} (4 more of these)") in told
    assert len(told) == 6
