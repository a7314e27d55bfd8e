"""What the index holds of one resource (see record/schema: index_term, index_date and so on)."""

from dataclasses import dataclass, field
from typing import NamedTuple


class DateRow(NamedTuple):
    """A date or period at a path: microseconds since 1970 UTC, both ends inclusive.

    `code` and `system` are set for a date that is part of a token$date composite: hash64 of the token's.
    """

    path: int
    low: int
    high: int
    code: int | None = None
    system: int | None = None


class NumberRow(NamedTuple):
    """A number or quantity at a path; open ends are infinite.

    `grp` counts the element that holds a composite's parts together; `code` and `system` are hash64 of the
    composite's token. `units` are hash64 of "system|code", the code and the printed unit.
    """

    path: int
    grp: int
    low: float
    high: float
    canonical_low: float | None = None
    canonical_high: float | None = None
    canonical_unit: int | None = None
    code: int | None = None
    system: int | None = None
    units: list[int] | None = None


class StringRow(NamedTuple):
    """A string at a path: the hash of it as written, folded, and the folded text's trigrams.

    For a token$string composite the path is the composite's own (values.composite_path), and both the hash
    and the folded text are of the token's value, PART_SEPARATOR, and the string; there are no trigrams.
    """

    path: int
    exact: int
    folded: str
    grams: list[int]


class Link(NamedTuple):
    """A reference to another resource of this record."""

    path: int
    target: int
    target_type: int


class ConceptText(NamedTuple):
    """A text beside a code (:text), with the term under which the resource carries it."""

    path: int
    term: int
    folded: str


class Care(NamedTuple):
    """Somebody (`party`: the key of a unit, service, place or person) takes part in the citizen's care, from
    `low` to before `high` in microseconds since 1970 UTC; `kind` is a number that access gives a meaning.
    """

    party: int
    kind: int
    low: int
    high: int


class Restriction(NamedTuple):
    """Something is kept from some: this resource (`own`), or of the citizen's record what is of a type, or
    the resource with key `target` (0: any). It is kept from `party` (0: from all), or, by a `kind` above 0,
    from all without that right. With -1 for a type it is of the earlier versions of this resource alone.
    """

    kind: int
    own: bool
    type: int
    target: int
    party: int
    low: int
    high: int


@dataclass(slots=True)
class IndexEntries:
    """Everything one resource is found by. Terms, links and concept texts are distinct."""

    terms: list[int] = field(default_factory=list)
    dates: list[DateRow] = field(default_factory=list)
    numbers: list[NumberRow] = field(default_factory=list)
    strings: list[StringRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    concept_texts: list[ConceptText] = field(default_factory=list)
    narrative: str = ""
    content: str = ""
    codes: list[int] = field(default_factory=list)
    """The code_term of each coding that a person may look for by name, in the order written."""
    at: int = 0
    """The day it is about, or was written: microseconds since 1970 UTC."""
    withdrawn: bool = False
    """Whether it was entered in error: then its words are not looked for in a chart."""
    citizen: int = 0
    """Key of the Patient in whose compartment the resource is; 0 when there is none."""
    persons: list[int] = field(default_factory=list)
    """Keys of the persons that it names beside that Patient (fhir.persons); given where it is prepared."""
    care: list[Care] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
