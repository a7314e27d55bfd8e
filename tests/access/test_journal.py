"""The door: no actor, no record."""

import asyncpg
import pytest

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal
from fellesjournal.errors import NotFound
from fellesjournal.fhir.definitions import Definitions
from record.conftest import Clock, body, bundle, entry, make_parts, make_record


@pytest.fixture
def journal(pool: asyncpg.Pool, definitions: Definitions) -> Journal:
    return Journal(make_record(pool, definitions, make_parts(definitions), Clock()), practice=True)


async def test_the_practice_actor_opens_the_record_of_a_practice_site(journal: Journal) -> None:
    async with journal.open(Actor.practice()) as j:
        written = await j.create("Patient", body("Patient", gender="female"))
        assert (await j.read("Patient", written.stored.id)).version == 1
        assert len((await j.search("Patient", [("gender", "female")])).entries) == 1
        kind, answers = await j.transact(bundle(entry("DELETE", f"Patient/{written.stored.id}")))
        assert (kind, answers[0].status) == ("transaction", 204)


async def test_anyone_else_is_told_there_is_no_record(journal: Journal) -> None:
    with pytest.raises(NotFound):
        async with journal.open(Actor("kari", "nurse", "TREAT")):
            pass


async def test_elsewhere_the_practice_actor_is_nobody(pool: asyncpg.Pool, definitions: Definitions) -> None:
    record = make_record(pool, definitions, make_parts(definitions), Clock())
    with pytest.raises(NotFound):
        async with Journal(record, practice=False).open(Actor.practice()):
            pass
