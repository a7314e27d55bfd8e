"""A note signed, amended, or taken back: one transaction of FHIR resources.

Everything that a note makes bears its identifier, by which a new version is written over the old one. The
Composition points to all that the answers became, so that what is amended away, or was written about the
wrong citizen, can be retracted.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fellesjournal.documentation import cosigning, narrative
from fellesjournal.documentation.extraction import (
    FILE,
    NO_FILES,
    ORIGIN,
    REASON,
    Signer,
    extract,
    is_from,
    origin,
    resource_id,
    retracted,
)
from fellesjournal.documentation.provenance import Mark
from fellesjournal.documentation.responses import items_of
from fellesjournal.documentation.rules import Node
from fellesjournal.documentation.templates import Template
from fellesjournal.norway.codes.documents import DOCUMENT

Json = dict[str, Any]


def signed(
    template: Template,
    nodes: Sequence[Node],
    fields: Mapping[str, str],
    signer: Signer,
    earlier: Sequence[Json] = (),
    marks: Sequence[Mark] = (),
    files: Mapping[str, Json] = NO_FILES,
) -> Json:
    """The transaction that signs a note, or amends it. `earlier` is what the note made when it was signed
    before, its Composition and QuestionnaireResponse among that: nothing for a new one. `marks` tell where
    stretches of its text come from; `files` are those that were sent since."""
    extracted = extract(nodes, fields, signer, {**files_of(earlier), **files})
    there = {(one["resourceType"], origin(one)): one for one in earlier}
    new = map(cosigning.provisional, extracted.resources) if signer.cosigner else extracted.resources
    written = [_over(one, there) for one in new]
    references = [*map(_reference, written), *extracted.confirmed]
    state = "amended" if earlier else "completed"
    response = _over(_response(template, nodes, signer, state), there)
    parts = _sections(nodes, references, marks)
    composition = _over(_composition(template, signer, parts, amended=bool(earlier)), there)
    if before := there.get(("Composition", signer.note)):
        composition["section"] = [*composition["section"], *cosigning.added(before)]
    kept = {(one["resourceType"], origin(one)) for one in written}
    gone = [retracted(one) for key, one in there.items() if is_from(one, signer.note) and key not in kept]
    return _transaction([*written, *gone, response, composition])


def files_of(earlier: Sequence[Json]) -> dict[str, Json]:
    """The files that a note has already, by what its answers know them by."""
    documents = [one for one in earlier if one["resourceType"] == "DocumentReference"]
    return {
        key["value"]: one["content"][0]["attachment"] | {"id": key["value"]}
        for one in documents
        if (key := one.get("masterIdentifier", {})).get("system") == FILE
    }


def taken_back(earlier: Sequence[Json], note: str, reason: str) -> Json:
    """The transaction that marks a whole note, and all it made, as entered in error."""
    ours = [one for one in earlier if is_from(one, note) or origin(one) == note]
    marked = [retracted(one) for one in ours]
    for one in marked:
        if one["resourceType"] == "Composition":
            one["extension"] = [*one.get("extension", ()), {"url": REASON, "valueString": reason}]
    return _transaction(marked)


def written_over(resources: Sequence[Json]) -> Json:
    """The transaction that writes the next versions of resources that were read."""
    return _transaction(resources)


def made_by(composition: Mapping[str, Any]) -> list[str]:
    """References to all that the answers of a note became or confirmed."""
    sections = composition.get("section", ())
    return list(dict.fromkeys(one["reference"] for part in sections for one in part.get("entry", ())))


def _response(template: Template, nodes: Sequence[Node], signer: Signer, state: str) -> Json:
    items = items_of(nodes)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": resource_id(signer.note, "response"),
        "identifier": {"system": ORIGIN, "value": signer.note},
        "questionnaire": template.canonical,
        "status": state,
        "subject": {"reference": signer.patient},
        "authored": signer.when,
        "author": signer.author,
    } | ({"item": items} if items else {})


def _sections(nodes: Sequence[Node], references: Sequence[str], marks: Sequence[Mark]) -> list[Json]:
    parts: list[Json] = []
    for title, lines in narrative.sections(nodes):
        told = [one.extension for one in marks if any(one.text in text for _, text in lines)]
        parts.append({"title": title, "text": {"status": "generated", "div": narrative.div(lines)}})
        parts[-1] |= {"extension": told} if told else {}
    if parts and references:
        parts[0]["entry"] = [{"reference": one} for one in references]
    return parts


def _composition(template: Template, signer: Signer, parts: Sequence[Json], *, amended: bool) -> Json:
    kind = DOCUMENT.find(template.kind)
    assert kind is not None
    more: Json = {"custodian": signer.custodian} if signer.custodian else {}
    status = "amended" if amended else "final"
    if signer.cosigner:
        status = "preliminary"
        more["attester"] = cosigning.attesters(signer.author, signer.cosigner, signer.written)
        more["extension"] = [cosigning.written_as(signer.role)]
    return {
        "resourceType": "Composition",
        "id": resource_id(signer.note, "composition"),
        "identifier": {"system": ORIGIN, "value": signer.note},
        "status": status,
        "type": {
            "coding": [{"system": DOCUMENT.system, "code": kind.code, "display": kind.display}],
            "text": template.title,
        },
        "subject": {"reference": signer.patient},
        "date": signer.written,
        "author": [signer.author],
        "title": template.title,
        "section": parts,
    } | more


def _over(made: Json, there: Mapping[tuple[str, str], Json]) -> Json:
    """What was made, as the next version of what is there of the same origin."""
    before = there.get((made["resourceType"], origin(made)))
    return made | {"id": before["id"], "meta": before["meta"]} if before else made


def _transaction(resources: Iterable[Json]) -> Json:
    """Each is written over the version that is known, or over whatever has its identifier: signing twice
    makes nothing twice."""
    return {"resourceType": "Bundle", "type": "transaction", "entry": [*map(_entry, resources)]}


def _entry(one: Json) -> Json:
    if "meta" in one:
        match = f'W/"{one["meta"]["versionId"]}"'
        return {"resource": one, "request": {"method": "PUT", "url": _reference(one), "ifMatch": match}}
    asked = quote(f"{ORIGIN}|{origin(one)}", safe="")
    request = {"method": "PUT", "url": f"{one['resourceType']}?identifier={asked}"}
    new = {name: value for name, value in one.items() if name != "id"}
    return {"fullUrl": _reference(one), "resource": new, "request": request}


def _reference(resource: Mapping[str, Any]) -> str:
    """How others of the transaction point to a resource: by its id where it has one already."""
    if "meta" in resource:
        return f"{resource['resourceType']}/{resource['id']}"
    return f"urn:uuid:{resource['id']}"
