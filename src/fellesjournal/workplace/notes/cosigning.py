"""The second signature: the note as the one who is asked reads it, signed or sent back."""

from starlette.responses import HTMLResponse, Response

from fellesjournal.documentation import cosigning, signing
from fellesjournal.documentation.answers import clean
from fellesjournal.documentation.extraction import is_from, origin
from fellesjournal.errors import Fault, NotFound
from fellesjournal.ui.narrative import sections
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.notes import notes

LONGEST = 1_000_000
"""Characters of what is added."""


async def show(desk: Desk) -> Response:
    """The note as the one who is asked reads it, with what they can do."""
    note = await _asked(desk)
    return await _shown(desk, note)


async def sign(desk: Desk) -> Response:
    """Both names stand: the note is final, and so is what it made."""
    note = await _asked(desk)
    words = clean(desk.form.get("tillegg", "")).strip()[:LONGEST]
    name = origin(note)
    made = [await desk.read(*one.split("/")) for one in signing.made_by(note)] if name else []
    ours = [one for one in made if is_from(one, name)]
    done = cosigning.countersigned(note, ours, _by(desk), _moment(desk), words)
    return await _written(desk, note, done, desk.t.cosigning.signed)


async def send_back(desk: Desk) -> Response:
    """Back to its author, with a sentence."""
    note = await _asked(desk)
    reason = clean(desk.form.get("grunn", "")).strip()[:1000]
    if not reason:
        return await _shown(desk, note, desk.t.cosigning.reason_needed)
    done = [cosigning.sent_back(note, _by(desk), _moment(desk), reason)]
    return await _written(desk, note, done, desk.t.cosigning.sent_back)


async def _asked(desk: Desk) -> Json:
    """The note of a request. Raises NotFound, Forbidden for who is not asked."""
    note = await _note(desk, desk.part_of_path("note"))
    if cosigning.asked_of(note).get("reference") != desk.actor.person:
        raise NotYours(desk.t.cosigning.others)
    return note


async def _note(desk: Desk, name: str) -> Json:
    """By what cosigning.named calls it: notes come from other systems too."""
    try:
        return await notes.signed(desk, "Composition", name)
    except NotFound:
        note = await desk.read("Composition", name)
        if note["subject"]["reference"] != f"Patient/{desk.part_of_path('id')}":
            raise
        return note


async def _written(desk: Desk, note: Json, done: list[Json], said: str) -> Response:
    try:
        await notes.transact(desk, signing.written_over(done))
    except Fault as fault:  # somebody was there before, or the record refuses: nothing is lost
        return await _shown(desk, note, f"{desk.t.notes.refused} {fault}")
    html = desk.html("told.html", said=said, id=desk.part_of_path("id"), note="")
    return await notes.answer(desk, html)


async def _shown(desk: Desk, note: Json, fault: str = "") -> Response:
    html = desk.html(
        "cosign.html",
        id=desk.part_of_path("id"),
        note=desk.part_of_path("note"),
        title=note["title"],
        when=note["date"],
        by=note["author"][0].get("display", ""),
        sections=sections(note),
        returned=cosigning.returned_with(note),
        fault=fault,
        added=desk.form.get("tillegg", ""),
        why=desk.form.get("grunn", ""),
    )
    return HTMLResponse(html, 422) if fault else await notes.answer(desk, html)


def _by(desk: Desk) -> Json:
    return {"reference": desk.actor.person, "display": desk.actor.display}


def _moment(desk: Desk) -> str:
    return desk.now.astimezone(OSLO).isoformat(timespec="seconds")
