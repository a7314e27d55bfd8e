"""One release of a code system, as every importer gives it and the tables keep it.

Releases are dated and never changed: a code that was valid when it was used stays readable in the release
that had it. `Release.concepts` may be a generator: it is read once, in the order of the source.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Designation(NamedTuple):
    """Another text for a concept: FHIR's CodeSystem.concept.designation.

    `language` is a BCP 47 tag ("nb", "en", "la"), `use` one of "synonym", "short", "consumer", "fsn" (fully
    specified name).
    """

    language: str
    use: str
    text: str


class Property(NamedTuple):
    """A property of a concept.

    `kind` is FHIR's type of it: code, string, integer, boolean, dateTime, decimal or Coding ("system|code").
    """

    name: str
    kind: str
    value: str


@dataclass(slots=True)
class Concept:
    """One code. `parents` are the codes directly above it; validity includes both days, None is open."""

    code: str
    display: str
    parents: tuple[str, ...] = ()
    definition: str = ""
    designations: tuple[Designation, ...] = ()
    properties: tuple[Property, ...] = ()
    active: bool = True
    abstract: bool = False
    """Only groups others: not to be chosen itself (FHIR: notSelectable)."""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(slots=True)
class Release:
    """One version of a code system. `url` and `version` together name it."""

    url: str
    version: str
    name: str
    title: str
    concepts: Iterable[Concept]
    language: str = "nb"
    """The language of the displays."""
    oid: str = ""
    publisher: str = ""
    licence: str = ""
    source: str = ""
    """Where it came from: a package and its version, or a file's name."""
    content: str = "complete"
    """FHIR's CodeSystem.content: complete, fragment or example."""
    case_sensitive: bool = True
    valid_from: date | None = None
    properties: dict[str, str] = field(default_factory=dict)
    """What the concepts' properties mean, by name."""
