"""No answer tells where a protected citizen is: two worlds that differ in nothing else answer alike.

The same requests are sent to two records. In one Kari lives at one place, in the other at another; all else
is the same. Whoever has no right to know gets the same bytes from both: so nothing tells it, no value, count,
order, length, header or refusal, whether one guesses right or wrong.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from access.conftest import patient, put, stay
from access.test_protected_addresses import KEEPER, MARK
from access.test_sequences import worker
from api.conftest import LIMITS, Shared
from attacks.prying import CODES, PLACES, READING, WRITING, Case, Request, of_every_role, secret
from conftest import a_database
from fellesjournal.access.actor import Actor
from fellesjournal.access.guard import Guard
from fellesjournal.access.policies import Policies, Right
from fellesjournal.api.application import create
from fellesjournal.api.catalogue import table
from fellesjournal.api.door import Site
from fellesjournal.api.routes import Table
from fellesjournal.app.inside import trees
from fellesjournal.app.library import RecordLibrary
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.booking.claims import Claims
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.errors import Gone
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing import database
from fellesjournal.record.bulk.exporting import snapshot
from fellesjournal.record.changes import START
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.search import Search
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.terminology import Terminology
from record.conftest import Clock

OTHER = b"xxelsewhere"
"""What stands in the other world in the place of MARK: another value, of another length."""
UNIT = "zzunit"
"""A unit of Kari's in both worlds, which those who ask belong to: their entries in the log name it."""
HIDDEN = {"address", "telecom", "contact", "serviceProvider", "location", "owner", "custodian", "payor"}
"""Members that are hidden wherever they stand in Kari's resources."""
_NEW = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+(Z|\+00:00)")


def _actors() -> dict[str, Actor]:
    """Somebody in every role but those with the right."""
    made: dict[str, Actor] = {}
    for policy in Policies().all():
        if Right.PROTECTED_ADDRESSES in policy.rights:
            continue
        match policy.name:
            case "innbygger":
                made[policy.name] = Actor("Patient/kari", policy.name, "PATRQT")
            case "fagsystem":
                made[policy.name] = Actor("Device/lab", policy.name, "TREAT")
            case name if name.startswith(("representant", "forelder")):
                made[name] = Actor(
                    "Patient/ola", name, "FAMRQT", represents="Patient/kari", represents_by="parent"
                )
            case name:
                made[name] = worker(name, UNIT)
    return made


ACTORS = _actors()
WRITERS = ("sykepleier", "helsesekretaer", "fagsystem", "innbygger")


async def _actor_of(scope: Any, headers: dict[bytes, bytes]) -> Actor | None:
    return ACTORS.get(headers.get(b"x-actor", b"").decode())


@dataclass
class World:
    """A record, and a client of the surface over it."""

    record: Record
    pool: asyncpg.Pool
    client: httpx.AsyncClient
    served: Table

    async def answers(self, actor: str, request: Request) -> httpx.Response:
        body, kind = request.body, "application/fhir+json"
        if request.method == "PATCH" and isinstance(body, list):
            kind = "application/json-patch+json"
        content = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        named = {name.replace("_", "-"): value for name, value in request.headers.items()}
        sent = {"x-actor": actor, "content-type": kind, "x-request-id": "r"} | named
        sent.setdefault("accept-encoding", "identity")
        return await self.client.request(request.method, request.address, content=content, headers=sent)


@dataclass
class Worlds:
    """Both worlds, asked together."""

    one: World
    other: World

    async def answer(self, actor: str, request: Request) -> httpx.Response:
        """The answer of both, which is the same, and holds no marker that was not sent."""
        first = await self.one.answers(actor, request)
        second = await self.other.answers(actor, request)
        assert first.status_code == second.status_code, (actor, request)
        if not _tells_times(request):
            assert _told(first) == _told(second), (actor, request)
        if not _names_places(request):
            assert MARK not in first.content.lower(), (actor, request)
            assert MARK not in str(first.headers).lower().encode(), (actor, request)
        return first

    async def walk(self, actor: str, cases: Iterable[Case]) -> int:
        """Send all the requests of cases; the number of those that were carried out."""

        async def see(one: str) -> Any:
            answer = await self.one.answers(actor, Request("GET", one))
            await self.other.answers(actor, Request("GET", one))
            return answer.json() if answer.status_code == 200 else {}

        done = 0
        for case in cases:
            async for request in case(see):
                done += (await self.answer(actor, request)).is_success
        return done


