"""Where the readers of one resource put what they find."""

from collections.abc import Callable
from typing import Any

from fellesjournal.fhir.search.entries import ConceptText, DateRow, Link, NumberRow, StringRow


class Collector:
    """Entries of one resource while it is read. `group` counts the element of a composite being read."""

    __slots__ = (
        "codes",
        "concept_texts",
        "dates",
        "group",
        "links",
        "narrative",
        "numbers",
        "resource",
        "strings",
        "terms",
        "words",
    )

    def __init__(self, resource: dict[str, Any]) -> None:
        self.resource = resource
        self.terms: set[int] = set()
        self.dates: list[DateRow] = []
        self.numbers: list[NumberRow] = []
        self.strings: list[StringRow] = []
        self.links: list[Link] = []
        self.concept_texts: list[ConceptText] = []
        self.words: dict[str, None] = {}
        self.codes: dict[int, None] = {}
        self.narrative = ""
        self.group = 0


Reader = Callable[[Any, dict[str, Any], Collector], None]
"""Reads one value of an element; the second argument is the object that the element is a member of."""
