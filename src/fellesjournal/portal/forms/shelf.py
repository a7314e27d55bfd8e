"""The forms within a citizen's reach: those they are asked to answer, and those they may send by themselves.

A form is known in addresses by its Questionnaire's id, and where it answers a task by "id~task". Its draft is
bound to the version that it was begun in: a Questionnaire that changes meanwhile changes no answer.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fellesjournal.access.journal import Question
from fellesjournal.documentation.own_forms import is_offered, own_forms
from fellesjournal.documentation.prepared import description_of, prepared, title_of
from fellesjournal.documentation.store import Draft, Key
from fellesjournal.errors import Gone, Invalid, NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

MOST = "200"
OPEN = "requested,received,accepted,ready,in-progress"
"""The statuses of a task that waits for who it is for."""
REQUESTED = "http://hl7.org/fhir/StructureDefinition/servicerequest-questionnaireRequest"
_OWN_VERSION = "1"


class Form(NamedTuple):
    """One form, in the version that is answered, made ready in the visitor's language. `task` is the id of
    what asks for it ("": nothing does); `closed`: it is not sent any more, `changed`: there is a later
    version."""

    id: str
    version: str
    task: str
    questionnaire: Json
    description: str
    closed: bool = False
    changed: bool = False

    @property
    def key(self) -> str:
        """What stands for it in an address."""
        return f"{self.id}~{self.task}" if self.task else self.id

    @property
    def edition(self) -> str:
        """The version of the Questionnaire that is answered."""
        return f"{self.id}@{self.version}"

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.questionnaire["title"])


class Asked(NamedTuple):
    """Something that asks the citizen to answer a form: its id and reference, which form, by whom, since
    when, and until when an answer is wanted (Task.restriction.period.end; "": nobody says)."""

    id: str
    reference: str
    forms: frozenset[str]
    by: Json
    since: str
    due: str = ""


def key_of(folder: Folder, form: Form) -> Key:
    """Whose draft of what."""
    return Key(folder.citizen, folder.actor.person, f"{form.edition}~{form.task}")


async def opened(folder: Folder) -> tuple[Form, Draft | None]:
    """The form that the address names, with the visitor's draft. Raises NotFound for one out of reach, and
    where the visitor does not answer for the citizen."""
    id, _, task = folder.part_of_path("skjema").partition("~")
    if not folder.writes("QuestionnaireResponse"):
        raise NotFound("There is no form here.")
    newest = await _newest(folder, id)
    within = await _is_within_reach(folder, newest, task)
    version = _version_of(newest)
    key = Key(folder.citizen, folder.actor.person, f"{id}@{version}~{task}")
    draft = await folder.documentation.drafts.find(key) or await _older(folder, id, task)
    if draft is None and not within:
        raise NotFound("There is no such form.")
    begun = draft.template.partition("@")[2].partition("~")[0] if draft else version
    if draft and draft.is_untouched and begun != version:
        draft, begun = None, version
    questionnaire = newest if begun == version else await folder.read_version("Questionnaire", id, int(begun))
    return made(folder, questionnaire, begun, task, closed=not within, changed=begun != version), draft


def made(
    folder: Folder,
    questionnaire: Json,
    version: str,
    task: str = "",
    *,
    closed: bool = False,
    changed: bool = False,
) -> Form:
    """A form in the visitor's language. Raises Invalid for one that cannot be filled in."""
    language = folder.visit.language
    described = description_of(questionnaire, language)
    ready = prepared(questionnaire, language)
    return Form(questionnaire["id"], version, task, ready, described, closed, changed)


async def offered(folder: Folder) -> list[tuple[str, str, str]]:
    """What may be sent without being asked for: key, title and description, each once in the best
    language."""
    stored = await folder.search("Questionnaire", [("status", "active"), ("_count", MOST)])
    known = [*own_forms().values(), *filter(is_offered, stored)]
    language = folder.visit.language
    return [
        (one["id"], title_of(one, language), description_of(one, language))
        for one in _in_language(known, language)
        if _is_sound(one)
    ]


async def asked(folder: Folder) -> list[Asked]:
    """What asks the citizen to answer a form, answered or not, the oldest first."""
    tasks, requests = await folder.search_together(
        (
            Question("Task", [("patient", folder.citizen), ("status", OPEN), ("_count", MOST)]),
            Question("ServiceRequest", [("patient", folder.citizen), ("status", "active"), ("_count", MOST)]),
        )
    )
    found = [_of_task(one) for one in tasks if _is_theirs(folder, one)] + [
        _of_request(one) for one in requests
    ]
    return sorted((one for one in found if one.forms), key=lambda one: one.since)


async def asking(folder: Folder, form: Form) -> Asked | None:
    """What asks for a form; None where it is sent unasked."""
    if not form.task:
        return None
    return next((one for one in await asked(folder) if one.id == form.task), None)


