"""What the answers of a note are in the record: each once, as an Observation, Condition, AllergyIntolerance
or Procedure.

The identifier of each says which note it comes from and which place in that, so that a note that is signed
again writes the same resources anew, and what is no longer answered can be told from what is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from fellesjournal.documentation import answers
from fellesjournal.documentation.concepts import LOINC, Concept, concept_of
from fellesjournal.documentation.rules import ASIDE, Node, Row, answered

Json = dict[str, Any]

ORIGIN = "https://fellesjournal.no/fhir/NamingSystem/notat"
"""The system of the identifier that says which note, and which place in it, a resource comes from."""
FILE = "https://fellesjournal.no/fhir/NamingSystem/notat-fil"
"""The system of what a file is known by in the answers of a note."""
NO_FILES: Mapping[str, Json] = {}
REASON = "https://fellesjournal.no/fhir/StructureDefinition/feilforingsgrunn"
"""The extension that says why a note was entered in error."""
CONFIRMED = ASIDE[0]
"""Before the place of a field: that it holds a value of the record, and which."""
_NAMESPACE = UUID("9d1f6f0e-6f0b-4c3e-9a55-0d7b0f0e9b11")
_HL7 = "http://terminology.hl7.org/CodeSystem/"
_PANELS = {"85354-9": "Blodtrykk"}
_OIDS = {
    "http://hl7.org/fhir/sid/icd-10-no": "urn:oid:2.16.578.1.12.4.1.1.7110",
    "http://hl7.org/fhir/sid/icpc-2": "urn:oid:2.16.578.1.12.4.1.1.7170",
}
"""What conditions are coded with in the record, by the name of the value set that was chosen from."""


class Signer(NamedTuple):
    """Whose note it is, about whom: references with names; ISO moments of what it tells of (`when`: also
    after it has been amended) and of the writing. `cosigner` is asked to sign it too; None: nobody is. `role`
    is the one that it is written in."""

    note: str
    patient: str
    author: Json
    custodian: Json
    when: str
    written: str
    cosigner: Json | None = None
    role: str = ""


class Extracted(NamedTuple):
    """What is new, and which resources of the record were confirmed instead of written again."""

    resources: list[Json]
    confirmed: list[str]


def extract(
    nodes: Sequence[Node], fields: Mapping[str, str], signer: Signer, files: Mapping[str, Json] = NO_FILES
) -> Extracted:
    """The resources of a note's answers. A field that holds a confirmed value makes none. `files` are
    Attachments with their data, by what answers know them by."""
    made: list[Json] = []
    panels: dict[str, Json] = {}
    confirmed: list[str] = []
    for node, row, answer in answered(nodes):
        concept = concept_of(node.item)
        if file := files.get(answer.get("valueAttachment", {}).get("id", "")):
            made.append(_document(row, file, signer))
        if concept is None:
            continue
        source, _, text = fields.get(CONFIRMED + row.place, "").partition("=")
        if source and text == row.text:
            confirmed.append(source)
        elif concept.panel:
            panel = panels.get(concept.panel)
            if panel is None:
                panel = panels[concept.panel] = _panel(concept, signer)
                made.append(panel)
            panel["component"].append({"code": _code(concept)} | _value(concept, node, answer))
        else:
            made.append(_KINDS[concept.kind](concept, node, row, answer, signer))
    return Extracted(made, list(dict.fromkeys(confirmed)))


def resource_id(note: str, place: str) -> str:
    """What an answer at a place is called within its transaction."""
    return str(uuid5(_NAMESPACE, f"{note}/{place}"))


def origin(resource: Mapping[str, Any]) -> str:
    """Which note and place a resource comes from; "" for what no note made."""
    given = resource.get("identifier", ())
    several = [given] if isinstance(given, dict) else given
    return next((str(one["value"]) for one in several if one.get("system") == ORIGIN), "")


def amended_by(composition: Json, reader: str) -> str:
    """The number of a note that this reader ("Practitioner/7") has written here, from a template, and may so
    amend, move or take back; "" of any other, and of what is taken back already."""
    ours = composition.get("identifier", {}).get("system") == ORIGIN
    by = any(one.get("reference") == reader for one in composition["author"])
    is_theirs = ours and by and composition["status"] != "entered-in-error"
    return str(composition["identifier"]["value"]) if is_theirs else ""


def is_from(resource: Mapping[str, Any], note: str) -> bool:
    """Whether a resource was made by a note."""
    return origin(resource).startswith(f"{note}/")


def retracted(resource: Json) -> Json:
    """A resource as entered in error, by the word its type has for that."""
    wrong = {"coding": [{"code": "entered-in-error"}]}
    match resource["resourceType"]:
        case "Condition" | "AllergyIntolerance" as kind:
            system = "condition-ver-status" if kind == "Condition" else "allergyintolerance-verification"
            wrong["coding"][0]["system"] = _HL7 + system
            kept = {name: value for name, value in resource.items() if name != "clinicalStatus"}
            return kept | {"verificationStatus": wrong}
    return resource | {"status": "entered-in-error"}


def _head(kind: str, place: str, signer: Signer) -> Json:
    return {
        "resourceType": kind,
        "id": resource_id(signer.note, f"{kind}/{place}"),
        "identifier": [{"system": ORIGIN, "value": f"{signer.note}/{place}"}],
    }


def _panel(concept: Concept, signer: Signer) -> Json:
    text = _PANELS[concept.panel]
    code = {"coding": [{"system": LOINC, "code": concept.panel}], "text": text}
    return _observed(concept, f"panel-{concept.panel}", code, signer) | {"component": []}


def _observed(concept: Concept, place: str, code: Json, signer: Signer) -> Json:
    category = {"system": f"{_HL7}observation-category", "code": concept.category}
    return _head("Observation", place, signer) | {
        "status": "final",
        "category": [{"coding": [category]}],
        "code": code,
        "subject": {"reference": signer.patient},
        "effectiveDateTime": signer.when,
        "performer": [signer.author],
    }


def _observation(concept: Concept, node: Node, row: Row, answer: Json, signer: Signer) -> Json:
    return _observed(concept, row.place, _code(concept), signer) | _value(concept, node, answer)


def _condition(concept: Concept, node: Node, row: Row, answer: Json, signer: Signer) -> Json:
    return _head("Condition", row.place, signer) | {
        "clinicalStatus": _status("condition-clinical", "active"),
        "verificationStatus": _status("condition-ver-status", "confirmed"),
        "category": [_status("condition-category", "problem-list-item")],
        "code": _concept(answer),
        "subject": {"reference": signer.patient},
        "onsetDateTime": signer.when[:10],
        "recordedDate": signer.when[:10],
        "recorder": signer.author,
    }


def _allergy(concept: Concept, node: Node, row: Row, answer: Json, signer: Signer) -> Json:
    return _head("AllergyIntolerance", row.place, signer) | {
        "clinicalStatus": _status("allergyintolerance-clinical", "active"),
        "verificationStatus": _status("allergyintolerance-verification", "unconfirmed"),
        "code": _concept(answer),
        "patient": {"reference": signer.patient},
        "recordedDate": signer.when,
        "recorder": signer.author,
    }


def _procedure(concept: Concept, node: Node, row: Row, answer: Json, signer: Signer) -> Json:
    return _head("Procedure", row.place, signer) | {
        "status": "completed",
        "code": _concept(answer),
        "subject": {"reference": signer.patient},
        "performedDateTime": signer.when,
        "performer": [{"actor": signer.author}],
    }


def _document(row: Row, file: Json, signer: Signer) -> Json:
    """A file as a document of the citizen's, known by the same name in the form and in the record."""
    key = {"system": FILE, "value": file["id"]}
    attachment = {name: value for name, value in file.items() if name != "id"}
    return _head("DocumentReference", row.place, signer) | {
        "masterIdentifier": key,
        "status": "current",
        "description": file["title"],
        "subject": {"reference": signer.patient},
        "date": signer.when,
        "author": [signer.author],
        "content": [{"attachment": attachment}],
    }


_KINDS = {
    "Observation": _observation,
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "Procedure": _procedure,
}


def _value(concept: Concept, node: Node, answer: Json) -> Json:
    number = answers.number_of(answer)
    if number is not None:
        unit = answers.unit_of(node.item)
        value = int(number) if number == int(number) else number
        return {"valueQuantity": {"value": value} | unit}
    for name in ("valueBoolean", "valueString", "valueDateTime", "valueTime"):
        if name in answer:
            return {name: answer[name]}
    if "valueDate" in answer:
        return {"valueDateTime": answer["valueDate"]}
    return {"valueCodeableConcept": _concept(answer)}


def _concept(answer: Json) -> Json:
    if "valueCoding" not in answer:
        return {"text": answers.said(answer)}
    coding = answer["valueCoding"]
    named = coding | {"system": _OIDS.get(coding["system"], coding["system"])}
    return {"coding": [named], "text": coding.get("display", coding["code"])}


def _code(concept: Concept) -> Json:
    return {"coding": [{"system": concept.system, "code": concept.code}], "text": concept.text}


def _status(system: str, code: str) -> Json:
    return {"coding": [{"system": _HL7 + system, "code": code}]}
