"""The page of the archive that people read: the record by kinds in plain words, the newest first, with the
texts of notes and messages.
"""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from fellesjournal.fhir.summary.telling import told
from fellesjournal.portal.folder import Folder
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.narrative import sections
from fellesjournal.ui.norwegian import day

OTHER = "Other"
NOT_SAID = {
    *("Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "HealthcareService"),
    *("Provenance", "AuditEvent", "List", "CareTeam", "AppointmentResponse", "ImagingStudy"),
}
"""What is about others, or says nothing that is not told with something else: the files have it."""


class Told(NamedTuple):
    """One thing: its kind, its line, the texts below it, when it was, and its file there ("": none)."""

    kind: str
    line: str
    texts: tuple[str, ...]
    when: str
    path: str


def tell(resource: Json, language: str, path: str) -> Told | None:
    """A resource in words; None for what the page does not tell."""
    kind = resource["resourceType"]
    if kind in NOT_SAID or "entered-in-error" in (resource.get("status"), resource.get("lifecycleStatus")):
        return None
    when = naming.when(resource) or resource.get("sent", "")
    return Told(kind, _line(resource, language, when), tuple(_texts(resource)), when, path)


def _line(resource: Json, language: str, when: str) -> str:
    match resource["resourceType"]:
        case "Encounter":
            said = _kind_and_reason(resource)
        case "EpisodeOfCare":
            said = ", ".join(map(naming.concept, resource.get("type", ())))
        case "Composition":
            said = resource.get("title") or naming.concept(resource["type"])
        case "Communication":
            said = naming.concept(resource.get("topic"))
        case "RelatedPerson":
            said = naming.person(resource)
        case _:
            said = told(resource, language)
    return f"{said} ({day(when)})".strip() if when and day(when) not in said else said


def _kind_and_reason(visit: Json) -> str:
    kind = ", ".join(map(naming.concept, visit.get("type", ())))
    return ": ".join(filter(None, (kind, ", ".join(map(naming.concept, visit.get("reasonCode", ()))))))


def _texts(resource: Json) -> Iterable[str]:
    kind = resource["resourceType"]
    if kind == "Composition":
        for heading, texts in sections(resource):
            yield from filter(None, (heading, *texts))
    if kind == "Communication":
        yield resource.get("sender", {}).get("display", "")
        yield from (part.get("contentString", "") for part in resource.get("payload", ()))
    if kind == "DiagnosticReport":
        yield resource.get("conclusion", "")
    if kind == "CarePlan":
        yield from (one.get("detail", {}).get("description", "") for one in resource.get("activity", ()))


def page(folder: Folder, patient: Json, found: Iterable[Told]) -> str:
    """A page without scripts that a browser opens from the archive."""
    words = folder.t.archived
    groups: dict[str, list[Told]] = {kind: [] for kind in words}
    for one in found:
        groups[one.kind if one.kind in words else OTHER].append(one)
    body = "".join(
        f"<h2>{escape(words[kind])}</h2>"
        + "".join(map(_row, sorted(several, key=lambda one: one.when, reverse=True)))
        for kind, several in groups.items()
        if several
    )
    title = escape(f"{folder.t.record.title}: {naming.person(patient)}, {naming.identity(patient)}")
    return (
        f'<!doctype html><html lang="{folder.visit.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        "<style>body{font:1.1rem/1.5 sans-serif;max-width:44rem;margin:auto;padding:1rem}"
        "h3{font-size:1rem;margin:1rem 0 0}p{margin:.2rem 0;white-space:pre-line}</style></head>"
        f"<body><h1>{title}</h1><p>{day(folder.now.isoformat())}</p>{body}</body></html>"
    )


def _row(one: Told) -> str:
    line = escape(one.line)
    name = f'<a href="{escape(one.path)}">{line}</a>' if one.path else line
    texts = "".join(f"<p>{escape(text)}</p>" for text in one.texts if text)
    return f"<h3>{name}</h3>{texts}" if texts else f"<p>{name}</p>"
