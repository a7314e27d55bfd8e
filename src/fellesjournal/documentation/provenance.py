"""Where the text of a note comes from: facts of the record that were inserted, and words of earlier notes.

A fact is text, as it was when it was inserted, and which version of which resource it told; both stand in an
extension of the Composition's section. In a form it is the text itself, and a line beside the field: the text
is the fact only as long as it stands there word for word. What was copied from an earlier note is found by
comparing sentences, whichever way it came here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from fellesjournal.documentation.phrases import AGAIN, is_standard
from fellesjournal.documentation.rules import FACTS

Json = dict[str, Any]

FACT = "https://fellesjournal.no/fhir/StructureDefinition/innsatt-fakta"
COPIED = "https://fellesjournal.no/fhir/StructureDefinition/kopiert-tekst"
SHORTEST = 30
"""Characters of a sentence: shorter ones are said by chance."""
_LINE = re.compile(r"([A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64})@(\d{1,9}) (.+)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


class Mark(NamedTuple):
    """A stretch of text with its source: a reference; of a fact the version that was seen; of copied words
    what the note is called."""

    text: str
    source: str
    version: str = ""
    title: str = ""

    @property
    def line(self) -> str:
        """A fact as it is kept beside its field."""
        return f"{self.source}@{self.version} {self.text}"

    @property
    def extension(self) -> Json:
        """The mark in a section of a Composition."""
        told: list[Json] = [
            {"url": "tekst", "valueString": self.text},
            {"url": "kilde", "valueReference": {"reference": self.source}},
            {"url": "versjon", "valueString": self.version},
            {"url": "tittel", "valueString": self.title},
        ]
        known = [one for one in told if one.get("valueString") != ""]
        return {"url": FACT if self.version else COPIED, "extension": known}


def facts_beside(fields: Mapping[str, str], place: str) -> list[Mark]:
    """The facts that stand in a field, by the lines beside it."""
    found = filter(None, map(_LINE.fullmatch, fields.get(FACTS + place, "").split("\n")))
    marks = dict.fromkeys(Mark(one[3], one[1], one[2]) for one in found)
    return [one for one in marks if one.text in fields.get(place, "")]


def facts_in(fields: Mapping[str, str]) -> list[Mark]:
    """Every fact that stands in any field."""
    places = [name.removeprefix(FACTS) for name in fields if name.startswith(FACTS)]
    return list(dict.fromkeys(one for place in places for one in facts_beside(fields, place)))


def lines_beside(fields: Mapping[str, str], marks: Iterable[Mark]) -> dict[str, str]:
    """The lines beside the fields of a note that is opened again: the inverse of `facts_beside`."""
    found: dict[str, list[str]] = {}
    for mark in marks:
        for place, text in fields.items():
            if mark.version and mark.text in text:
                found.setdefault(FACTS + place, []).append(mark.line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def without_facts(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields for another citizen: a hole where there was a fact of this one's record."""
    emptied = {}
    for place in fields:
        if not place.startswith(FACTS):
            emptied[place] = fields[place]
            for mark in facts_beside(fields, place):
                emptied[place] = emptied[place].replace(mark.text, AGAIN)
    return emptied


def copied(texts: Iterable[str], earlier: Sequence[tuple[str, str, Sequence[str]]]) -> list[Mark]:
    """The sentences that stand in earlier notes too: a reference, what it is called, and its paragraphs. The
    first of `earlier` is the source where several have it. Standard phrases are nobody's words."""
    found: dict[str, Mark] = {}
    for sentence in (one.strip() for text in texts for one in _SENTENCE.split(text)):
        if len(sentence) < SHORTEST or sentence in found or is_standard(sentence):
            continue
        for source, title, paragraphs in earlier:
            if any(sentence in one for one in paragraphs):
                found[sentence] = Mark(sentence, source, title=title)
                break
    return list(found.values())


def all_marks(composition: Mapping[str, Any]) -> list[Mark]:
    """The marks of all sections of a Composition."""
    return [mark for section in composition.get("section", ()) for mark in marks_of(section)]


def marks_of(section: Mapping[str, Any]) -> list[Mark]:
    """The marks of a section of a Composition."""
    return [
        _mark({part["url"]: part for part in one["extension"]})
        for one in section.get("extension", ())
        if one["url"] in (FACT, COPIED)
    ]


def _mark(parts: Mapping[str, Json]) -> Mark:
    text, version, title = (
        parts.get(name, {}).get("valueString", "") for name in ("tekst", "versjon", "tittel")
    )
    return Mark(text, parts["kilde"]["valueReference"]["reference"], version, title)
