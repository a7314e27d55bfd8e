"""SNOMED CT in Release Format 2 (SNOMED International, "Release File Specifications"), snapshot files.

Concepts with their texts and what they are kinds of. The text that Norwegian readers prefer is the display,
by the reference set for Bokmål; where there is none, the English one. Concepts that are no longer active are
kept: a code that was used stays readable. Attributes other than is-a are not read.

Memory: the texts of all concepts, packed, and the is-a links; the files themselves pass line by line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fellesjournal.terminology.release import Concept, Designation, Release
from fellesjournal.terminology.sources.reading import Faults, tabs

URL = "http://snomed.info/sct"
LICENCE = "SNOMED CT © SNOMED International; free in Norway with an affiliate licence, not to be passed on"

ACTIVE = "1"
IS_A = "116680003"
STATED = "900000000000010007"
FULLY_SPECIFIED = "900000000000003001"
PREFERRED = "900000000000548007"
BOKMAL, NYNORSK = "61000202103", "91000202106"
AMERICAN, BRITISH = "900000000000509007", "900000000000508004"
ORDER = (BOKMAL, NYNORSK, BRITISH, AMERICAN)
"""Language reference sets: the first that prefers a text of the concept gives its display."""

MODULES = {"NO": "51000202101", "INT": "900000000000207008"}
"""The module that an edition is named by, for the letters in its files' names."""

_LANGUAGES = {"no": "nb"}
_SYNONYM, _FSN = "synonym", "fsn"


class File(NamedTuple):
    """One file of the release: its name, for people, and its lines."""

    name: str
    lines: Iterable[bytes]


@dataclass(slots=True)
class Files:
    """The snapshot files of a release, of each kind as many as it has (one per language)."""

    concepts: list[File] = field(default_factory=list)
    descriptions: list[File] = field(default_factory=list)
    relationships: list[File] = field(default_factory=list)
    languages: list[File] = field(default_factory=list)


def version_of(name: str) -> str:
    """The version that a file's name tells: .../version/20260415 of the edition; "" when it tells none.

    "sct2_Concept_Snapshot_NO1000202_20260415.txt" is of the Norwegian edition.
    """
    parts = name.removesuffix(".txt").split("_")
    edition = next(
        (module for letters, module in MODULES.items() if parts[-2:-1] and parts[-2].startswith(letters)), ""
    )
    date = parts[-1]
    return f"{URL}/{edition}/version/{date}" if edition and len(date) == 8 and date.isdecimal() else ""


def release(files: Files, version: str, source: str) -> Release:
    """The release in the files. Its concepts raise Unprocessable with every faulty line."""
    return Release(
        url=URL,
        version=version,
        name="SNOMEDCT",
        title="SNOMED CT",
        concepts=_concepts(files),
        oid="2.16.840.1.113883.6.96",
        publisher="SNOMED International; Helsedirektoratet",
        licence=LICENCE,
        source=source,
    )


def _concepts(files: Files) -> Iterator[Concept]:
    texts = _texts(files, _preferred(files))
    parents = _parents(files)
    for file in files.concepts:
        faults = Faults(file.name)
        for line, (code, active) in tabs(file.lines, faults, ("id", "active")):
            if not code.isdecimal():
                faults.add(line, f"{code!r} is no concept's id")
                continue
            key = int(code)
            display, others = _read(texts.pop(key, b""))
            if not display:
                faults.add(line, f"the concept {code} has no text")
                continue
            above = tuple(map(str, parents.pop(key, ())))
            yield Concept(code, display, above, designations=others, active=active == ACTIVE)
        faults.settle()


def _preferred(files: Files) -> dict[int, int]:
    """For each description that a reference set prefers, the place of that set in ORDER."""
    places = {refset: place for place, refset in enumerate(ORDER)}
    found: dict[int, int] = {}
    for file in files.languages:
        faults = Faults(file.name)
        columns = ("active", "refsetId", "referencedComponentId", "acceptabilityId")
        for _, (active, refset, description, acceptability) in tabs(file.lines, faults, columns):
            if active == ACTIVE and acceptability == PREFERRED and refset in places:
                key = int(description)
                found[key] = min(places[refset], found.get(key, len(ORDER)))
        faults.settle()
    return found


def _texts(files: Files, preferred: dict[int, int]) -> dict[int, bytes]:
    """The texts of each concept, one a line: place in ORDER, language, use, text."""
    found: dict[int, bytes] = {}
    last = len(ORDER)
    for file in files.descriptions:
        faults = Faults(file.name)
        columns = ("id", "active", "conceptId", "languageCode", "typeId", "term")
        for line, (key, active, concept, language, kind, term) in tabs(file.lines, faults, columns):
            if active != ACTIVE:
                continue
            if not concept.isdecimal() or not key.isdecimal() or not term.strip():
                faults.add(line, "it lacks an id, a concept or a text")
                continue
            full = kind == FULLY_SPECIFIED
            place = last + 1 if full else preferred.get(int(key), last)
            use = _FSN if full else _SYNONYM
            text = f"{place}\t{_LANGUAGES.get(language, language)}\t{use}\t{term.strip()}\n".encode()
            found[int(concept)] = found.get(int(concept), b"") + text
        faults.settle()
    return found


def _parents(files: Files) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for file in files.relationships:
        faults = Faults(file.name)
        columns = ("active", "sourceId", "destinationId", "typeId", "characteristicTypeId")
        for line, (active, child, parent, kind, character) in tabs(file.lines, faults, columns):
            if active != ACTIVE or kind != IS_A or character == STATED:
                continue
            if child.isdecimal() and parent.isdecimal():
                found[int(child)] = (*found.get(int(child), ()), int(parent))
            else:
                faults.add(line, "it lacks a concept")
        faults.settle()
    return found


def _read(packed: bytes) -> tuple[str, tuple[Designation, ...]]:
    """The display, and the other texts."""
    lines = sorted((line.split("\t", 3) for line in packed.decode().splitlines()), key=lambda line: line[0])
    texts = [Designation(language, use, text) for _, language, use, text in lines]
    return (texts[0].text, tuple(texts[1:])) if texts else ("", ())
