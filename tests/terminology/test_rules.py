"""What must hold for every code system and value set, whatever they hold: generated ones, in the tables and
in memory.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.terminology import Terminology
from terminology import sample
from terminology.conftest import codes, manner
from terminology.filling import closure, fill
from terminology.shelf import Shelf

PLACES = 7
CODES = [f"c{n}" for n in range(PLACES)]
ATTEMPTS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def hierarchies(draw: st.DrawFn) -> list[Concept]:
    """Concepts in a random order, each below any of those with a lower number."""
    found = []
    for n, code in enumerate(CODES):
        parents = draw(st.sets(st.sampled_from(CODES[:n]), max_size=3)) if n else set()
        side = draw(st.sampled_from(["", "left", "right"]))
        properties = (Property("side", "code", side),) if side else ()
        active, abstract = draw(st.booleans()), draw(st.booleans())
        display = draw(st.sampled_from(["Brudd i tå", "Åpent brudd", "Nese", "tå-nese"]))
        found.append(Concept(code, display, tuple(sorted(parents)), "", (), properties, active, abstract))
    return draw(st.permutations(found))


def rules() -> st.SearchStrategy[dict[str, Any]]:
    """One include or exclude, its system left out."""
    code = st.sampled_from(CODES)
    hierarchical = st.tuples(
        st.just("concept"), st.sampled_from(["is-a", "descendent-of", "is-not-a", "generalizes", "="]), code
    )
    other = st.sampled_from(
        [
            ("side", "exists", "true"),
            ("side", "=", "left"),
            ("code", "regex", "c[0-3]"),
            ("side", "regex", "r.*"),
            ("display", "regex", ".*rudd.*"),
            ("display", "exists", "false"),
            ("concept", "not-in", "c1,c2"),
            ("parent", "=", "c0"),
            ("child", "in", "c4,c5"),
            ("inactive", "=", "false"),
            ("display", "=", "Nese"),
        ]
    )
    filters = st.lists(st.one_of(hierarchical, other), min_size=1, max_size=2)
    listed = st.lists(code, min_size=1, unique=True)
    return st.one_of(
        st.just({}),
        filters.map(
            lambda all: {"filter": [dict(zip(("property", "op", "value"), one, strict=True)) for one in all]}
        ),
        listed.map(lambda all: {"concept": [{"code": one} for one in all]}),
    )


class Both:
    """The same code system in the tables and as a resource, and value sets over them."""

    def __init__(self, pool: asyncpg.Pool, service: Terminology, shelf: Shelf) -> None:
        self._pool, self.service, self._shelf = pool, service, shelf
        self._numbers: Iterator[int] = count()

    async def urls(self, concepts: list[Concept]) -> tuple[str, str]:
        number = next(self._numbers)
        stored, resident = f"http://example.no/stored/{number}", f"http://example.no/resident/{number}"
        meanings = {"side": "Which side"}  # declared, so that a filter may ask for it where no concept has it
        await fill(self._pool, Release(stored, "1", "S", "S", concepts, properties=meanings))
        self._shelf.put(
            {
                "resourceType": "CodeSystem",
                "url": resident,
                "version": "1",
                "content": "complete",
                "property": [{"code": name, "description": meanings[name]} for name in meanings],
                "concept": [_written(one) for one in concepts],
            }
        )
        await self.service.systems._releases.look()
        return stored, resident

    async def expanded(
        self, url: str, include: list[dict[str, Any]], exclude: list[dict[str, Any]], **wanted: Any
    ) -> list[str]:
        tree = _value_set(url, include, exclude)
        whole = await self.service.expand(
            await self.service.value_set_of(tree), Wanted(sample.TODAY, **wanted)
        )
        return codes(whole["expansion"])


def _value_set(url: str, include: list[dict[str, Any]], exclude: list[dict[str, Any]]) -> dict[str, Any]:
    parts = {"include": include, "exclude": exclude}
    compose = {name: [{"system": url} | one for one in rules] for name, rules in parts.items()}
    return {"resourceType": "ValueSet", "compose": compose}


def _written(concept: Concept) -> dict[str, Any]:
    values: list[dict[str, Any]] = [{"code": one.name, "valueCode": one.value} for one in concept.properties]
    values += [{"code": "parent", "valueCode": one} for one in concept.parents]
    values += [{"code": "inactive", "valueBoolean": not concept.active}]
    return {"code": concept.code, "display": concept.display, "property": values}


@pytest.fixture
def both(pool: asyncpg.Pool, terminology: Terminology, shelf: Shelf) -> Both:
    return Both(pool, terminology, shelf)


@ATTEMPTS
@given(concepts=hierarchies())
async def test_is_a_is_the_transitive_closure(both: Both, concepts: list[Concept]) -> None:
    above = closure(concepts)
    for url in await both.urls(concepts):
        system = await both.service.system(url)
        for top in CODES:
            expected = {d for a, d in above if a == top} | {top}
            rule = {"filter": [{"property": "concept", "op": "is-a", "value": top}]}
            assert set(await both.expanded(url, [rule], [])) == expected
        for a in CODES[:3]:
            for b in CODES:
                subsumed = await both.service.subsumes(system, a, b) in ("subsumes", "equivalent")
                assert subsumed == ((a, b) in above or a == b)


@ATTEMPTS
@given(
    concepts=hierarchies(),
    include=st.lists(rules(), min_size=1, max_size=3),
    exclude=st.lists(rules(), max_size=2),
    size=st.integers(1, 4),
    text=st.sampled_from(["", "bru", "tå", "nes tå", "c1"]),
)
async def test_pages_make_the_whole_and_validation_agrees_with_it(
    both: Both,
    concepts: list[Concept],
    include: list[dict[str, Any]],
    exclude: list[dict[str, Any]],
    size: int,
    text: str,
) -> None:
    stored, resident = await both.urls(concepts)
    whole = await both.expanded(stored, include, exclude, text=text)
    assert whole == await both.expanded(resident, include, exclude, text=text)
    pages = [
        await both.expanded(stored, include, exclude, text=text, offset=start, count=size)
        for start in range(0, PLACES + size, size)
    ]
    assert [code for page in pages for code in page] == whole
    everything = whole if not text else await both.expanded(stored, include, exclude)
    for url in (stored, resident):
        composed = await both.service.value_set_of(_value_set(url, include, exclude))
        asked = [Coded(code, url) for code in (*CODES, "none")]
        verdicts = await both.service.validate_among(composed, asked, manner())
        assert [code.code for code, one in zip(asked, verdicts, strict=True) if one.result] == sorted(
            everything
        )
