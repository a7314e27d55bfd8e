"""A note about the wrong citizen: withdrawn there, and a draft at the right one."""

from starlette.responses import HTMLResponse, Response

from fellesjournal.documentation import responses, signing
from fellesjournal.documentation.provenance import all_marks, lines_beside, without_facts
from fellesjournal.documentation.store import Draft, Key
from fellesjournal.documentation.withdrawing import withdrawn
from fellesjournal.errors import Fault, NotFound
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.meaning import meant
from fellesjournal.workplace.notes import library, notes
from fellesjournal.workplace.notes.forms import with_free_text
from fellesjournal.workplace.notes.whole import own

MOST = 8


async def choose(desk: Desk) -> Response:
    """Who the right one is: found as in the palette."""
    await own(desk)
    return await _choice(desk)


async def move(desk: Desk) -> Response:
    """Move the note. The draft at the right one is there before anything is withdrawn: nothing is lost when
    it stops half-way. Reading the right one is what shows, and logs, that the author may."""
    id, note = desk.part_of_path("id"), desk.part_of_path("note")
    earlier = await own(desk)
    to = desk.form.get("til", "")
    try:
        right = await desk.read("Patient", to)
    except NotFound:
        right = {}
    if not right or to == id:
        return await _choice(desk, desk.t.moving.nobody)
    template = await library.of_response(desk, earlier[1])
    if template is None:
        raise NotFound("There is no such note.")
    drafts = desk.documentation.drafts
    here, there = (Key(one, desk.actor.person, template.id, name) for one, name in ((id, note), (to, "")))
    typed = await drafts.find(here)
    questionnaire = with_free_text(template).questionnaire
    written = responses.fields_of(questionnaire, earlier[1])
    written |= lines_beside(written, all_marks(earlier[0]))
    fields = without_facts(typed.fields if typed else written)
    draft = await drafts.begin(there, fields)
    if draft.fields != fields or not draft.is_untouched:
        said = desk.t.moving.occupied.format(title=template.title, name=naming.person(right))
        return await _choice(desk, said)
    await drafts.keep(there, {})
    sent = await desk.documentation.attachments.of(typed) if typed else {}
    await desk.documentation.attachments.carry(draft, {**signing.files_of(earlier), **sent})
    try:
        await notes.transact(desk, signing.written_over(withdrawn(earlier, note)))
    except Fault as fault:
        await drafts.drop(there, draft.id)
        return await _choice(desk, f"{desk.t.moving.refused} {fault}")
    if typed:
        await drafts.drop(here, typed.id)
    return await _told(desk, draft, right)


async def _choice(desk: Desk, fault: str = "") -> Response:
    words = (desk.form.get("q") or desk.asked("q")).strip()[:60]
    found = await desk.search("Patient", [*meant(words), ("_count", str(MOST))]) if len(words) > 1 else []
    here = desk.part_of_path("id")
    rows = [{"id": one["id"], "said": _said(desk, one)} for one in found if one["id"] != here]
    page = "right-ones.html" if desk.asked("treff") else "move.html"
    html = desk.html(page, id=here, note=desk.part_of_path("note"), rows=rows, words=words, fault=fault)
    return HTMLResponse(html, 422) if fault else await notes.answer(desk, html)


async def _told(desk: Desk, draft: Draft, right: Json) -> Response:
    at = f"/arbeid/innbygger/{right['id']}/notat/{draft.template}"
    html = desk.html("moved.html", at=at, name=naming.person(right))
    return await notes.answer(desk, html)


def _said(desk: Desk, patient: Json) -> str:
    """Name, age and number: what one tells people apart by."""
    told = (naming.person(patient), naming.age(patient, desk.now), naming.identity(patient))
    return ", ".join(filter(None, told))
