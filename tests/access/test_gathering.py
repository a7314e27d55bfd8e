"""What a screen reads is one writing of the log, made before its answer."""

import asyncio
from collections.abc import Sequence

import asyncpg
import msgspec
import pytest

from access.conftest import observation, patient, put, stay
from access.test_sequences import worker
from fellesjournal.access.audit.access import Access
from fellesjournal.access.journal import Journal
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.errors import NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record

NURSE = worker("sykepleier", "ward")


class Writing:
    """Takes what the log is told: each time the interactions, with what they asked for."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.fails = False

    async def __call__(self, entries: Sequence[Access]) -> None:
        await asyncio.sleep(0.01)
        if self.fails:
            raise OSError("the disk is full")
        self.told.append([one.interaction for one in entries])


@pytest.fixture
def writing() -> Writing:
    return Writing()


@pytest.fixture
async def journal(record: Record, pool: asyncpg.Pool, definitions: Definitions, writing: Writing) -> Journal:
    await put(record, {"resourceType": "Organization", "id": "ward", "name": "ward"})
    await put(record, patient("kari"))
    await put(record, stay("stay", "kari", "ward", "2026-11-01"))
    await put(record, observation("o", "kari"))
    return door(Settings(), definitions, record, pool, write=writing)


async def test_what_is_read_is_one_writing_when_the_block_is_left(journal: Journal, writing: Writing) -> None:
    async with journal.open(NURSE, gathers=True) as opened:
        await opened.read("Patient", "kari")
        await opened.search("Observation", [("patient", "kari")])
        assert writing.told == []
    assert writing.told == [["read", "search-type"]]


async def test_what_is_changed_is_told_at_once_and_after_what_was_read(
    journal: Journal, writing: Writing
) -> None:
    made = {key: value for key, value in observation("new", "kari").items() if key != "id"}
    async with journal.open(NURSE, gathers=True) as opened:
        await opened.read("Patient", "kari")
        await opened.create("Observation", msgspec.json.encode(made))
        assert writing.told == [["read", "create"]]
        await opened.read("Observation", "o")
    assert writing.told == [["read", "create"], ["read"]]


async def test_what_was_read_is_told_of_also_when_it_is_refused(journal: Journal, writing: Writing) -> None:
    async with journal.open(NURSE, gathers=True) as opened:
        await opened.read("Patient", "kari")
        with pytest.raises(NotFound):
            await opened.read("Patient", "nobody")
    assert writing.told == [["read", "read"]]


async def test_what_was_read_is_told_of_also_when_nobody_waits_any_more(
    journal: Journal, writing: Writing
) -> None:
    has_read = asyncio.Event()

    async def page() -> None:
        async with journal.open(NURSE, gathers=True) as opened:
            await opened.read("Patient", "kari")
            has_read.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(page())
    await has_read.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.05)
    assert writing.told == [["read"]]


async def test_what_was_read_can_be_told_while_something_else_is_worked_out(
    journal: Journal, writing: Writing
) -> None:
    async with journal.open(NURSE, gathers=True) as opened:
        await opened.read("Patient", "kari")
        await opened.settled()
        assert writing.told == [["read"]]
        await opened.read("Observation", "o")
    assert writing.told == [["read"], ["read"]]


async def test_what_is_still_read_when_the_block_was_left_is_told_of(
    journal: Journal, writing: Writing
) -> None:
    async with journal.open(NURSE, gathers=True) as opened:
        late = opened.read("Patient", "kari")
    await late
    assert writing.told == [["read"]]


async def test_nothing_is_answered_where_the_log_cannot_be_written(
    journal: Journal, writing: Writing
) -> None:
    writing.fails = True

    async def page() -> str:
        async with journal.open(NURSE, gathers=True) as opened:
            return (await opened.read("Patient", "kari")).id

    with pytest.raises(OSError, match="full"):
        await page()
