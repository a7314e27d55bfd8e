"""Answers that a citizen sends: a QuestionnaireResponse in the record, and a Communication to the unit that
looks at them, which is done when all of them are confirmed or set aside. Pure.

Both bear the id of the draft they come from, and are created only where none has it: sending twice sends
once.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from fellesjournal.documentation.extraction import ORIGIN
from fellesjournal.documentation.responses import items_of
from fellesjournal.documentation.rules import Node

Json = dict[str, Any]

_BASE = "https://fellesjournal.no/fhir/"
EDITION = _BASE + "StructureDefinition/skjema-utgave"
"""The extension that says in which version of a Questionnaire was answered: "id@version"."""
ANSWERS = _BASE + "StructureDefinition/svar-pa"
"""The extension that says which task or request is answered."""
SYSTEM, CODE = _BASE + "CodeSystem/melding-slag", "skjemasvar"
CATEGORY = f"{SYSTEM}|{CODE}"
"""What the Communications of answers are found by."""
_IDENTIFIER = "urn:uuid:"


class Sending(NamedTuple):
    """What is sent: the draft's id, the form with its edition, about whom, by whom, to which unit ({}: to
    none), an ISO moment, and the reference of what is answered ("": nothing)."""

    id: str
    questionnaire: Json
    edition: str
    patient: str
    author: Json
    unit: Json
    when: str
    answers: str = ""


def sent(sending: Sending, nodes: Sequence[Node], files: Mapping[str, Json]) -> Json:
    """The transaction. `files` are Attachments with their data, by what answers know them by."""
    response = _response(sending, nodes, files)
    entries = [_entry(_IDENTIFIER + sending.id, response)]
    if sending.unit:
        entries.append(_entry("", _message(sending)))
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def edition_of(response: Mapping[str, Any]) -> tuple[str, str]:
    """The id and version of the Questionnaire that was answered; "" for what does not say so."""
    said = (one.get("valueString", "") for one in response.get("extension", ()) if one["url"] == EDITION)
    id, _, version = next(said, "").partition("@")
    return id, version


def answered_by(response: Mapping[str, Any]) -> str:
    """The reference of what a response answers; "" for one that nobody asked for."""
    told = (one.get("valueReference", {}) for one in response.get("extension", ()) if one["url"] == ANSWERS)
    return str(next((one.get("reference", "") for one in told), ""))


def _response(sending: Sending, nodes: Sequence[Node], files: Mapping[str, Json]) -> Json:
    form = sending.questionnaire
    told: list[Json] = [{"url": EDITION, "valueString": sending.edition}]
    if sending.answers:
        told.append({"url": ANSWERS, "valueReference": {"reference": sending.answers}})
    made: Json = {
        "resourceType": "QuestionnaireResponse",
        "extension": told,
        "identifier": {"system": ORIGIN, "value": sending.id},
        "status": "completed",
        "subject": {"reference": sending.patient},
        "authored": sending.when,
        "author": sending.author,
        "source": sending.author,
    }
    if "url" in form:
        made["questionnaire"] = f"{form['url']}|{form['version']}" if "version" in form else form["url"]
        made["_questionnaire"] = {"extension": [{"url": _TITLE, "valueString": form["title"]}]}
    items = [_with_files(one, files) for one in items_of(nodes)]
    return made | ({"item": items} if items else {})


_TITLE = "http://hl7.org/fhir/StructureDefinition/display"
"""What a canonical is called (R4 extension display)."""


def _message(sending: Sending) -> Json:
    return {
        "resourceType": "Communication",
        "identifier": [{"system": ORIGIN, "value": sending.id}],
        "status": "in-progress",
        "category": [{"coding": [{"system": SYSTEM, "code": CODE}], "text": "Svar på skjema"}],
        "subject": {"reference": sending.patient},
        "topic": {"text": sending.questionnaire["title"]},
        "sent": sending.when,
        "sender": sending.author,
        "recipient": [sending.unit],
        "payload": [{"contentReference": {"reference": _IDENTIFIER + sending.id}}],
    } | ({"basedOn": [{"reference": sending.answers}]} if sending.answers else {})


def _entry(name: str, resource: Json) -> Json:
    given = resource["identifier"]
    key = given if isinstance(given, dict) else given[0]
    asked = quote(f"{ORIGIN}|{key['value']}", safe="")
    request = {
        "method": "POST",
        "url": resource["resourceType"],
        "ifNoneExist": f"identifier={asked}",
    }
    return {"resource": resource, "request": request} | ({"fullUrl": name} if name else {})


def _with_files(item: Json, files: Mapping[str, Json]) -> Json:
    """An item of a response whose attachments hold what was sent."""
    made = dict(item)
    if "answer" in item:
        made["answer"] = [_with_file(one, files) for one in item["answer"]]
    if "item" in item:
        made["item"] = [_with_files(one, files) for one in item["item"]]
    return made


def _with_file(answer: Json, files: Mapping[str, Json]) -> Json:
    inner = {"item": [_with_files(one, files) for one in answer["item"]]} if "item" in answer else {}
    file = files.get(answer.get("valueAttachment", {}).get("id", ""))
    return answer | inner | ({"valueAttachment": file} if file else {})
