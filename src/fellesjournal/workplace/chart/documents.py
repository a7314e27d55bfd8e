"""The part of the chart with notes and documents: the newest of both together, and more when asked."""

from functools import partial
from typing import Any

from fellesjournal.documentation.extraction import amended_by
from fellesjournal.norway.writing import moment_of
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import kind_of
from fellesjournal.ui.narrative import sections
from fellesjournal.workplace.asking import Asking, Facts, of
from fellesjournal.workplace.desk import Desk, Json

STEPS = (14, 60, 240, 960)
"""Rows that are shown, to begin with and each time more are asked for."""
_FORMS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
"""What tells a file from the note that it is the letter of."""


async def documents(desk: Desk, id: str) -> Asking:
    """Notes and letters, the newest first: as many as the address asks for ("vis"), one of STEPS. One more of
    each kind is sought, as that tells whether there are older ones.
    """
    shown = next((one for one in STEPS if str(one) == desk.asked("vis")), STEPS[0])
    searches = (
        of(id, name, _sort="-date", _count=str(shown + 1)) for name in ("Composition", "DocumentReference")
    )
    first_new = desk.asked("fra")
    return Asking(tuple(searches), partial(_documents, desk.actor.person, shown, first_new))


def _documents(reader: str, shown: int, first_new: str, notes: list[Json], letters: list[Json]) -> Facts:
    """`first_new` is the place of the first row that was not shown before, which is gone to, or ""."""
    found = sorted([*notes, *letters], key=_moment, reverse=True)
    larger = [one for one in STEPS if one > shown]
    return {
        "rows": [
            _note(one, reader) if one["resourceType"] == "Composition" else _letter(one)
            for one in found[:shown]
        ],
        "shown": shown,
        "is_widened": shown > STEPS[0],
        "first_new": first_new,
        "has_older": len(found) > shown,
        "wider": larger[0] if larger else 0,
    }


def _moment(written: Json) -> tuple[float, str]:
    """When it was written, to sort by; what has no more than a year or month comes by its text, last."""
    when = str(written.get("date", ""))
    moment = moment_of(when)
    return (moment.timestamp() if moment else float("-inf"), when)


def _note(composition: Json, reader: str) -> Facts:
    return _row(
        composition,
        "journalnotat",
        composition.get("title") or naming.concept(composition["type"]),
        begins=next((text for _, texts in sections(composition) for text in texts), ""),
        note=amended_by(composition, reader),
    )


def _letter(document: Json) -> Facts:
    title = document.get("description") or naming.concept(document.get("type"))
    return _row(document, "dokument", title, form=_FORMS.get(kind_of(document), ""))


def _row(written: Json, kind: str, title: str, **more: Any) -> Facts:
    return {
        "id": written["id"],
        "kind": kind,
        "when": written.get("date", ""),
        "title": title,
        "form": "",
        "by": _author(written),
        "begins": "",
        "note": "",
        "wrong": naming.is_wrong(written),
    } | more


def _author(written: Json) -> Json:
    """Who wrote it, as it refers to them; the first of several."""
    authors: list[Json] = [one for one in written.get("author", ()) if one.keys() & {"reference", "display"}]
    return authors[0] if authors else {}
