"""The forms of a citizen on one page, and the page on which one begins, goes on, or gives up."""

from starlette.responses import Response

from fellesjournal.documentation import responses
from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.store import Draft, Key
from fellesjournal.errors import Gone, Invalid, NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import sent, shelf
from fellesjournal.portal.forms.choices import filled
from fellesjournal.portal.forms.sheet import sheet
from fellesjournal.portal.forms.shelf import Form
from fellesjournal.portal.forms.words import due, lines
from fellesjournal.ui.naming import Json

_NAME_KIN = "http://hl7.org/fhir/v3/RoleCode"
"""The system in which Helsenorge's forms ask who answers for somebody."""
_PARENT, _GRANTED = "PRN", "GRANTEE"


async def show(folder: Folder) -> Response:
    """What waits, what was begun, what may be sent, and what was sent."""
    if not folder.reads("QuestionnaireResponse"):
        raise NotFound("There are no forms here.")
    may = folder.writes("QuestionnaireResponse")
    return folder.page(
        "forms.html",
        live=("QuestionnaireResponse", "ServiceRequest", "Task"),
        may=may,
        waiting=[
            (key, title, one, due(folder.t, one, folder.now))
            for key, title, one in await shelf.waiting(folder)
        ]
        if may
        else [],
        begun=await begun(folder) if may else [],
        offered=await shelf.offered(folder) if may else [],
        sent=await sent.rows(folder),
        kept=folder.asked("lagret") == "ja",
        gone=folder.asked("borte") == "ja",
        said=folder.asked("sendt") == "ja",
    )


async def begun(folder: Folder) -> list[tuple[str, str, str, str]]:
    """What the visitor has begun and not sent: key, title, when it was last written in, and the day when it
    is forgotten."""
    drafts = await folder.documentation.drafts.of(folder.citizen, folder.actor.person)
    found = []
    for draft in drafts:
        id, _, rest = draft.template.partition("@")
        task = rest.partition("~")[2]
        try:
            title = own_forms().get(id) or await folder.read("Questionnaire", id)
            form = shelf.made(folder, title, rest.partition("~")[0], task)
        except (NotFound, Gone, Invalid):
            continue
        until = draft.changed + folder.documentation.drafts.lasts
        found.append((form.key, form.title, draft.changed.isoformat(), until.isoformat()))
    return found


async def start(folder: Folder) -> Response:
    """What a form is for, before its first question; and what was written in one that is closed."""
    form, draft = await shelf.opened(folder)
    touched = draft if draft and not draft.is_untouched else None
    written = lines(folder.t, (await sheet(folder, form, touched)).nodes) if touched and form.closed else []
    days = folder.documentation.drafts.lasts.days
    until = due(folder.t, await shelf.asking(folder, form), folder.now)
    return folder.page("form-start.html", form=form, draft=touched, lines=written, days=days, due=until)


async def begin(folder: Folder) -> Response:
    """The first step of a form, or where one was; from the beginning where that is asked for."""
    form, draft = await shelf.opened(folder)
    if form.closed:
        return folder.redirect(f"/skjema/{form.key}")
    if draft and folder.form.get("gjor") == "forfra":
        await folder.documentation.drafts.drop(_key(draft, folder), draft.id)
        form, draft = await shelf.opened(folder)
    if draft is None or draft.is_untouched:
        draft = await folder.documentation.drafts.begin(
            shelf.key_of(folder, form), await _beginning(folder, form)
        )
    on = await sheet(folder, form, draft)
    return folder.redirect(f"/skjema/{form.key}/{on.after(0) or 'svar'}")


async def drop(folder: Folder) -> Response:
    """Throw away what was written."""
    _, draft = await shelf.opened(folder)
    if draft:
        await folder.documentation.drafts.drop(_key(draft, folder), draft.id)
    return folder.redirect("/skjema")


def _key(draft: Draft, folder: Folder) -> Key:
    return Key(draft.patient, folder.actor.person, draft.template)


async def _beginning(folder: Folder, form: Form) -> dict[str, str]:
    """What a new form has in it: what it says itself, and what it asks of the record."""
    questionnaire = await filled(folder, form.questionnaire)
    known: dict[str, list[Json]] = {
        "patient": [_named(await folder.read("Patient", folder.citizen))],
        "representative": [_representative(folder)] if folder.actor.represents else [],
        "conditions": await folder.search("Condition", [("patient", folder.citizen), ("_count", "50")]),
        "allergies": await folder.search(
            "AllergyIntolerance", [("patient", folder.citizen), ("_count", "50")]
        ),
        "medicines": await folder.search(
            "MedicationStatement", [("patient", folder.citizen), ("_count", "50")]
        ),
    }
    prefilled = folder.documentation.expressions.prefilled(questionnaire, known)
    return responses.initial(questionnaire) | prefilled


def _named(patient: Json) -> Json:
    """A citizen whose names and numbers are the official ones where nothing else is said."""
    return patient | {
        name: [{"use": "official", **one} for one in patient[name]]
        for name in ("name", "identifier")
        if name in patient
    }


def _representative(folder: Folder) -> Json:
    """Who answers for the citizen, as forms ask about that."""
    code = _PARENT if folder.actor.represents_by == "parent" else _GRANTED
    given, _, family = folder.actor.display.rpartition(" ")
    name = {"use": "official", "family": family} | ({"given": [given]} if given else {})
    return {
        "resourceType": "RelatedPerson",
        "name": [name],
        "relationship": [{"coding": [{"system": _NAME_KIN, "code": code}]}],
    }
