"""What waits for a signature: notes of others, one's own that were sent back or wait, drafts."""

import asyncio
from collections.abc import Iterable

from starlette.responses import Response

from fellesjournal.documentation import cosigning
from fellesjournal.documentation.extraction import origin
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import library

MOST = 100
Lists = list[tuple[str, list[Json]]]


async def show(desk: Desk) -> Response:
    """The page of all that waits."""
    return desk.page("to-sign.html", lists=await lists(desk))


async def lists(desk: Desk) -> Lists:
    """What waits, by the name of its list: asked, returned, awaiting, drafts. A row has: at (an
    address, or "" for what is out of reach now), title, name (of the citizen, or ""), who, when, said."""
    person, preliminary = desk.actor.person, ("status", "preliminary")
    sorted_by = [("_sort", "-date"), ("_count", str(MOST))]
    asked, own, drafts = await asyncio.gather(
        _notes(desk, [preliminary, ("attester", person), *sorted_by], ""),
        _notes(desk, [preliminary, ("author", person), *sorted_by], person),
        _drafts(desk),
    )
    returned = [one for one in own if one["said"]]
    found = {
        "asked": [one for one in asked if one["asked"] == person and not one["said"]],
        "returned": returned,
        "awaiting": [one for one in own if not one["said"]],
        "drafts": drafts,
    }
    return [(name, rows) for name, rows in found.items() if rows]


async def _notes(desk: Desk, parameters: list[tuple[str, str]], author: str) -> list[Json]:
    """Rows of notes; `author` is the reader where the notes are their own."""
    found = await desk.search("Composition", [*parameters, ("_include", "Composition:subject")])
    names = _names(found)
    rows = []
    for one in found:
        if one["resourceType"] == "Composition":
            asked, about = cosigning.asked_of(one), one["subject"]["reference"]
            at = _opens(one, is_own=bool(author))
            rows.append({
                "at": f"/arbeid/innbygger/{about.removeprefix('Patient/')}/{at}",
                "title": one["title"],
                "name": names.get(about, ""),
                "who": (asked if author else one["author"][0]).get("display", ""),
                "when": one["date"],
                "said": cosigning.returned_with(one),
                "asked": asked.get("reference", ""),
            })  # fmt: skip
    return rows


def _opens(note: Json, *, is_own: bool) -> str:
    """Where a note is dealt with: one that was not written from a template is read where it is one's own."""
    if not is_own:
        return f"medsignering/{cosigning.named(note)}"
    return f"signert/{origin(note)}" if origin(note) else f"journalnotat/{note['id']}"


async def _drafts(desk: Desk) -> list[Json]:
    """Drafts, of citizens who are out of reach now too: without name and address."""
    drafts = await desk.documentation.drafts.waiting(desk.actor.person, MOST)
    ids = sorted({one.patient for one in drafts})
    names = _names(
        await desk.search("Patient", [("_id", ",".join(ids)), ("_count", str(MOST))]) if ids else []
    )
    begun = [(await library.named(desk, one.template), one) for one in drafts]
    return [
        {
            "at": _address(one.patient, one.template, one.note) if f"Patient/{one.patient}" in names else "",
            "title": template.title,
            "name": names.get(f"Patient/{one.patient}", ""),
            "who": "",
            "when": one.changed.isoformat(),
            "said": "",
        }
        for template, one in begun
        if template
    ]


def _address(patient: str, template: str, note: str) -> str:
    return f"/arbeid/innbygger/{patient}/notat/{template}" + (f"?retter={note}" if note else "")


def _names(found: Iterable[Json]) -> dict[str, str]:
    people = (one for one in found if one["resourceType"] == "Patient")
    return {f"Patient/{one['id']}": naming.person(one) for one in people}
