"""ICPC-2 in Norwegian from the npm package @navikt/diagnosekoder: symptoms and diagnoses, no process codes.

The first letter is the chapter, the number tells the component: 01-29 symptoms and complaints, 70-99
diagnoses (WONCA, ICPC-2). A code of four characters is a finer one of the first three.
"""

from collections.abc import Iterator
from datetime import date

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.sources.diagnosekoder import Pair, pairs, year

URL = "http://hl7.org/fhir/sid/icpc-2"
OID = "2.16.578.1.12.4.1.1.7170"
LICENCE = "ICPC-2 © WONCA, Norwegian licence held by Helsedirektoratet; package MIT"

PROPERTIES = {"component": "symptom (01-29) or diagnosis (70-99)."}

CHAPTERS = {
    "A": "Allment og uspesifisert",
    "B": "Blod, bloddannende organer og immunsystemet",
    "D": "Fordøyelsessystemet",
    "F": "Øye",
    "H": "Øre",
    "K": "Hjerte og kar",
    "L": "Muskler og skjelett",
    "N": "Nervesystemet",
    "P": "Psykisk",
    "R": "Luftveier",
    "S": "Hud",
    "T": "Endokrint, stoffskifte og ernæring",
    "U": "Urinveier",
    "W": "Svangerskap, fødsel og familieplanlegging",
    "X": "Kvinnelige kjønnsorganer",
    "Y": "Mannlige kjønnsorganer",
    "Z": "Sosiale problemer",
}
"""The seventeen chapters, in our own words."""

COMPONENTS = {"symptom": ("01-29", "Symptomer og plager"), "diagnosis": ("70-99", "Diagnoser og sykdommer")}


def release(content: bytes, package: str, source: str) -> Release:
    """The release in the package's lib/ICPC2.json; `package` is the package's version, such as "1.2026.0"."""
    return Release(
        url=URL,
        version=str(year(package, source)),
        name="ICPC2NO",
        title="ICPC-2, norsk utgave",
        concepts=_concepts(pairs(content, source), source),
        oid=OID,
        publisher="Helsedirektoratet",
        licence=LICENCE,
        source=source,
        valid_from=date(year(package, source), 1, 1),
        properties=PROPERTIES,
    )


def component_of(code: str) -> str:
    """ "symptom" or "diagnosis"; "" for what is neither."""
    number = int(code[1:3]) if code[1:3].isdecimal() else 0
    return "symptom" if 1 <= number <= 29 else "diagnosis" if 70 <= number <= 99 else ""


def _concepts(found: list[Pair], source: str) -> Iterator[Concept]:
    codes = {pair.code for pair in found}
    if stray := sorted(code for code in codes if code[:1] not in CHAPTERS or not component_of(code)):
        raise Unprocessable(f"{source}: no chapter of ICPC-2 has the code {', '.join(stray[:20])}.")
    for letter, title in CHAPTERS.items():
        yield Concept(letter, title, abstract=True)
        for component, (numbers, words) in COMPONENTS.items():
            yield Concept(_span(letter, numbers), f"{title}: {words.lower()}", (letter,), abstract=True)
            yield from (
                _concept(pair, codes, component)
                for pair in found
                if pair.code[0] == letter and component_of(pair.code) == component
            )


def _concept(pair: Pair, codes: set[str], component: str) -> Concept:
    above = pair.code[:3]
    if above == pair.code or above not in codes:
        above = _span(pair.code[0], COMPONENTS[component][0])
    return Concept(pair.code, pair.text, (above,), properties=(Property("component", "code", component),))


def _span(letter: str, numbers: str) -> str:
    """A01-A29."""
    return "-".join(letter + number for number in numbers.split("-"))
