"""Hits of the palette inside the open chart: diagnoses, results, notes and documents, each with its date."""

import asyncio
from urllib.parse import urlencode

from fellesjournal.ui import naming
from fellesjournal.ui.values import address, unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json

MOST = 4
"""Hits of each kind."""
_NEWEST = 60


async def find(desk: Desk, id: str, typed: str) -> list[Json]:
    """What fits, kind by kind; `opens` is the address of what opens beside the chart."""
    kinds = (_results, _diagnoses, _notes, _documents)
    found = await asyncio.gather(*(kind(desk, id, typed) for kind in kinds))
    return [row for rows in found for row in rows[:MOST]]


async def _results(desk: Desk, id: str, typed: str) -> list[Json]:
    """Tests by name, each once, with the newest value."""
    asked = [("patient", id), ("code:text", typed), ("_sort", "-date"), ("_count", str(_NEWEST))]
    newest: dict[str, Json] = {}
    for one in await desk.search("Observation", asked):
        if code := address(one):
            newest.setdefault(code, one)
    return [_row("result", one, _result(one), _series(id, code)) for code, one in newest.items()]


async def _diagnoses(desk: Desk, id: str, typed: str) -> list[Json]:
    asked = [("patient", id), ("code:text", typed), ("_sort", "-onset-date"), ("_count", str(MOST))]
    found = await desk.search("Condition", asked)
    return [
        _row("diagnosis", one, naming.concept(one["code"]), f"/arbeid/innbygger/{id}/forlop/{one['id']}")
        for one in found
    ]


async def _notes(desk: Desk, id: str, typed: str) -> list[Json]:
    """Notes in whose text the words stand."""
    asked = [("patient", id), ("_content", typed), ("_sort", "-date"), ("_count", str(MOST))]
    asked_for = urlencode({"q": typed})
    return [
        _row(
            "note", one, one.get("title", ""), f"/arbeid/innbygger/{id}/journalnotat/{one['id']}?{asked_for}"
        )
        for one in await desk.search("Composition", asked)
    ]


async def _documents(desk: Desk, id: str, typed: str) -> list[Json]:
    asked = [("patient", id), ("type:text", typed), ("_sort", "-date"), ("_count", str(MOST))]
    return [
        _row("document", one, naming.concept(one["type"]), f"/arbeid/innbygger/{id}/dokument/{one['id']}")
        for one in await desk.search("DocumentReference", asked)
    ]


def _result(one: Json) -> str:
    return f"{naming.concept(one['code'])} {value_of(one)} {unit_of(one)}"


def _series(id: str, code: str) -> str:
    return f"/arbeid/innbygger/{id}/prove?{urlencode({'kode': code})}"


def _row(kind: str, resource: Json, text: str, opens: str) -> Json:
    return {"kind": kind, "text": text.strip(), "when": naming.when(resource), "opens": opens}
