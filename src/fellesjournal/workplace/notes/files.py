"""A file for a note, sent while it is written."""

from starlette.responses import HTMLResponse, Response

from fellesjournal.errors import Invalid, NotFound, TooLarge
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.notes import notes
from fellesjournal.workplace.notes.forms import hand_of, sheet

PREFIX = "fil/"
"""Before the place of the answer that a file is for."""


async def send(desk: Desk) -> Response:
    """Keep what was typed, and the files; what is not taken in is told beside its field."""
    template, hand = await notes.template_of(desk), hand_of(desk)
    key, room = notes.key_of(desk, template), desk.documentation
    try:
        draft = await room.drafts.keep(key, notes.typed(desk.form), hand)
    except NotFound:
        return desk.page("told.html", 410, said=desk.t.notes.gone, id=desk.part_of_path("id"), note="")
    faults, focus = {}, ""
    for name, file in desk.visit.files.items():
        focus = name.removeprefix(PREFIX)
        try:
            text = await room.attachments.add(draft, file.name, file.content)
        except TooLarge:
            faults[focus] = desk.t.files.too_large.format(name=file.name[:80])
        except Invalid:
            faults[focus] = desk.t.files.kind.format(name=file.name[:80])
        else:
            draft = await room.drafts.keep(key, {focus: text}, hand)
    html = await notes.form(desk, sheet(desk, template, draft), faults=faults, focus=focus)
    return HTMLResponse(html, 422) if faults else await notes.answer(desk, html)
