"""One note or document, beside the chart; a PDF or picture as the file that it is."""

import re
from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import SHOWN, content_of, kind_of
from fellesjournal.ui.narrative import sections
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import reading


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was sought."""

    text: str
    is_hit: bool


async def note(desk: Desk) -> Response:
    """A note; what was sought ("q") is marked, and so is what comes from elsewhere in the record."""
    found = await _of_citizen(desk, "Composition")
    words = desk.asked("q").split()
    known = await reading.known(desk, found)
    marked = [
        (title, [[(one, pieces(one.text, words)) for one in reading.cut(text, known)] for text in texts])
        for title, texts in sections(found)
    ]
    title = found.get("title") or naming.concept(found["type"])
    return desk.page(
        "written.html",
        title=title,
        when=found["date"],
        by=_authors(found),
        sections=marked,
        state=found["status"],
    )


async def document(desk: Desk) -> Response:
    """A document with its preview: text as text, PDF and pictures as they are."""
    found = await _of_citizen(desk, "DocumentReference")
    kind = kind_of(found)
    text = content_of(found).decode("utf-8", "replace") if kind == "text/plain" else ""
    return desk.page(
        "document.html",
        id=desk.part_of_path("id"),
        document=found["id"],
        title=found.get("description") or naming.concept(found.get("type")),
        when=found.get("date", ""),
        by=_authors(found),
        kind=kind if kind in SHOWN else "",
        text=text,
    )


async def file(desk: Desk) -> Response:
    """The file itself. Raises NotFound for kinds that are not shown."""
    found = await _of_citizen(desk, "DocumentReference")
    kind = kind_of(found)
    if kind not in SHOWN:
        raise NotFound(f"A document of the kind '{kind}' is not shown here.")
    return Response(content_of(found), media_type=kind, headers={"Content-Disposition": "inline"})


def pieces(text: str, words: list[str]) -> list[Piece]:
    """A text cut where words begin that were sought, whatever their case."""
    if not words:
        return [Piece(text, False)]
    sought = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\w*", re.IGNORECASE)
    cut, at = [], 0
    for hit in sought.finditer(text):
        cut += [Piece(text[at : hit.start()], False), Piece(hit.group(), True)]
        at = hit.end()
    return [piece for piece in (*cut, Piece(text[at:], False)) if piece.text]


async def _of_citizen(desk: Desk, type_name: str) -> Json:
    """What the address names, if it is this citizen's. Raises NotFound."""
    found = await desk.read(type_name, desk.part_of_path("document"))
    if f"Patient/{desk.part_of_path('id')}" not in naming.references(found.get("subject")):
        raise NotFound("The citizen has no such document.")
    return found


def _authors(resource: Json) -> str:
    return ", ".join(filter(None, (one.get("display", "") for one in resource.get("author", ()))))
