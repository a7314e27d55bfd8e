"""The codes of a value set, for the modifiers :in and :not-in."""

from collections.abc import Iterator
from typing import Any

import asyncpg
import msgspec

from fellesjournal.fhir.definitions import CodeSystem, Definitions, ValueSet
from fellesjournal.fhir.definitions.compiler import value_set
from fellesjournal.fhir.definitions.expansion import Codes, expand
from fellesjournal.fhir.search.terms import hash64, salt

_NEWEST = """
select r.body from index_term t join resource r using (citizen, rid)
where t.terms @> array[$1::bigint] order by t.rid desc limit 1
"""


async def value_set_codes(connection: asyncpg.Connection, definitions: Definitions, url: str) -> Codes | None:
    """(system, code) of every code in the value set, from the record or FHIR's own; None: not all known."""
    stored = await connection.fetchval(_NEWEST, hash64(url) ^ salt("uri", "ValueSet.url"))
    if stored is None:
        return definitions.value_set_codes(url)
    resource: dict[str, Any] = msgspec.json.decode(stored)
    if "expansion" in resource:
        return frozenset(_contained(resource["expansion"].get("contains", [])))
    return expand(url, _Posted(url, value_set(resource), definitions))


def _contained(concepts: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for concept in concepts:
        if "code" in concept:
            yield concept.get("system", ""), concept["code"]
        yield from _contained(concept.get("contains", []))


class _Posted:
    """FHIR's definitions with one value set of the record before them."""

    def __init__(self, url: str, posted: ValueSet, definitions: Definitions) -> None:
        self._url = url
        self._posted = posted
        self._definitions = definitions

    def code_system(self, url: str) -> CodeSystem | None:
        """A code system that the posted value set draws on."""
        return self._definitions.code_system(url)

    def value_set(self, url: str) -> ValueSet | None:
        """The posted value set, or one of FHIR's."""
        return self._posted if url == self._url else self._definitions.value_set(url)

    def value_set_codes(self, url: str) -> Codes | None:
        """The codes of a value set that the posted one includes."""
        return self._definitions.value_set_codes(url)
