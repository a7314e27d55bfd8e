"""A citizen is asked to answer a form: a task of theirs, from the unit, on the first page of the portal."""

from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.prepared import prepared, title_of
from fellesjournal.documentation.templates import BASE
from fellesjournal.errors import Invalid
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json

MOST = "200"


async def forms(desk: Desk) -> list[tuple[str, str]]:
    """What a citizen can be asked to answer: id and title, by title."""
    known = (await _known(desk)).values()
    return sorted(((one["id"], title_of(one, desk.visit.language)) for one in known), key=lambda row: row[1])


async def ask(desk: Desk) -> Json | None:
    """Write the task for the form that was chosen; None where there is none that can be filled in."""
    form = (await _known(desk)).get(desk.form.get("skjema", ""))
    if form is None or not _is_sound(form):
        return None
    patient = {"reference": f"Patient/{desk.part_of_path('id')}"}
    named: Json = {"focus": {"reference": f"Questionnaire/{form['id']}"}}
    if form["id"] in own_forms():
        named = {"input": [{"type": {"text": "skjema"}, "valueCanonical": form["url"]}]}
    return await desk.create({
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "code": {"text": title_of(form, "nb")},
        "for": patient,
        "owner": patient,
        "requester": {"reference": desk.actor.unit, "display": desk.actor.unit_display},
        "authoredOn": desk.now.astimezone(OSLO).isoformat(timespec="seconds"),
        **named,
    })  # fmt: skip


async def _known(desk: Desk) -> dict[str, Json]:
    """The forms there are, by id; templates of notes are no forms for citizens."""
    stored = await desk.search("Questionnaire", [("status", "active"), ("_count", MOST)])
    others = {one["id"]: one for one in stored if not one.get("url", "").startswith(BASE)}
    return {**own_forms(), **others}


def _is_sound(questionnaire: Json) -> bool:
    try:
        prepared(questionnaire)
    except Invalid:
        return False
    return True
