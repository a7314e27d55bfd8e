"""Anything that was found, as the texts it consists of; what was sought is marked, and scrolled to."""

from typing import Any

import msgspec
from starlette.responses import Response

from fellesjournal.access.journal import Writing
from fellesjournal.errors import NotFound
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.terminology.wording.marking import Marker, Markers, Piece
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.directory import called, name_of
from fellesjournal.workplace.found import titles

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_STATES = {"r": "read", "e": "empty", "u": "unreadable"}


async def show(desk: Desk) -> Response:
    """A resource of the citizen. Raises NotFound for another's."""
    writing = await desk.journal.written(desk.part_of_path("type"), desk.part_of_path("document"))
    if writing.stored.citizen != key_of(f"Patient/{desk.part_of_path('id')}"):
        raise NotFound("The citizen has no such thing.")
    resource = _decode(writing.stored.body or b"{}")
    marker, source = await _marker(desk, writing), titles.source(resource)
    names = await called(desk, [source])
    return desk.page(
        "found.html",
        title=titles.title(resource),
        kind=titles.kind(writing.stored.type),
        when=titles.when(resource),
        by=name_of(source, names),
        texts=[marker.marked(text) for text in writing.own if text],
        **await file_texts(desk, writing),
    )


async def _marker(desk: Desk, writing: Writing) -> Marker:
    texts = [*writing.own, *(one.text for one in writing.files)]
    return Markers(await desk.codes.sought(desk.asked("q"))).of(texts)


async def file_texts(desk: Desk, writing: Writing) -> dict[str, Any]:
    """The texts of a resource's files for file_texts.html: how each was read, and its paragraphs, marked."""
    marker = await _marker(desk, writing)
    files: list[tuple[str, list[list[Piece]]]] = [
        (_STATES[one.state], [marker.marked(part) for part in one.text.split("\n\n") if part.strip()])
        for one in writing.files
    ]
    return {"files": files}
