"""The format in which Helsedirektoratet lets code systems be downloaded: ICD-10, ICPC-2, and procedures.

A list of rows, as JSON or CSV, by Norwegian column names: Kode, the texts, Foreldrekode (the code above),
Gyldig_fra and Gyldig_til. Every further column that has a value becomes a property under its own name, so
that a newer file loses nothing. A row without the short text is a heading (chapter, block) and is not chosen
itself. A code that comes in several rows, each valid for its time, is one concept with the text of the last.
A row may end on the day that the next of its code begins: the day is the later one's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import NamedTuple

import msgspec

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources import icd10, icpc2
from fellesjournal.terminology.sources.reading import Faults, day, table

CODE, TEXT, SHORT = "Kode", "Tekst_uten_lengdebegrensning", "Tekst_med_maksimalt_60_tegn"
ABOVE, FROM, TO = "Foreldrekode", "Gyldig_fra", "Gyldig_til"
NEEDED = (CODE, TEXT, ABOVE, FROM, TO)
_KNOWN = frozenset({*NEEDED, SHORT, "Foreldrekodetekst"})

Row = Mapping[str, str | None]


class System(NamedTuple):
    """A code system that comes in this format."""

    url: str
    oid: str
    name: str
    title: str
    licence: str
    dotless: bool = False
    """Whether codes are kept without the dots that the file writes in them."""


_PROCEDURES = "2.16.578.1.12.4.1.1.7275"

SYSTEMS = {
    "icd-10": System(icd10.URL, icd10.OID, "ICD10NO", "ICD-10, norsk utgave", icd10.LICENCE, dotless=True),
    "icpc-2": System(icpc2.URL, icpc2.OID, "ICPC2NO", "ICPC-2, norsk utgave", icpc2.LICENCE),
    "nkpk": System(
        f"urn:oid:{_PROCEDURES}",
        _PROCEDURES,
        "NKPK",
        "Norsk klinisk prosedyrekodeverk (NCMP, NCSP, NCRP)",
        "Helsedirektoratet; NCSP © Nordic Casemix Centre",
    ),
}


class Table(NamedTuple):
    """One file: its rows with their numbers, and where their faults go."""

    rows: Iterable[tuple[int, Row]]
    faults: Faults


def from_json(content: bytes, source: str) -> Table:
    """The rows of a JSON file. Raises Unprocessable when it is no list of rows."""
    try:
        rows = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=list[dict[str, str | None]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unprocessable(f"{source}: it is no list of rows with texts: {error}.") from None
    return Table(enumerate(rows, 1), Faults(source, "entry"))


def from_csv(lines: Iterable[bytes], source: str) -> Table:
    """The rows of a CSV file."""
    faults = Faults(source)
    return Table(table(lines, faults, NEEDED), faults)


def release(tables: Sequence[Table], kind: str, version: str) -> Release:
    """The release in one or more files (NCSP, NCMP and NCRP are one); `kind` is a key of SYSTEMS.

    Its concepts raise Unprocessable with every faulty row.
    """
    system = SYSTEMS[kind]
    return Release(
        url=system.url,
        version=version,
        name=system.name,
        title=system.title,
        concepts=_concepts(tables, system),
        oid=system.oid,
        publisher="Helsedirektoratet",
        licence=system.licence,
        source=", ".join(one.faults.source for one in tables),
    )


class _Period(NamedTuple):
    """What one row says of a code, and where the row stands."""

    concept: Concept
    source: str
    place: str


def _concepts(tables: Sequence[Table], system: System) -> Iterator[Concept]:
    found: dict[str, list[_Period]] = {}
    for rows, faults in tables:
        for number, row in rows:
            try:
                concept = _concept(row, system)
                period = _Period(concept, faults.source, f"{faults.source}, {faults.unit} {number}")
                _place(period, found.setdefault(concept.code, []))
            except ValueError as error:
                faults.add(number, str(error))
        faults.settle()
    for periods in found.values():
        yield reduce(_joined, sorted((one.concept for one in periods), key=_begins))


def _place(period: _Period, earlier: list[_Period]) -> None:
    """Put a period with the others of its code. Raises ValueError when the code has two texts on one day.

    Files that make up one system may each have the same heading.
    """
    concept = period.concept
    for one in earlier:
        if one.concept == concept and one.source != period.source:
            return
        if _overlap(one.concept, concept):
            raise ValueError(f"the code {concept.code} is valid on the same days in {one.place}")
    earlier.append(period)


def _overlap(one: Concept, other: Concept) -> bool:
    """Whether both are valid on more than the day on which one ends and the other begins."""
    earlier, later = sorted((one, other), key=_begins)
    return _begins(later) < (earlier.valid_to or date.max) or _begins(later) == _begins(earlier)


def _begins(one: Concept) -> date:
    return one.valid_from or date.min


def _concept(row: Row, system: System) -> Concept:
    """One row. Raises ValueError with what is wrong with it."""
    if missing := [name for name in NEEDED if name not in row]:
        raise ValueError(f"it has no {', '.join(missing)}")
    values = {name: " ".join((value or "").split()) for name, value in row.items()}
    code, text, short = values[CODE], values[TEXT], values.get(SHORT, "")
    above = values[ABOVE]
    if system.dotless:
        code, above = code.replace(".", ""), above.replace(".", "")
    if not code or not (text or short):
        raise ValueError(f"the code {code or '(none)'} has no text" if code else "it has no code")
    extra = tuple(
        Property(name, "string", value) for name, value in values.items() if value and name not in _KNOWN
    )
    if system.dotless and code != values[CODE]:
        extra = (Property("dotted", "string", values[CODE]), *extra)
    return Concept(
        code=code,
        display=text or short,
        parents=(above,) if above else (),
        designations=(Designation("nb", "short", short),) if short and text and short != text else (),
        properties=extra,
        abstract=SHORT in row and not short,
        valid_from=day(values[FROM]),
        valid_to=day(values[TO]),
    )


def _joined(earlier: Concept, later: Concept) -> Concept:
    """Two periods of a code: the text and place of the later one, valid in both."""
    texts = later.designations
    if earlier.display != later.display:
        texts += (Designation("nb", "synonym", earlier.display),)
    ends = (earlier.valid_to, later.valid_to)
    return replace(
        later,
        designations=texts,
        valid_from=earlier.valid_from,
        valid_to=None if None in ends else max(end for end in ends if end),
    )
