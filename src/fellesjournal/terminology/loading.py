"""A release of a code system goes into the tables, whole or not at all.

Everything happens in one transaction, and memory holds the codes and the hierarchy, never the texts. What is
loaded is not changed: the same version with another content is refused, unless the caller says to replace it.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

import asyncpg
import msgspec

from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.terminology import ancestry
from fellesjournal.terminology.finding import indexing
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.statements import SQL

BATCH = 5_000
"""Concepts that are sent to the database at a time."""
MOST_PAIRS = 60_000_000
"""Pairs of a concept and one above it; SNOMED CT has about 6 million."""
MOST_PROBLEMS = 50
"""Faults that are told of at once."""
IN_MEMORY = 32 * 1024 * 1024

CONCEPT_COLUMNS = (
    *("system", "number", "code", "display", "definition"),
    *("active", "abstract", "valid_from", "valid_to"),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CODE = re.compile(r"\S+( \S+)*")
"""FHIR R4, datatype code: no white space at the ends, and single spaces inside."""


class Loaded(NamedTuple):
    """What came of a load. `outcome` is "loaded", "replaced" or "unchanged"."""

    number: int
    url: str
    version: str
    concepts: int
    outcome: str
    pairs: int = 0
    """Rows of the closure."""


class Listed(NamedTuple):
    """A release that is loaded."""

    url: str
    version: str
    title: str
    valid_from: str
    concepts: int
    source: str
    licence: str


async def load(connection: asyncpg.Connection, release: Release, *, replace: bool = False) -> Loaded:
    """Load a release in one transaction.

    Raises Unprocessable, which names the source, the code and the reason, when the release is not sound
    (empty, double or malformed codes, unknown parents, cycles), and Conflict when its version is there with
    another content; then nothing has changed.
    """
    async with connection.transaction():
        await connection.execute(SQL.lock_release, release.url, release.version)
        there = await connection.fetchrow(SQL.release_there, release.url, release.version)
        if there is None:
            return await _add(connection, release, release.concepts, "loaded")
        with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            if _spooled(release, spool) == there["digest"]:
                return Loaded(there["number"], release.url, release.version, there["concepts"], "unchanged")
            if not replace:
                raise Conflict(
                    f"{release.url} {release.version} is loaded already, with another content: "
                    f"give the content of {_source(release)} its own version, or replace what is there."
                )
            await connection.execute(SQL.remove_release, there["number"])
            return await _add(connection, release, _unspooled(spool), "replaced")


async def listed(connection: asyncpg.Connection) -> list[Listed]:
    """Every release that is whole, by system, the newest of each first."""
    rows = await connection.fetch(SQL.releases_listed)
    return [
        Listed(
            row["url"],
            row["version"],
            row["title"],
            row["valid_from"].isoformat() if row["valid_from"] else "",
            row["concepts"],
            row["source"],
            row["licence"],
        )
        for row in rows
    ]


async def hurry(connection: asyncpg.Connection) -> None:
    """Let commits on this connection not wait for the disk: for many small releases that can be had again."""
    await connection.execute(SQL.commit_without_waiting)


async def analyze(connection: asyncpg.Connection) -> None:
    """Tell the planner how large the tables have become: once, after many or large releases."""
    await connection.execute(SQL.analyze_terminology)


async def _add(
    connection: asyncpg.Connection, release: Release, concepts: Iterable[Concept], outcome: str
) -> Loaded:
    number = await connection.fetchval(SQL.add_release, *_head(release))
    reading = _Reading(release)
    rows = iter(concepts)
    while batch := list(islice(rows, BATCH)):
        first = len(reading.numbers) + 1
        reading.take(batch)
        await _copy_texts(connection, number, first, batch)
    if not reading.numbers:
        _refuse(
            release, ["there are no codes in it, and a release without any would end those that are here"]
        )
    children = reading.children()
    pairs = await _copy_hierarchy(connection, number, children, release) if children else 0
    await indexing.index(connection, number)
    await connection.execute(SQL.release_whole, number, len(reading.numbers), reading.digest())
    return Loaded(number, release.url, release.version, len(reading.numbers), outcome, pairs)


async def _copy_texts(connection: asyncpg.Connection, system: int, first: int, batch: list[Concept]) -> None:
    """The concepts of a batch with their designations and properties; `first` is the number of the first."""
    numbered = list(enumerate(batch, first))
    rows = (
        (system, n, c.code, c.display, c.definition, c.active, c.abstract, c.valid_from, c.valid_to)
        for n, c in numbered
    )
    await connection.copy_records_to_table("concept", records=rows, columns=CONCEPT_COLUMNS)
    texts = [(system, n, place, *text) for n, c in numbered for place, text in enumerate(c.designations)]
    if texts:
        columns = ("system", "concept", "n", "language", "use", "text")
        await connection.copy_records_to_table("designation", records=texts, columns=columns)
    values = [(system, n, place, *value) for n, c in numbered for place, value in enumerate(c.properties)]
    if values:
        columns = ("system", "concept", "n", "property", "kind", "value")
        await connection.copy_records_to_table("concept_property", records=values, columns=columns)


async def _copy_hierarchy(
    connection: asyncpg.Connection, number: int, children: dict[int, list[int]], release: Release
) -> int:
    """Who stands right below whom, and anywhere below; gives the number of pairs."""
    await connection.copy_records_to_table(
        "concept_parent",
        records=((number, child, parent) for parent in children for child in children[parent]),
        columns=("system", "child", "parent"),
    )
    closure = _Closure(number, children, release)
    await connection.copy_to_table(
        "concept_closure", source=closure.lines(), columns=("system", "ancestor", "descendant")
    )
    return closure.pairs


@dataclass(slots=True)
class _Reading:
    """What is remembered of the concepts while they pass: their codes and parents, and their hash."""

    release: Release
    numbers: dict[str, int] = field(default_factory=dict)
    parents: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    hash: Any = None

    def __post_init__(self) -> None:
        self.hash = blake2b(_encoded(_described(self.release)), digest_size=16)

    def take(self, batch: list[Concept]) -> None:
        """Check a batch and remember it. Raises Unprocessable with everything that is wrong in it."""
        problems: list[str] = []
        for concept in batch:
            problems += _problems(concept)
            if concept.code in self.numbers:
                problems.append(f"the code {concept.code} comes twice")
            number = self.numbers.setdefault(concept.code, len(self.numbers) + 1)
            if concept.parents:
                self.parents.append((number, tuple(dict.fromkeys(concept.parents))))
        _refuse(self.release, problems)
        for concept in batch:
            self.hash.update(_encoded(concept))

    def children(self) -> dict[int, list[int]]:
        """The hierarchy. Raises Unprocessable for a parent that is not there, and for a cycle."""
        children: dict[int, list[int]] = {}
        codes = list(self.numbers)
        problems = []
        for child, parents in self.parents:
            for parent in parents:
                if (number := self.numbers.get(parent)) is None:
                    problems.append(f"the code {codes[child - 1]} stands below {parent}, which is not there")
                else:
                    children.setdefault(number, []).append(child)
        _refuse(self.release, problems)
        if loop := ancestry.cycle(children):
            names = " > ".join(codes[number - 1] for number in [*loop, loop[0]][:20])
            _refuse(self.release, [f"the hierarchy goes in a circle: {names}"])
        return children

    def digest(self) -> str:
        """The content's hash, in 32 hexadecimal digits."""
        return str(self.hash.hexdigest())


