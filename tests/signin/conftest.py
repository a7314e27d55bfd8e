"""The whole house with the invented staff in its record, and browsers that visit it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from fellesjournal.access.people import People
from fellesjournal.access.sessions import Sessions
from fellesjournal.access.sign_ins import SignIns
from fellesjournal.access.single_use import SingleUse
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.signin.identification import Identification
from fellesjournal.signin.openid.access_token import AccessTokens
from fellesjournal.signin.openid.client import Client
from fellesjournal.signin.reception import Event, Reception
from fellesjournal.signin.routes import routes
from record.conftest import Clock, bundle, entry, make_parts, make_record
from world import sample, staff

BASE = "http://127.0.0.1:8080"
IDLE = timedelta(minutes=10)


class Watch:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class House:
    """A site: its entrance, what happened there, and its record."""

    reception: Reception
    record: Record
    watch: Watch
    events: list[Event]
    pool: asyncpg.Pool

    def application(self) -> Starlette:
        """The pages alone."""
        return Starlette(routes=routes(self.reception))

    def visitor(self, base: str = BASE, **more: Any) -> httpx.AsyncClient:
        """A browser without pages: keeps cookies, does not follow redirects, comes from our own pages."""
        headers = {"Origin": base, **more}
        transport = httpx.ASGITransport(self.application())
        return httpx.AsyncClient(transport=transport, base_url=base, headers=headers)

    def with_clients(self, clients: dict[str, Client], address: str) -> "House":
        """The same site with identity providers."""
        return replace(self, reception=replace(self.reception, clients=clients, address=address))

    def identification(self, tokens: AccessTokens | None = None) -> Identification:
        """What tells who asks."""
        return Identification(self.reception, tokens)

    async def put(self, resource: dict[str, Any]) -> None:
        """Store a resource under its id."""
        body = msgspec.json.encode(resource)
        await self.record.update(resource["resourceType"], resource["id"], body, scope=Scope.everyone())


@pytest.fixture(scope="session")
def parts(definitions: Definitions) -> Any:
    return make_parts(definitions)


@pytest_asyncio.fixture
async def house(pool: asyncpg.Pool, definitions: Definitions, parts: Any) -> AsyncIterator[House]:
    """A practice site on this machine, with the staff and one citizen, and no identity provider."""
    record = make_record(pool, definitions, parts, Clock())
    citizen = next(one for one in sample.resources() if one["resourceType"] == "Patient")
    del citizen["managingOrganization"]
    everything = [*staff.resources(), citizen]
    entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in everything]
    await record.transact(bundle(*entries), scope=Scope.everyone())
    watch, events = Watch(), list[Event]()

    async def tell(event: Event) -> None:
        events.append(event)

    reception = Reception(
        Sessions(pool, idle=IDLE, clock=watch),
        SignIns(pool, clock=watch),
        People(record, clock=watch),
        SingleUse(pool, clock=watch),
        {},
        practice=True,
        tell=tell,
        clock=watch,
    )
    yield House(reception, record, watch, events, pool)


@pytest.fixture
def worker() -> Callable[[str], staff.Worker]:
    """One of the staff by id."""
    return lambda id: next(one for one in staff.WORKERS if one.id == id)


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    _, _, rest = page.partition(f'name="{name}" value="')
    return rest.partition('"')[0]


__all__ = ["Path"]
