"""Open pages are told when something changes: never of what the one who looks does not reach."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import asyncpg
import pytest

from access.conftest import EVERYONE, PSYCHIATRY, block, observation, put, stay
from access.test_sequences import worker
from attacks.conftest import ACTORS, region
from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal, OpenJournal
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.app.workplace import feed
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.reading.live import Hub, Interest, Stream
from fellesjournal.record.record import Record

WITHHELD = ("urn:oid:2.16.578.1.12.4.1.1.9603", "NORN_ALL")
READERS = {
    "nurse": ACTORS["nurse"],
    "psychologist": worker("psykolog", "ward"),
    "blocked": ACTORS["blocked"],
    "elsewhere": worker("sykepleier", "other"),
    "kari": ACTORS["kari"],
}
TYPES = frozenset({"Observation", "Encounter"})


@pytest.fixture
async def journal(guarded: Record, pool: asyncpg.Pool, definitions: Definitions) -> Journal:
    await region(guarded)
    return door(Settings(), definitions, guarded, pool)


class Pages:
    """The chart of kari, and the worklist of the unit, open at each of READERS."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._read = feed(record)
        self._hub = Hub(self._read)
        self._place: tuple[int, int] = (0, 0)
        self.streams: dict[str, Stream] = {}

    async def open(self, stack: AsyncExitStack, name: str, actor: Actor, journal: OpenJournal) -> None:
        works = bool(actor.practitioner_role)  # citizens have no worklists
        for page, parties in (("chart", ()), ("list", journal.parties))[: 1 + works]:
            citizen = 0 if parties else key_of("Patient/kari")
            interest = Interest(TYPES, citizen, frozenset(parties), name, journal.within_reach)
            self.streams[f"{name}'s {page}"] = stack.enter_context(self._hub.listening(interest))

    async def told(self) -> dict[str, set[str]]:
        """What each page is told of the changes since it was asked before; those that are told nothing are
        left out."""
        self._place, changes = await self._read(self._place, 1_000)
        await self._hub.pass_on(changes)
        said = {name: set(await stream.next(0)) for name, stream in self.streams.items()}
        return {name: types for name, types in said.items() if types}


@pytest.fixture
async def pages(guarded: Record, journal: Journal) -> AsyncIterator[Pages]:
    made = Pages(guarded)
    async with AsyncExitStack() as stack:
        for name, actor in READERS.items():
            opened = await stack.enter_async_context(journal.open(actor))
            await made.open(stack, name, actor, opened)
        await made.told()
        yield made


CHARTS = {"nurse's chart", "psychologist's chart", "elsewhere's chart", "kari's chart"}


async def test_of_a_new_result_all_are_told_but_those_whom_a_block_shuts_out(
    guarded: Record, pages: Pages
) -> None:
    await put(guarded, observation("new", "kari"))
    told = await pages.told()
    assert told.keys() == CHARTS - {"elsewhere's chart"}


async def test_of_what_is_sealed_only_those_are_told_who_see_such_things(
    guarded: Record, pages: Pages
) -> None:
    await put(guarded, observation("sealed", "kari", PSYCHIATRY))
    assert (await pages.told()).keys() == {"psychologist's chart", "kari's chart"}
    await put(guarded, observation("sealed", "kari", PSYCHIATRY, status="amended"))
    assert (await pages.told()).keys() == {"psychologist's chart", "kari's chart"}


async def test_of_what_is_withheld_from_the_citizen_the_page_of_the_citizen_is_not_told(
    guarded: Record, pages: Pages
) -> None:
    await put(guarded, observation("withheld", "kari", WITHHELD))
    assert (await pages.told()).keys() == CHARTS - {"elsewhere's chart", "kari's chart"}


async def test_what_is_sealed_later_vanishes_from_open_pages(guarded: Record, pages: Pages) -> None:
    await put(guarded, observation("o-kari", "kari", PSYCHIATRY))
    assert "nurse's chart" in await pages.told()


async def test_what_is_deleted_vanishes_from_open_pages(guarded: Record, pages: Pages) -> None:
    await guarded.delete("Observation", "o-kari", scope=EVERYONE)
    assert "nurse's chart" in await pages.told()


async def test_a_block_renews_all_of_the_open_charts(guarded: Record, pages: Pages) -> None:
    await put(guarded, block("all", "kari"))
    assert (await pages.told())["nurse's chart"] == TYPES


async def test_a_worklist_is_told_of_what_names_its_unit_now_or_did_before(
    guarded: Record, pages: Pages
) -> None:
    await put(guarded, stay("new-stay", "ola", "ward", "2026-11-20"))
    assert (await pages.told()).keys() == {"nurse's list", "psychologist's list"}
    await put(guarded, stay("new-stay", "ola", "other", "2026-11-20"))
    assert (await pages.told()).keys() == {"nurse's list", "psychologist's list", "elsewhere's list"}
    await put(guarded, observation("third", "ola"))
    assert await pages.told() == {}


async def test_the_worklist_of_a_unit_that_is_shut_out_is_not_told(guarded: Record, pages: Pages) -> None:
    await put(guarded, stay("visit", "kari", "clinic", "2026-11-01", reasonCode=[{"text": "Kontroll"}]))
    assert "blocked's list" not in await pages.told()
