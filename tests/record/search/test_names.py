"""The names that a search adds to those it is asked with."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.values import escape, token_parts
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


@given(names=_NAMES, code=st.text(max_size=8))
async def test_each_name_stands_before_the_same_code_whatever_characters_they_have(
    names: list[str], code: str
) -> None:
    for asked in names:
        found = (await lists(names)).names(f"{escape(asked)}|{escape(code)}")
        assert [token_parts(one) for one in found] == [(name, "|", code) for name in names]


@pytest.mark.parametrize("token", ["c", "|c", "urn:other|c", "urn:other|", "", "|", "urn:a\\|c", "URN:A|c"])
async def test_a_token_of_no_system_or_of_one_with_one_name_stays_as_it_is(token: str) -> None:
    assert (await lists(["urn:a", "urn:b"])).names(token) == [token]
    assert CodeLists().names(token) == [token]


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
    assert len(fresh.means.search.codes.names(f"{herbs.URL}|H1")) == 2
