"""The rooms joined together: the only place that knows them all."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial

import asyncpg
from starlette.applications import Starlette
from starlette.types import Lifespan

from fellesjournal.access import statements as access
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.refusals import Refusals
from fellesjournal.access.audit.sentences import Sentences
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.journal import Journal
from fellesjournal.access.logbook import Logbook
from fellesjournal.access.representing import Representing
from fellesjournal.access.scoping import Scoping
from fellesjournal.access.standing import Standings
from fellesjournal.access.visit import Write
from fellesjournal.api.application import create
from fellesjournal.api.limits import PerMinute
from fellesjournal.api.options import Options
from fellesjournal.app import portal, rounds, sign_in, smart, workplace
from fellesjournal.app import settings as site_settings
from fellesjournal.app.front.page import FrontPage
from fellesjournal.app.identifying import Identifying
from fellesjournal.app.rooms import Knowledge, joined, knowledge, policies
from fellesjournal.app.settings import Settings
from fellesjournal.app.sign_in import SignIn
from fellesjournal.booking import statements as booking
from fellesjournal.booking.asked import weighing
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing import database
from fellesjournal.record import statements as record
from fellesjournal.record.bulk.exporting import snapshot
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.signin.routes import routes
from fellesjournal.smart.configuration import security
from fellesjournal.smart.routes import routes as smart_routes
from fellesjournal.smart.routes import well_known
from fellesjournal.smart.server import Server

MEGABYTE = 1024 * 1024
MET = (
    record.SQL.read_current,
    record.SQL.write_new,
    record.SQL.write_next,
    access.SQL.write_accesses_of_several,
    booking.SQL.claim_times,
)
"""What a connection has met before it serves: between them they know the tables that nearly all requests use.
When a process dies, all who were connected to it come at once to one that may have served nobody yet.
"""


def application(write: Write | None = None) -> Starlette:
    """What a server process runs; its settings come from the environment, DATABASE_URL among them.

    `write` writes the log where it is not to be the database's.
    """
    settings = site_settings.read()
    pool = database.warm_pool(settings.database_url, settings.connections, MET)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with database.opened(pool, settings.database_url):
            gc.collect()
            gc.freeze()  # what has been built so far stays: no collection need look at it again
            yield

    return surface(settings, knowledge(settings.definitions, settings.cache), pool, lifespan, write)


def surface(
    settings: Settings,
    know: Knowledge,
    pool: asyncpg.Pool,
    lifespan: Lifespan[Starlette] | None = None,
    write: Write | None = None,
) -> Starlette:
    """The whole house on a pool of connections: the record, the journal over it, the surfaces over that.

    `write` writes the log where it is not to be the database's.
    """
    rooms = joined(settings, know, pool)
    log = Log(pool, _now)
    keep = write or log.write
    refusals = Refusals(keep, _now)
    journal = door(settings, know.definitions, rooms.record, pool, keep)
    connect = partial(database.connect, settings.database_url)
    going = rounds.running(*rounds.of(settings, pool, journal, rooms.record, _now))

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        around = lifespan(app) if lifespan else nullcontext()
        async with around, rooms.record.following(connect), desk.hub.running(), citizens.running(), going:
            yield
            await refusals.close()
            await log.flush()
        await entrance.http.aclose()

    entrance = sign_in.joined(settings, pool, rooms.record, sign_in.into_log(keep, refusals, _now))
    apps = smart.joined(settings, pool, entrance, journal)
    desk = workplace.joined(settings, pool, know, rooms, entrance.reception, journal)
    citizens = portal.joined(settings, pool, know, rooms, entrance.reception, journal, _now, desk.hub)
    front = FrontPage(partial(_counts, pool), settings)
    pages = (one for each in (desk, citizens, front) for one in each.routes())
    return create(
        journal,
        know.definitions,
        lambda: rooms.registry.by_type,
        _options(settings),
        landing=[*routes(entrance.reception), *smart_routes(apps), *pages],
        terminology=rooms.terminology,
        calendars=rooms.calendars,
        validator=lambda: rooms.profiles.validator,
        lifespan=living,
        described=well_known(apps),
        security=partial(security, address=entrance.reception.address),
        refused=refusals.note,
        sits=entrance.identification.sits,
        actor_of=_identifying(settings, apps, entrance, rooms.record),
    )


async def _counts(pool: asyncpg.Pool) -> dict[str, int]:
    async with snapshot(pool, Scope.everyone()) as taken:
        return await taken.numbers()


def _identifying(settings: Settings, apps: Server, entrance: SignIn, record: Record) -> Identifying:
    bases = [settings.base_url] if settings.base_url else []
    return Identifying(apps, entrance.identification, Representing(record, _now), bases)


def door(
    settings: Settings,
    definitions: Definitions,
    record: Record,
    pool: asyncpg.Pool,
    write: Write | None = None,
) -> Journal:
    """The journal over a record, with its log, or what `write` makes of it."""
    shared = tuple(map(definitions.type_number, policies().shared_types))
    standings = Standings(record)
    practice = settings.practice_site
    weighed = weighing.of(_now, policies())
    scoping = Scoping(policies(), standings, definitions, shared, _now, practice=practice, weighed=weighed)
    logbook = Logbook(pool, Sentences(policies()))
    write = write or Log(pool, _now).write
    return Journal(record, scoping, write, Explaining(record, _now), logbook)


def _now() -> datetime:
    return datetime.now(UTC)


def _options(settings: Settings) -> Options:
    return Options(
        base_url=settings.base_url,
        practice=settings.practice_site,
        allowed_origins=settings.allowed_origins,
        secure=any(url.startswith("https:") for url in (settings.base_url, settings.site_url)),
        per_minute=PerMinute(
            person=settings.person_limit / settings.workers,
            app=settings.app_limit / settings.workers,
            address=settings.address_limit / settings.workers,
            proxies=frozenset(settings.proxies),
        ),
        largest_body=settings.largest_body * MEGABYTE,
        body_timeout=settings.body_timeout,
    )
