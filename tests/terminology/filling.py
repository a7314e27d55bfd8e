"""A release written into the tables with plain SQL, as the importers would."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec

from fellesjournal.terminology.release import Concept, Release


async def fill(pool: asyncpg.Pool, release: Release) -> int:
    """Write a release and its closure; gives its number."""
    concepts = list(release.concepts)
    places = {concept.code: place for place, concept in enumerate(concepts, 1)}
    async with pool.acquire() as connection, connection.transaction():
        number: int = await connection.fetchval(
            "insert into code_system (url, version, name, title, language, content, case_sensitive,"
            " properties, valid_from, concepts, loaded, oid)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning number",
            release.url,
            release.version,
            release.name,
            release.title,
            release.language,
            release.content,
            release.case_sensitive,
            msgspec.json.encode(release.properties).decode(),
            release.valid_from,
            len(concepts),
            datetime.now(UTC),
            release.oid,
        )
        for table, rows in _tables(number, concepts, places).items():
            await connection.copy_records_to_table(table, records=rows)
    return number


def closure(concepts: list[Concept]) -> set[tuple[str, str]]:
    """Who stands above whom, the slow way: (ancestor, descendant)."""
    known = {concept.code for concept in concepts}
    pairs = {(parent, one.code) for one in concepts for parent in one.parents if parent in known}
    while True:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not more:
            return pairs
        pairs |= more


def _tables(number: int, concepts: list[Concept], places: dict[str, int]) -> dict[str, list[Any]]:
    return {
        "concept": [
            (
                number,
                places[c.code],
                c.code,
                c.display,
                c.definition,
                c.active,
                c.abstract,
                c.valid_from,
                c.valid_to,
            )
            for c in concepts
        ],
        "designation": [
            (number, places[c.code], n, *one) for c in concepts for n, one in enumerate(c.designations, 1)
        ],
        "concept_property": [
            (number, places[c.code], n, *one) for c in concepts for n, one in enumerate(c.properties, 1)
        ],
        "concept_parent": [
            (number, places[c.code], places[parent])
            for c in concepts
            for parent in c.parents
            if parent in places
        ],
        "concept_closure": [(number, places[a], places[d]) for a, d in closure(concepts)],
    }
