"""Bench `search`: 24 shapes of searches over the Synthea set, every answer compared with the right one.

The workload is that of HealthSamurai/fhir-server-performance-benchmark (k6/search.js): each iteration walks
all shapes once, each with a value and a modifier or prefix drawn at random, `_count=20`.
"""

import random
from dataclasses import dataclass

import msgspec

from bench.answers import Answers
from bench.http import Connection
from bench.load import Client
from bench.shapes import Query, Shape

COUNT = 20
WALKED_TO_THE_END = 400
"""Answers up to this size are read page by page to their end when they are checked."""


class _Resource(msgspec.Struct):
    id: str


class _Search(msgspec.Struct):
    mode: str = "match"


class _Entry(msgspec.Struct):
    resource: _Resource
    search: _Search = msgspec.field(default_factory=_Search)


class _Link(msgspec.Struct):
    relation: str
    url: str


class _Bundle(msgspec.Struct):
    entry: list[_Entry] = []
    link: list[_Link] = []
    total: int | None = None


_bundle = msgspec.json.Decoder(_Bundle).decode


@dataclass(frozen=True)
class Searches:
    """One walk over all shapes for `Client.repeat`; `copies` is how often the set is in the record."""

    shapes: tuple[Shape, ...]
    answers: Answers
    copies: int = 1
    base: str = "/fhir"

    async def once(self, client: Client) -> bool:
        """Ask each shape once and check the page that comes."""
        for shape in self.shapes:
            query = random.choice(shape.queries)
            path = query.path(self.base, f"_count={COUNT}")
            answer = await client.ask(shape.name, "GET", path)
            if answer.status != 200:
                client.expect(False, f"GET {path}: {answer.status} {answer.body[:300]!r}")
                continue
            ids = [entry.resource.id for entry in _bundle(answer.body).entry]
            for wrong in self.wrong_page(shape, query, ids):
                client.expect(False, f"GET {path}: {wrong}")
        return True

    def right_total(self, shape: Shape, query: Query) -> int:
        """How many resources match; the ids in reference queries are those of the first copy."""
        return self.answers.totals[query] * (1 if shape.family == "reference" else self.copies)

    def wrong_page(self, shape: Shape, query: Query, ids: list[str]) -> list[str]:
        """What is wrong with a first page of COUNT resources."""
        wrong = [f"{id} does not match" for id in ids if not self.answers.has(query, id)]
        if len(set(ids)) < len(ids):
            wrong.append("a resource stands twice on the page")
        expected = min(COUNT, self.right_total(shape, query))
        if len(ids) != expected:
            wrong.append(f"{len(ids)} resources instead of {expected}")
        return wrong


async def check(searches: Searches, address: tuple[str, int]) -> list[str]:
    """Ask every distinct query once, with its total; small answers are read to the end. Gives the faults."""
    connection, wrong = Connection(*address), []
    for shape, query in ((each, query) for each in searches.shapes for query in each.queries):
        total = searches.right_total(shape, query)
        size = 100 if total <= WALKED_TO_THE_END else COUNT
        path = query.path(searches.base, f"_count={size}", "_total=accurate")
        ids, said = await _walked(connection, path, to_the_end=total <= WALKED_TO_THE_END)
        if said != total:
            wrong.append(f"{path}: total {said} instead of {total}")
        if total <= WALKED_TO_THE_END and len(set(ids)) != total:
            wrong.append(f"{path}: {len(set(ids))} distinct resources instead of {total}")
        if len(set(ids)) < len(ids):
            wrong.append(f"{path}: a resource was given twice")
        wrong += [f"{path}: {id} does not match" for id in ids if not searches.answers.has(query, id)][:3]
    connection.close()
    return wrong


async def _walked(connection: Connection, path: str, to_the_end: bool) -> tuple[list[str], int | None]:
    ids: list[str] = []
    total = None
    while path:
        answer = await connection.request("GET", path)
        if answer.status != 200:
            return ids, -answer.status
        page = _bundle(answer.body)
        ids += [entry.resource.id for entry in page.entry if entry.search.mode == "match"]
        total = page.total if total is None else total
        following = next((link.url for link in page.link if link.relation == "next"), "")
        path = following.partition("//")[2].partition("/")[2] if to_the_end else ""
        path = path and "/" + path
    return ids, total