def _tells_times(request: Request) -> bool:
    """Whether the answer tells how long something took, or of accesses in the order in which they ended."""
    return any(part in request.address for part in ("$access-log", "AuditEvent", "$reindex"))


def _names_places(request: Request) -> bool:
    """Whether it is a guess, or the answer holds the places themselves, which are no secret."""
    sent = b"%s %s" % (str(request).encode(), msgspec.json.encode(request.body or ""))
    return MARK in sent.lower() or request.address.startswith("_history")


def _told(answer: httpx.Response) -> tuple[int, str, list[tuple[str, str]]]:
    def plain(text: str) -> str:
        return _MOMENT.sub("MOMENT", _NEW.sub("NEW", text))

    headers = sorted((name, plain(value)) for name, value in answer.headers.items())
    return answer.status_code, plain(answer.text), headers


def elsewhere(tree: Any) -> Any:
    """A resource as it is in the other world."""
    text = msgspec.json.encode(tree).replace(MARK, OTHER).replace(MARK.capitalize(), OTHER.capitalize())
    return msgspec.json.decode(text)


own_database = asynccontextmanager(a_database)


async def _region(record: Record, *, other: bool) -> None:
    """The places of both worlds, Kari at those of one, and Ola who is not protected."""
    for place in PLACES:
        kind, id = place.split("/")
        made = {"resourceType": kind, "id": id, "name": id}
        for one in (made, elsewhere(made)):
            await put(record, one)
    await put(record, {"resourceType": "Organization", "id": UNIT, "name": "unit"})
    calendar = {"resourceType": "Schedule", "id": "qqday", "actor": [{"reference": "Location/qqroom"}]}
    hour = {"start": "2026-11-23T10:00:00Z", "end": "2026-11-23T10:30:00Z", "status": "busy"}
    slot = {"resourceType": "Slot", "id": "qqslot", "schedule": {"reference": "Schedule/qqday"}, **hour}
    for shared in (calendar, slot):
        for one in (shared, elsewhere(shared)):
            await put(record, one)
    for resource in secret():
        await put(record, elsewhere(resource) if other else resource, KEEPER)
    await put(record, stay("here", "kari", UNIT, "2020-01-01"), KEEPER)
    await put(record, patient("ola", address=[{"city": "Oslo"}], telecom=[{"system": "phone", "value": "1"}]))
    await put(record, stay("there", "ola", UNIT, "2020-01-01"))


@asynccontextmanager
async def _world(pool: asyncpg.Pool, definitions: Definitions, shared: Shared) -> AsyncIterator[World]:
    search = Search(shared.registry, definitions)
    guard = Guard(definitions, Policies().labels, Policies().types_of_kinds)
    extract, check = shared.extractor.extract, shared.validator.validate
    claims, calendars = Claims(trees), Calendars(pool)
    record = Record(pool, definitions, check, extract, search, guard=guard, clock=Clock(), beside=[claims])
    service = Terminology(
        pool, Libraries(FhirLibrary(definitions), RecordLibrary(record)), lambda: date(2026, 6, 1)
    )
    search.codes.source = service.listing
    journal, parameters = door(Settings(), definitions, record, pool), lambda: shared.registry.by_type
    application = create(
        journal,
        definitions,
        parameters,
        replace(LIMITS, practice=False),
        terminology=service,
        calendars=calendars,
        actor_of=_actor_of,
    )
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as client:
        opening = lambda call: journal.open(call.actor)  # noqa: E731 # what a Site is given is a function
        check_now = lambda: shared.validator  # noqa: E731 # the same
        site = Site(opening, definitions, parameters, check_now, terminology=service, calendars=calendars)
        yield World(record, pool, client, table(site))


