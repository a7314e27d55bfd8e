"""Notes of one citizen: choosing a template, writing with a draft that is always kept, looking up codes."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from fellesjournal.documentation import recall, responses
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.documentation.extraction import ORIGIN
from fellesjournal.documentation.library import unheeded
from fellesjournal.documentation.provenance import all_marks, lines_beside
from fellesjournal.documentation.rules import rivals
from fellesjournal.documentation.store import Key
from fellesjournal.documentation.templates import Template, distance, offered
from fellesjournal.documentation.wording import said
from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.chart import chart
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.notes import library, phrases
from fellesjournal.workplace.notes.cosigners import cosigners
from fellesjournal.workplace.notes.forms import Sheet, hand_of, sheet, with_free_text

MOST_CODES = 12
_OTHERS = 2
"""The distance from which a template is for others than the role at its unit."""
_PLACES = ("bevis", "retter", "flere", "sikker", "grunn", "medsigneres", "skjema", "sett", "utkast", "valg")
"""Fields of the form that are no answers."""


async def choose(desk: Desk) -> Response:
    """The templates, those of the role and the citizen first, and the drafts that wait."""
    id = desk.part_of_path("id")
    await desk.read("Patient", id)
    found = await desk.search("Condition", [("patient", id), ("clinical-status", "active"), ("_count", "60")])
    codes = [code for one in found for code in naming.coded_as(one.get("code", {}))]
    drafts = await desk.documentation.drafts.of(id, desk.actor.person)
    known = await library.in_force(desk)
    where = desk.actor.role, f"{desk.actor.unit_display} {desk.actor.unit}"
    rows = [(one, distance(one, *where) < _OTHERS) for one in offered(known.values(), *where, codes)]
    begun = [(await library.named(desk, one.template), one) for one in drafts]
    waiting = [(template, one) for template, one in begun if template]
    return await answer(
        desk,
        desk.html("choose.html", id=id, rows=rows, drafts=waiting, said=said),
    )


async def show(desk: Desk) -> Response:
    """The form, as its author left it; a new one begins with what the record says, from a template in use."""
    id, template = desk.part_of_path("id"), await template_of(desk)
    await desk.read("Patient", id)
    draft = await desk.documentation.drafts.find(key_of(desk, template))
    if draft is None and template.id not in await library.in_force(desk):
        return desk.page("told.html", 410, said=desk.t.notes.out_of_use, id=id, note="")
    if draft is None and (items := unheeded(template.questionnaire)):
        said = desk.t.notes.unheeded.format(title=template.title, items=", ".join(items.values()))
        return desk.page("told.html", 422, said=said, id=id, note="")
    if draft is None or draft.is_untouched:
        draft = await desk.documentation.drafts.begin(
            key_of(desk, template), await _beginning(desk, id, template)
        )
    return await answer(desk, await form(desk, sheet(desk, template, draft)))


async def amend(desk: Desk) -> Response:
    """The form of a signed note, to be amended by who wrote it."""
    id, note = desk.part_of_path("id"), desk.part_of_path("note")
    response = await signed(desk, "QuestionnaireResponse", note)
    template = await library.of_response(desk, response)
    if template is None:
        raise NotFound("There is no such note.")
    if response.get("author", {}).get("reference") != desk.actor.person:
        raise NotYours(desk.t.notes.others)
    key = Key(id, desk.actor.person, template.id, note)
    fields = responses.fields_of(with_free_text(template).questionnaire, response)
    fields |= lines_beside(fields, all_marks(await signed(desk, "Composition", note)))
    draft = await desk.documentation.drafts.begin(key, fields)
    return await answer(desk, await form(desk, sheet(desk, template, draft)))


async def fields(desk: Desk) -> Response:
    """The fields alone: after an answer on which others depend."""
    template = await template_of(desk)
    draft = await desk.documentation.drafts.find(key_of(desk, template))
    if draft is None:
        raise NotFound("There is no draft.")
    return HTMLResponse(await form(desk, sheet(desk, template, draft, hand_of(desk)), whole=False))


async def keep(desk: Desk) -> Response:
    """Keep what was typed since the last time; 409 where another open form has written at the same place."""
    hand, fields = hand_of(desk), typed(desk.form)
    try:
        draft = await desk.documentation.drafts.keep(key_of(desk, await template_of(desk)), fields, hand)
    except NotFound:
        return PlainTextResponse(desk.t.notes.gone, 410)
    if any(rivals(draft.held, place, hand.form) for place in fields):
        return PlainTextResponse(desk.t.rivals.both, 409)
    return PlainTextResponse(f"{desk.t.notes.kept} {draft.changed.astimezone(OSLO):%H:%M:%S}")


async def settle(desk: Desk) -> Response:
    """The one text that is to stand where two were written: the field's own, the other, or both."""
    template, hand = await template_of(desk), hand_of(desk)
    key, drafts = key_of(desk, template), desk.documentation.drafts
    how, other, place = f"{desk.form.get('valg', '')}||".split("|", 3)[:3]
    try:
        draft = await drafts.keep(key, typed(desk.form), hand)
    except NotFound:
        return desk.page("told.html", 410, said=desk.t.notes.gone, id=desk.part_of_path("id"), note="")
    mine, found = desk.form.get(place, ""), rivals(draft.held, place, hand.form)
    if how == "tom":
        draft = await drafts.choose(key, place, "", hand)
    elif other in found:
        text = {"bytt": found[other], "begge": f"{mine}\n{found[other]}"}.get(how, mine)
        draft = await drafts.choose(key, place, text, hand)
    return await answer(desk, await form(desk, sheet(desk, template, draft), focus=place))


