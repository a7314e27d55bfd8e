"""The International Patient Summary on paper: a PDF to print, to keep, or to send."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from fellesjournal.access.journal import OpenJournal
from fellesjournal.documentation import summary
from fellesjournal.fhir import json
from fellesjournal.fhir.summary.document import NOTHING, TITLE, Filled
from fellesjournal.fhir.summary.telling import parts
from fellesjournal.norway.writing import day, spelled
from fellesjournal.paper.document import Block, Document, Heading, Paragraph, Table
from fellesjournal.paper.pdf import pdf
from fellesjournal.ui import naming

_SHARES = (5, 4, 2)
"""Of the columns: what, how, when."""


class _Words(NamedTuple):
    """What stands on the paper beside the record's own words."""

    born: str
    made: str
    page: str
    head: tuple[str, str, str]
    withheld: str


_WORDS: Mapping[str, _Words] = {
    "nb": _Words(
        "født",
        "Laget",
        "Side {page} av {pages}",
        ("Hva", "Verdi eller bruk", "Når"),
        "Dette kan du ikke se.",
    ),
    "nn": _Words(
        "fødd",
        "Laga",
        "Side {page} av {pages}",
        ("Kva", "Verdi eller bruk", "Når"),
        "Dette kan du ikkje sjå.",
    ),
    "en": _Words(
        "born",
        "Made",
        "Page {page} of {pages}",
        ("What", "Value or use", "When"),
        "You cannot see this.",
    ),
}


async def printed(journal: OpenJournal, id: str, now: datetime, language: str) -> bytes:
    """The summary of Patient/[id] as it is now, in nb, nn or en, as far as the one who asks reads the record.

    Raises NotFound when there is no such citizen within reach.
    """
    patient = json.parse((await journal.read("Patient", id)).body or b"{}").tree
    found = await summary.sections(journal, id)
    words, title = _WORDS[language], TITLE[language]
    born = f"{words.born} {day(patient['birthDate'])}" if "birthDate" in patient else ""
    name = naming.person(patient)
    who = ", ".join(filter(None, (name, naming.identity(patient), born)))
    made = f"{words.made} {spelled(now.isoformat(), None, language)}"
    blocks: list[Block] = [Heading(title, 1), Paragraph(f"{who}\n{made}")]
    for one in found:
        blocks += [Heading(one.section.title[language]), _section(one, language)]
    footer = f"{title}, {who}. {words.page}"
    return pdf(Document(f"{title}: {name}", language, blocks, footer))


def _section(one: Filled, language: str) -> Block:
    words = _WORDS[language]
    if not one.resources:
        return Paragraph(words.withheld if one.withheld else NOTHING[language])
    rows = [_cells(*parts(resource, language)) for resource in one.resources]
    return Table(words.head, rows, _SHARES)


def _cells(name: str, more: Sequence[str], when: str) -> tuple[str, str, str]:
    return name, ", ".join(more), when
