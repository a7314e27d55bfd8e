"""The International Patient Summary of a citizen, as far as the one who asks reads the record."""

from datetime import datetime

from fellesjournal.access.journal import OpenJournal
from fellesjournal.errors import Forbidden
from fellesjournal.fhir import json
from fellesjournal.fhir.summary.document import Filled, Json, chosen, document
from fellesjournal.fhir.summary.sections import SECTIONS, Section

AUTHOR = "Fellesjournal"
READ = 200
"""Resources that a section is chosen from: the newest."""


async def sections(journal: OpenJournal, id: str) -> list[Filled]:
    """Every section with what it holds; one whose type the role does not read is told as withheld."""
    return [await _filled(journal, id, section) for section in SECTIONS]


async def summary(
    journal: OpenJournal, id: str, base: str, now: datetime, language: str, filled: list[Filled] | None = None
) -> Json:
    """The document Bundle of Patient/[id]. `base` is where resources are read, `language` nb, nn or en.

    Raises NotFound when there is no such citizen within reach.
    """
    patient = json.parse((await journal.read("Patient", id)).body or b"{}").tree
    found = filled if filled is not None else await sections(journal, id)
    return document(base, patient, found, now, language, AUTHOR)


async def _filled(journal: OpenJournal, id: str, section: Section) -> Filled:
    asked = [("patient", id), *section.asked, ("_count", str(READ))]
    try:
        page = await journal.search(section.type, asked)
    except Forbidden:
        return Filled(section, (), withheld=True)
    found = (json.parse(entry.stored.body or b"{}").tree for entry in page.entries)
    return Filled(section, chosen(section, found))