@pytest.fixture
async def worlds(
    postgres: str, template: str, definitions: Definitions, shared: Shared
) -> AsyncIterator[Worlds]:
    made = []
    async with AsyncExitStack() as stack:
        for other in (False, True):
            url = await stack.enter_async_context(own_database(postgres, template))
            pool = await stack.enter_async_context(database.pool(url))
            made.append(await stack.enter_async_context(_world(pool, definitions, shared)))
            await _region(made[-1].record, other=other)
        yield Worlds(*made)


async def test_every_line_of_the_catalogue_has_a_case(
    pool: asyncpg.Pool, definitions: Definitions, shared: Shared
) -> None:
    """A new operation has a case in prying.py, or this fails."""
    async with _world(pool, definitions, shared) as world:
        served = {(route.method, route.shape) for route in world.served.routes}
    assert served == {*READING, *WRITING, *CODES}


async def test_nothing_that_is_read_tells_where_a_protected_citizen_is(
    worlds: Worlds, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    assert await worlds.walk("sykepleier", [*READING.values(), *CODES.values()]) > 300
    written = " ".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert MARK not in written.lower().encode()
    await _nothing_in_the_log(worlds.one.pool)


async def test_no_role_but_the_named_is_told(worlds: Worlds) -> None:
    told = {name: await worlds.walk(name, [of_every_role]) for name in ACTORS}
    assert told["lege"] == told["fagsystem"] == 2


@pytest.mark.parametrize("actor", WRITERS)
async def test_nothing_that_is_written_tells_it_or_takes_it_away(worlds: Worlds, actor: str) -> None:
    assert await worlds.walk(actor, WRITING.values()) > 10
    for world, kept in ((worlds.one, secret()), (worlds.other, map(elsewhere, secret()))):
        for resource in kept:
            kind, id = resource["resourceType"], resource["id"]
            try:
                stored = await world.record.read(kind, id, scope=KEEPER)
            except Gone:
                continue
            full = msgspec.json.decode(stored.body or b"")
            for name in HIDDEN.intersection(resource):
                assert full[name] == resource[name], (kind, id, name)
    await worlds.walk(actor, [of_every_role])


async def test_neither_exports_nor_the_feed_of_changes_tell_it(worlds: Worlds) -> None:
    record, pool = worlds.one.record, worlds.one.pool
    await worlds.walk("sykepleier", [WRITING["PUT", "{type}/{id}"]])
    changes = [change for change in await record.changes(START, 10_000) if change.citizen]
    assert len(changes) > len(secret())
    assert MARK not in str(changes).lower().encode()
    async with snapshot(pool, Scope.everyone()) as taken:
        for kind in {resource["resourceType"] for resource in secret()}:
            async for bodies in taken.bodies(kind):
                assert MARK not in b"".join(bodies).lower()


async def test_who_has_the_right_is_told_by_every_one_of_these_ways(worlds: Worlds) -> None:
    """The walk would notice: to the named role the worlds differ."""
    ACTORS["keeper"] = worker("folkeregisterforvalter", UNIT)
    try:
        for address in (
            "Patient/kari",
            "Patient/kari/_history",
            "Patient?_id=kari",
            "Patient/kari/$everything",
            "Encounter?patient=Patient/kari",
        ):
            with pytest.raises(AssertionError):
                await worlds.answer("keeper", Request("GET", address))
    finally:
        del ACTORS["keeper"]


async def _nothing_in_the_log(pool: asyncpg.Pool) -> None:
    """What was searched by as an address is not in the log of accesses, right or wrong."""
    events = await pool.fetch("select * from audit_event")
    assert len(events) > 300
    for event in events:
        for value in event.values():
            found = value if isinstance(value, bytes) else str(value).encode()
            assert not re.search(b"qq4711|qq99|qq@qq|qq%40qq", found.lower()), event
