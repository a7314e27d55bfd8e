"""The Bundle of an International Patient Summary (FHIR R4 documents.html; hl7.org/fhir/uv/ips)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from fellesjournal.fhir.summary.sections import LOINC, SUMMARY, Section
from fellesjournal.fhir.summary.telling import key, told

Json = dict[str, Any]

_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
TITLE = {"nb": "Sammendrag av journalen", "nn": "Samandrag av journalen", "en": "Patient summary"}
NOTHING = {
    "nb": "Det er ingen opplysninger her.",
    "nn": "Det er ingen opplysningar her.",
    "en": "There is no information here.",
}


class Filled(NamedTuple):
    """A section with its resources. `withheld`: the one who asks does not read such resources."""

    section: Section
    resources: Sequence[Json]
    withheld: bool = False


def chosen(section: Section, found: Iterable[Json]) -> list[Json]:
    """What of a search's answer the section holds: nothing that was entered in error."""
    kept = [one for one in found if one["resourceType"] == section.type and not _is_wrong(one)]
    if section.status:
        kept = [one for one in kept if one.get("status") == section.status]
    if section.newest:
        kept = list({key(one): one for one in reversed(kept)}.values())[::-1]
    return kept[: section.most]


def document(
    base: str, patient: Json, filled: Sequence[Filled], now: datetime, language: str, author: str
) -> Json:
    """The document: a Composition first, then the patient, the author (a Device of that name), and every
    resource once. `base` is the address below which resources are read, `language` nb, nn or en.
    """
    moment = now.isoformat(timespec="seconds")
    made = uuid5(NAMESPACE_URL, f"{base}/Patient/{patient['id']}/$summary?{moment}")
    device = {
        "resourceType": "Device",
        "id": str(uuid5(made, "author")),
        "deviceName": [{"name": author, "type": "user-friendly-name"}],
    }
    composition = {
        "resourceType": "Composition",
        "id": str(made),
        "language": language,
        "status": "final",
        "type": {"coding": [{"system": LOINC, "code": SUMMARY, "display": "Patient summary Document"}]},
        "subject": {"reference": f"Patient/{patient['id']}"},
        "date": moment,
        "author": [{"reference": f"Device/{device['id']}", "display": author}],
        "title": TITLE[language],
        "section": [_section(one, language) for one in filled],
    }
    every = {f"{one['resourceType']}/{one['id']}": one for part in filled for one in part.resources}
    return {
        "resourceType": "Bundle",
        "language": language,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{made}"},
        "type": "document",
        "timestamp": moment,
        "entry": [
            {"fullUrl": f"{base}/Composition/{made}", "resource": composition},
            {"fullUrl": f"{base}/Patient/{patient['id']}", "resource": patient},
            {"fullUrl": f"{base}/Device/{device['id']}", "resource": device},
            *({"fullUrl": f"{base}/{name}", "resource": one} for name, one in every.items()),
        ],
    }


def _section(filled: Filled, language: str) -> Json:
    section, resources = filled.section, filled.resources
    made: Json = {
        "title": section.title[language],
        "code": {"coding": [{"system": LOINC, "code": section.code}]},
        "text": {"status": "generated", "div": _div([told(one, language) for one in resources], language)},
    }
    if resources:
        return made | {"entry": [{"reference": f"{one['resourceType']}/{one['id']}"} for one in resources]}
    code = "withheld" if filled.withheld else "unavailable"
    return made | {"emptyReason": {"coding": [{"system": _EMPTY, "code": code}], "text": NOTHING[language]}}


def _div(lines: Sequence[str], language: str) -> str:
    inner = "".join(f"<li>{escape(line)}</li>" for line in lines)
    inner = f"<ul>{inner}</ul>" if inner else f"<p>{NOTHING[language]}</p>"
    return f'<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="{language}" lang="{language}">{inner}</div>'


def _is_wrong(resource: Mapping[str, Any]) -> bool:
    verified = resource.get("verificationStatus", {}).get("coding", ())
    codes = {one.get("code") for one in verified} | {resource.get("status")}
    return bool(codes & {"entered-in-error", "refuted"})