@dataclass(slots=True)
class _Closure:
    """Every pair of the hierarchy as lines of PostgreSQL's COPY."""

    system: int
    hierarchy: dict[int, list[int]]
    release: Release
    pairs: int = 0

    async def lines(self) -> AsyncIterator[bytes]:
        """The rows, one ancestor at a time. Raises Unprocessable when there are too many."""
        for ancestor, found in ancestry.below(self.hierarchy):
            self.pairs += len(found)
            if self.pairs > MOST_PAIRS:
                _refuse(self.release, [f"the hierarchy has more than {MOST_PAIRS:,} pairs: it is too deep"])
            start = f"{self.system}\t{ancestor}\t"
            yield (start + f"\n{start}".join(map(str, sorted(found))) + "\n").encode()


def _problems(concept: Concept) -> Iterator[str]:
    """What is wrong with one concept by itself."""
    if not _CODE.fullmatch(concept.code) or _CONTROL.search(concept.code):
        yield f"{concept.code!r} ({concept.display[:60]!r}) is no code: it is empty or has stray white space"
        return
    if not concept.display.strip() or _CONTROL.search(concept.display):
        yield f"the code {concept.code} has no text, or one with control characters: {concept.display[:60]!r}"
    prose = (
        concept.definition,
        *(part for text in concept.designations for part in text),
        *(part for value in concept.properties for part in value),
    )
    if any(_CONTROL_IN_PROSE.search(part) for part in prose):
        yield f"the code {concept.code} has control characters in its definition or properties"
    if concept.valid_from and concept.valid_to and concept.valid_from > concept.valid_to:
        yield f"the code {concept.code} is valid to {concept.valid_to}, before it starts"


def _refuse(release: Release, problems: list[str]) -> None:
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = [f"and {more:,} more faults like these"] if more > 0 else []
        raise Unprocessable(*(f"{_source(release)}: {one}." for one in problems[:MOST_PROBLEMS] + rest))


def _source(release: Release) -> str:
    return release.source or f"{release.url} {release.version}"


def _head(release: Release) -> tuple[object, ...]:
    """The values of the statement add_release."""
    return (
        release.url, release.version, release.name, release.title, release.language, release.oid,
        release.publisher, release.licence, release.source, release.content, release.case_sensitive,
        msgspec.json.encode(release.properties).decode(), release.valid_from,
    )  # fmt: skip


_encoded = msgspec.msgpack.Encoder(order="deterministic").encode
_decoded = msgspec.msgpack.Decoder(Concept).decode


def _described(release: Release) -> list[object]:
    """What of a release, besides its concepts, is its content; not where it was read."""
    return [getattr(release, one.name) for one in fields(release) if one.name not in {"concepts", "source"}]


def _spooled(release: Release, spool: SpooledTemporaryFile[bytes]) -> str:
    """Write the concepts aside, to be read again; gives the content's hash."""
    hash_ = blake2b(_encoded(_described(release)), digest_size=16)
    for concept in release.concepts:
        _refuse(release, list(_problems(concept)))
        content = _encoded(concept)
        hash_.update(content)
        spool.write(len(content).to_bytes(4))
        spool.write(content)
    return hash_.hexdigest()


def _unspooled(spool: SpooledTemporaryFile[bytes]) -> Iterator[Concept]:
    spool.seek(0)
    while size := spool.read(4):
        yield _decoded(spool.read(int.from_bytes(size)))
