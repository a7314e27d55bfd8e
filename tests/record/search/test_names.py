"""The names that a search adds to those it is asked with."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
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