async def waiting(folder: Folder) -> list[tuple[str, str, Asked]]:
    """What is asked for and not answered yet: the key and title of each form, and what asks."""
    answered = {one for response in await responses(folder) for one in answers_to(response)}
    left = [one for one in await asked(folder) if one.reference not in answered]
    if not left:
        return []
    stored = [*own_forms().values(), *await _named(folder, left)]
    found = []
    for one in left:
        named = [form for form in stored if _names(one, form)]
        others = [form for form in stored if any(_same(form, each) for each in named)]
        forms = [form for form in (*named, *others) if form["status"] == "active"]
        for form in _in_language(forms, folder.visit.language)[:1]:
            found.append((f"{form['id']}~{one.id}", title_of(form, folder.visit.language), one))
    return found


async def responses(folder: Folder) -> list[Json]:
    """The answers about the citizen that a citizen has sent, the newest first."""
    found = await folder.search(
        "QuestionnaireResponse", [("patient", folder.citizen), ("_sort", "-authored"), ("_count", MOST)]
    )
    return [one for one in found if one.get("author", {}).get("reference", "").startswith("Patient/")]


def answers_to(response: Mapping[str, object]) -> set[str]:
    """What a response says it answers, as references."""
    return naming.references(response.get("extension", []))


async def _newest(folder: Folder, id: str) -> Json:
    own = own_forms().get(id)
    try:
        return own or await folder.read("Questionnaire", id)
    except Gone as fault:
        raise NotFound("There is no such form any more.") from fault


def _version_of(questionnaire: Json) -> str:
    return str(questionnaire.get("meta", {}).get("versionId", _OWN_VERSION))


async def _older(folder: Folder, id: str, task: str) -> Draft | None:
    """A draft in a version before the newest."""
    found = await folder.documentation.drafts.of(folder.citizen, folder.actor.person)
    begins, ends = f"{id}@", f"~{task}"
    fitting = (one for one in found if one.template.startswith(begins) and one.template.endswith(ends))
    return next(fitting, None)


async def _is_within_reach(folder: Folder, questionnaire: Json, task: str) -> bool:
    """Whether the citizen may send the form now: it is offered to everybody, or something asks for it."""
    if questionnaire["status"] != "active":
        return False
    if not task:
        return is_offered(questionnaire)
    found = [one for one in await asked(folder) if one.id == task]
    if any(_names(one, questionnaire) for one in found):
        return True
    others = await _named(folder, found)
    return any(_same(one, questionnaire) for one in others)


async def _named(folder: Folder, asking: list[Asked]) -> list[Json]:
    """The Questionnaires that are asked for, with the other languages of each."""
    ids = {ref.partition("/")[2] for one in asking for ref in one.forms if ref.startswith("Questionnaire/")}
    urls = {ref for one in asking for ref in one.forms}
    found: list[Json] = []
    for name, values in (("_id", ids), ("url", urls)):
        if values:
            wanted = ",".join(sorted(one.replace(",", "\\,") for one in values))
            found += await folder.search("Questionnaire", [(name, wanted), ("_count", MOST)])
    names = sorted({one["name"].replace(",", "\\,") for one in found if "name" in one})
    if names:
        found += await folder.search("Questionnaire", [("name:exact", ",".join(names)), ("_count", MOST)])
    return list({one["id"]: one for one in found}.values())


def _names(asking: Asked, questionnaire: Json) -> bool:
    own = {f"Questionnaire/{questionnaire['id']}", questionnaire.get("url", "")} - {""}
    return bool(own & asking.forms)


def _same(one: Json, other: Json) -> bool:
    """Whether two Questionnaires are one form in two languages: Helsenorge keeps each by itself."""
    return "name" in one and bool(
        (one["name"], one.get("version")) == (other.get("name"), other.get("version"))
    )


def _in_language(known: list[Json], language: str) -> list[Json]:
    """Each form once: in a language where it is there in that, else as it was first found."""
    found: dict[tuple[str, str], Json] = {}
    for one in known:
        key = (str(one.get("name", one["id"])), str(one.get("version", "")))
        if key not in found or one.get("language", "").startswith(language):
            found[key] = one
    return list(found.values())


def _is_sound(questionnaire: Json) -> bool:
    try:
        prepared(questionnaire)
    except Invalid:
        return False
    return True


def _is_theirs(folder: Folder, task: Json) -> bool:
    """Whether it is the citizen who is to do it, and no unit."""
    return bool(task.get("owner", {}).get("reference", folder.patient) == folder.patient)


def _of_task(task: Json) -> Asked:
    inputs = task.get("input", ())
    named = [task.get("focus", {}), *(one.get("valueReference", {}) for one in inputs)]
    made = _asked(task, named, [one.get("valueCanonical", "") for one in inputs])
    return made._replace(due=task.get("restriction", {}).get("period", {}).get("end", ""))


def _of_request(request: Json) -> Asked:
    told = (one for one in request.get("extension", ()) if one["url"] == REQUESTED)
    return _asked(request, [one.get("valueReference", {}) for one in told])


def _asked(one: Json, named: list[Json], canonicals: Sequence[str] = ()) -> Asked:
    references = (ref.get("reference", "").partition("/_history/")[0] for ref in named)
    forms = {ref for ref in references if ref.startswith("Questionnaire/")}
    forms |= {url.partition("|")[0] for url in canonicals} - {""}
    reference = f"{one['resourceType']}/{one['id']}"
    return Asked(one["id"], reference, frozenset(forms), one.get("requester", {}), one.get("authoredOn", ""))
