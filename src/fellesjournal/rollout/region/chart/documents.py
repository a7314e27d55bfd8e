"""Notes and letters: text in sections, and PDF files."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from html import escape

import msgspec

from fellesjournal.rollout.region.chart.chart import Chart, Noted
from fellesjournal.rollout.region.chart.coding import DOCUMENT, Json, Term, concept, reference
from fellesjournal.rollout.region.chart.pdf import pdf
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.units import Unit, Worker

_WRITTEN_AS = "https://fellesjournal.no/fhir/StructureDefinition/skrevet-i-rolle"
"""On a note that takes two signatures: the role in which it was written (access/countersigning.py)."""

PROMISED = "svar på Helsenorge"
"""Words of a note that says that the citizen will have an answer there."""
BEFORE = "Aktuelt"
"""The heading under which is written what has been, before the contact."""
_BLANK, _NEXT = "\n\n", "</p><p>"
"""What parts paragraphs as they are told, and as they are written."""
_END = b"</p></div>"
"""With what a section's text ends."""
Section = tuple[str, str]
"""Heading and text; blank lines part paragraphs."""


class Kind(Enum):
    """Document types of national list 9602."""

    NOTE = Term(DOCUMENT, "B02-2", "Journalnotat")
    CLINIC_NOTE = Term(DOCUMENT, "B03-2", "Poliklinisk notat")
    DISCHARGE = Term(DOCUMENT, "A03-2", "Epikrise")
    CLINIC_LETTER = Term(DOCUMENT, "A13-2", "Poliklinisk epikrise")
    NURSING = Term(DOCUMENT, "A04-2", "Sykepleiesammenfatning")
    PHYSIOTHERAPY = Term(DOCUMENT, "A05-2", "Fysioterapisammenfatning")
    REFERRAL = Term(DOCUMENT, "I01-2", "Henvisning")
    LETTER = Term(DOCUMENT, "I02-2", "Brev")
    PREGNANCY = Term(DOCUMENT, "F04-2", "Svangerskap og fødsel")
    IMAGING = Term(DOCUMENT, "E01-2", "Diagnostiske bilder")


def note(
    chart: Chart, kind: Kind, sections: Sequence[Section], when: datetime, by: str, unit: str, contact: str
) -> str:
    """Write a note. Returns the reference."""
    body: Json = {
        "status": "final",
        "type": concept(kind.value),
        "subject": chart.subject,
        "date": written(when),
        "author": [reference(by)],
        "title": kind.value.text,
        "custodian": reference(unit),
        "section": [section_of(title, text) for title, text in sections],
    }
    if contact:
        body["encounter"] = reference(contact)
        chart.notes.append((contact, len(chart.bodies), by, when, sections))
    return chart.add("Composition", body)


def extend(chart: Chart, note: Noted, text: str) -> None:
    """Let the last of the sections with which a note was written end with some sentences more."""
    _, place, _, _, sections = note
    body, more = chart.bodies[place], msgspec.json.encode(f" {escape(text, quote=False)}")[1:-1]
    ends = -1
    for _ in sections:
        ends = body.index(_END, ends + 1)
    chart.bodies[place] = body[:ends] + more + body[ends:]


def students_note(
    chart: Chart,
    sections: Sequence[Section],
    when: datetime,
    student: Worker,
    unit: Unit,
    contact: str,
    doctor: Worker,
    signed: datetime | None,
) -> str:
    """Write a note of a student, which a doctor signs too; it is preliminary until it is `signed`. Returns
    the reference."""
    second: Json = {"mode": "legal", "party": _named(doctor)}
    body: Json = {
        "extension": [{"url": _WRITTEN_AS, "valueCode": "legestudent"}],
        "status": "final" if signed else "preliminary",
        "type": concept(Kind.NOTE.value),
        "subject": chart.subject,
        "encounter": reference(contact),
        "date": written(when),
        "author": [_named(student)],
        "title": Kind.NOTE.value.text,
        "attester": [
            {"mode": "professional", "party": _named(student), "time": written(when)},
            second | ({"time": written(signed)} if signed else {}),
        ],
        "custodian": reference(unit.reference),
        "section": [section_of(title, text) for title, text in sections],
    }
    return chart.add("Composition", body)


def from_outside(
    chart: Chart,
    title: str,
    sections: Sequence[Section],
    sender: str,
    sent: date,
    when: datetime,
    by: Worker,
    unit: str,
) -> str:
    """A letter on paper from somebody outside the region, that a worker has scanned and seen to be this
    citizen's (DocumentReference.authenticator). Returns the reference."""
    content = pdf(title, (f"Fra: {sender}", f"Dato: {sent:%d.%m.%Y}"), sections)
    body: Json = {
        "status": "current",
        "type": concept(Kind.LETTER.value),
        "subject": chart.subject,
        "date": written(when),
        "author": [{"display": sender}],
        "authenticator": _named(by),
        "custodian": reference(unit),
        "description": title,
        "content": [{"attachment": _attached(content, title) | {"creation": sent.isoformat()}}],
    }
    return chart.add("DocumentReference", body)


def letter(
    chart: Chart,
    kind: Kind,
    title: str,
    sections: Sequence[Section],
    when: datetime,
    by: str,
    unit: str,
    contact: str,
    lines: Sequence[str],
    related: Sequence[str] = (),
) -> str:
    """Write a letter as a PDF; `lines` stand on top of it (from, to, about whom), `related` is what it
    answers. Returns the reference."""
    content = pdf(title, lines, sections)
    body: Json = {
        "status": "current",
        "type": concept(kind.value),
        "subject": chart.subject,
        "date": written(when),
        "author": [reference(by)],
        "custodian": reference(unit),
        "description": title,
        "content": [{"attachment": _attached(content, title)}],
    }
    context = {
        "encounter": [reference(contact)] if contact else [],
        "related": [reference(one) for one in related],
    }
    if any(context.values()):
        body["context"] = {name: found for name, found in context.items() if found}
    return chart.add("DocumentReference", body)


def _attached(content: bytes, title: str) -> Json:
    return {
        "contentType": "application/pdf",
        "language": "nb",
        "data": b64encode(content).decode(),
        "title": title,
    }


def _named(worker: Worker) -> Json:
    return {"reference": worker.reference, "display": worker.name}


def section_of(title: str, text: str) -> Json:
    """A section of a note."""
    paragraphs = f"<p>{escape(text, quote=False).replace(_BLANK, _NEXT)}</p>"
    narrative = {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs}</div>',
    }
    return {"title": title, "text": narrative}
