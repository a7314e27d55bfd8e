"""The names that a search adds to those it is asked with."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.criteria import alike, criteria_of, lock
from fellesjournal.record.record import Record
from fellesjournal.record.search.codes import CodeLists
from record.conftest import EVERYONE, Clock, body, bundle, entry, make_record
from terminology import herbs

_NAMES = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=4, unique=True)


class Named:
    """A source that knows the names of one code system, and no codes."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = dict.fromkeys(names, names)

    async def names(self) -> Mapping[str, Sequence[str]]:
        return self._names

    async def below(self, system: str, code: str) -> frozenset[str]:
        raise Invalid("There are no codes here.")

    above = below

    async def members(self, value_set: str) -> frozenset[tuple[str, str]]:
        raise Invalid("There are no value sets here.")


async def lists(names: Sequence[str]) -> CodeLists:
    made = CodeLists()
    made.source = Named(names)
    await made.read([])
    return made


@given(names=_NAMES)
async def test_any_name_of_a_code_system_gives_all_of_them(names: list[str]) -> None:
    known = await lists(names)
    assert [known.names(name) for name in names] == [names for _ in names]


@pytest.mark.parametrize("system", ["urn:other", "", "URN:A", "urn:a|1"])
async def test_a_system_that_goes_by_one_name_is_what_it_is(system: str) -> None:
    assert list((await lists(["urn:a", "urn:b"])).names(system)) == [system]
    assert list(CodeLists().names(system)) == [system]


@pytest.fixture
async def fresh(pool: asyncpg.Pool, definitions: Definitions, parts: Any, clock: Clock) -> Record:
    """A process that has searched for nothing yet, where a herb is stored under its OID."""
    await herbs.load(pool, herbs.release())
    code = {"coding": [{"system": herbs.NAMED, "code": "H1"}]}
    before = make_record(pool, definitions, parts, clock)
    await before.update("Substance", "herb", body("Substance", id="herb", code=code), scope=EVERYONE)
    return make_record(pool, definitions, parts, clock)


async def test_the_first_request_of_a_process_knows_the_names(fresh: Record) -> None:
    reference = {"reference": f"Substance?code={herbs.URL}|H1"}
    tea = {"resourceType": "Medication", "id": "tea", "ingredient": [{"itemReference": reference}]}
    _, [answer] = await fresh.transact(bundle(entry("PUT", "Medication/tea", tea)), scope=EVERYONE)
    assert answer.status == 201


async def test_a_condition_of_a_scope_knows_the_names_before_anything_was_searched(fresh: Record) -> None:
    await fresh.condition("Substance", [[("code", f"{herbs.URL}|H1")]])
    assert list(fresh.means.search.codes.names(herbs.URL)) == [herbs.URL, herbs.NAMED]


async def test_criteria_are_alike_when_they_ask_for_the_same_by_other_names() -> None:
    names = (await lists(["urn:a", "urn:b"])).names
    asked = [
        alike(("X", (("code", f"{name}|1,{name}|2"), ("z", name))), names) for name in ("urn:a", "urn:b")
    ]
    assert asked[0][1][0] == asked[1][1][0] == ("code", "urn:a|1,urn:a|2")
    assert asked[0][1][1] != asked[1][1][1], "what is no code stands as it is"
    escaped = ("X", (("code", r"urn:a\|1|2"),))
    assert alike(escaped, names) == escaped


_OTHER = {"coding": [{"system": herbs.NAMED, "code": "H2"}]}


async def test_who_creates_by_the_url_waits_for_who_creates_by_the_oid(
    fresh: Record, pool: asyncpg.Pool
) -> None:
    made, codes = body("Substance", code=_OTHER), fresh.means.search.codes
    await codes.read_names()
    asked = [("code", f"{herbs.URL}|H2")]
    async with pool.acquire() as connection, connection.transaction():
        await lock(connection, [criteria_of("Substance", [("code", f"{herbs.NAMED}|H2")])], codes.names)
        creating = asyncio.create_task(fresh.create("Substance", made, scope=EVERYONE, if_none_exist=asked))
        while not await connection.fetchval("select count(*) from pg_locks where not granted"):
            assert not creating.done()
            await asyncio.sleep(0)
    assert (await creating).created
    found = await fresh.search("Substance", [("code", f"{herbs.URL}|H2")], scope=EVERYONE)
    assert len(found.entries) == 1


async def test_a_transaction_creates_once_what_it_asks_for_by_url_and_by_oid(fresh: Record) -> None:
    sent = [
        entry(
            "POST", "Substance", {"resourceType": "Substance", "code": _OTHER}, ifNoneExist=f"code={one}|H2"
        )
        for one in (herbs.URL, herbs.NAMED)
    ]
    _, answers = await fresh.transact(bundle(*sent), scope=EVERYONE)
    first, second = (answer.stored for answer in answers)
    assert first is not None
    assert second is not None
    assert first.id == second.id