async def drop(desk: Desk) -> Response:
    """Throw a draft away."""
    template = await template_of(desk)
    if draft := await desk.documentation.drafts.find(key_of(desk, template)):
        await desk.documentation.drafts.drop(key_of(desk, template), draft.id)
    return desk.page("told.html", said=desk.t.notes.dropped, id=desk.part_of_path("id"), note="")


async def codes(desk: Desk) -> Response:
    """Codes of a value set that fit what was typed, as options of a list."""
    system = desk.asked("system").removesuffix("?fhir_vs")
    words = desk.asked("q").strip()[:60]
    found = await desk.codes.find((system,), words, MOST_CODES) if len(words) > 1 else []
    return desk.page("options.html", rows=found)


async def form(desk: Desk, on: Sheet, *, whole: bool = True, **more: Any) -> str:
    """The form written out, with what the record knows beside its fields."""
    known = await _known(desk, on)
    values = {"faults": {}, "doubts": {}, "focus": ""} | more
    return desk.html(
        "note.html" if whole else "fields.html",
        id=desk.part_of_path("id"),
        citizen={"name": naming.person(desk.citizen), "age": naming.age(desk.citizen, desk.now)},
        on=on,
        known=known,
        phrases=await phrases.known(desk),
        cosigners=await cosigners(desk) if whole else [],
        chosen=desk.form.get("medsigneres", ""),
        **values,
    )


async def signed(desk: Desk, kind: str, note: str) -> Json:
    """The Composition or QuestionnaireResponse of a signed note. Raises NotFound."""
    patient = ("patient", desk.part_of_path("id"))
    found = await desk.search(kind, [patient, ("identifier", f"{ORIGIN}|{note}")])
    if not found or found[0]["status"] == "entered-in-error":
        raise NotFound("There is no such note.")
    return found[0]


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """The answers of a form."""
    return {name: text for name, text in form.items() if name not in _PLACES and not name.startswith("fil/")}


def key_of(desk: Desk, template: Template) -> Key:
    """The key of the draft that a request is about."""
    amended = desk.asked("retter")
    return Key(desk.part_of_path("id"), desk.actor.person, template.id, amended)


async def template_of(desk: Desk) -> Template:
    """The template that a request names. Raises NotFound."""
    found = await library.named(desk, desk.part_of_path("template"))
    if found is None:
        raise NotFound("There is no such template.")
    return found


async def answer(desk: Desk, html: str) -> Response:
    """A fragment where a page asks for one; else within the chart."""
    if "hx-request" in desk.visit.request.headers:
        return HTMLResponse(html)
    return await chart.show(desk, work=html)


async def transact(desk: Desk, bundle: Json) -> None:
    """Write a transaction. Raises the Fault that the record names."""
    await desk.journal.transact(msgspec.json.encode(bundle))


async def _beginning(desk: Desk, id: str, template: Template) -> dict[str, str]:
    """What a new note has in it: what its template says, and what it asks of the record."""
    room: Documentation = desk.documentation
    patient, conditions, allergies, medicines = await asyncio.gather(
        desk.read("Patient", id),
        desk.search("Condition", [("patient", id), ("clinical-status", "active"), ("_count", "60")]),
        desk.search("AllergyIntolerance", [("patient", id)]),
        desk.search("MedicationStatement", [("patient", id), ("status", "active"), ("_count", "60")]),
    )
    known = {
        "patient": [patient],
        "conditions": conditions,
        "allergies": allergies,
        "medicines": medicines,
    }
    questionnaire = template.questionnaire
    return responses.initial(questionnaire) | room.expressions.prefilled(questionnaire, known)


async def _known(desk: Desk, on: Sheet) -> dict[str, recall.Known]:
    asked = recall.asked(on.nodes)
    if not any(one.fresh for one in asked):
        return {}
    wanted = {f"{one.system}|{one.code}" for one in asked if one.fresh}
    wanted |= {f"http://loinc.org|{one.panel}" for one in asked if one.panel}
    patient = ("patient", desk.part_of_path("id"))
    found = await desk.search(
        "Observation", [patient, ("code", ",".join(sorted(wanted))), ("_sort", "-date"), ("_count", "100")]
    )
    return recall.recall(on.nodes, found, desk.now)
