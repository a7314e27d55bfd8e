"""ICD-10 in Norwegian from the npm package @navikt/diagnosekoder, its hierarchy rebuilt from the codes.

The package holds the codes that are reported, without dots, and not the groups above them. The hierarchy is
in the codes: J189 stands below J18, J18 in the chapter that its number falls in. A group that the package has
no text for is named by its code, marked abstract, and has the property text-missing. The blocks between
chapter and category (J09-J18) are not in the codes: they come with Helsedirektoratet's own file.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.sources.diagnosekoder import Pair, pairs, year

URL = "http://hl7.org/fhir/sid/icd-10-no"
OID = "2.16.578.1.12.4.1.1.7110"
LICENCE = "ICD-10 © WHO; Norwegian text Helsedirektoratet; package MIT"
CATEGORY = 3
"""Characters of a category's code."""

PROPERTIES = {
    "dotted": "The code as people write it, with a dot after the third character.",
    "text-missing": "The source has no text for this group: its display is its code.",
}


class Chapter(NamedTuple):
    """A chapter of ICD-10, from its first category to its last (WHO, ICD-10 volume 1)."""

    number: str
    first: str
    last: str
    title: str
    """In our own words."""


CHAPTERS = (
    Chapter("I", "A00", "B99", "Infeksjonssykdommer og parasittsykdommer"),
    Chapter("II", "C00", "D48", "Svulster"),
    Chapter("III", "D50", "D89", "Sykdommer i blod, bloddannende organer og immunsystemet"),
    Chapter("IV", "E00", "E90", "Endokrine sykdommer, ernæring og stoffskifte"),
    Chapter("V", "F00", "F99", "Psykiske lidelser og atferdsforstyrrelser"),
    Chapter("VI", "G00", "G99", "Sykdommer i nervesystemet"),
    Chapter("VII", "H00", "H59", "Sykdommer i øyet og øyets omgivelser"),
    Chapter("VIII", "H60", "H95", "Sykdommer i øret"),
    Chapter("IX", "I00", "I99", "Sykdommer i hjerte og blodårer"),
    Chapter("X", "J00", "J99", "Sykdommer i luftveiene"),
    Chapter("XI", "K00", "K93", "Sykdommer i fordøyelsesorganene"),
    Chapter("XII", "L00", "L99", "Sykdommer i hud og underhud"),
    Chapter("XIII", "M00", "M99", "Sykdommer i muskler, skjelett og bindevev"),
    Chapter("XIV", "N00", "N99", "Sykdommer i urinveier og kjønnsorganer"),
    Chapter("XV", "O00", "O99", "Svangerskap, fødsel og barseltid"),
    Chapter("XVI", "P00", "P96", "Tilstander fra tiden rundt fødselen"),
    Chapter("XVII", "Q00", "Q99", "Medfødte misdannelser og kromosomavvik"),
    Chapter("XVIII", "R00", "R99", "Symptomer, tegn og unormale funn"),
    Chapter("XIX", "S00", "T98", "Skader, forgiftninger og andre følger av ytre årsaker"),
    Chapter("XX", "V00", "Y98", "Ytre årsaker til sykdom, skade og død"),
    Chapter("XXI", "Z00", "Z99", "Forhold som virker på helsen, og kontakt med helsetjenesten"),
    Chapter("XXII", "U00", "U99", "Koder for særlige formål"),
)


def release(content: bytes, package: str, source: str) -> Release:
    """The release in the package's lib/ICD10.json; `package` is the package's version, such as "1.2026.0"."""
    return Release(
        url=URL,
        version=str(year(package, source)),
        name="ICD10NO",
        title="ICD-10, norsk utgave",
        concepts=_concepts(pairs(content, source), source),
        oid=OID,
        publisher="Helsedirektoratet",
        licence=LICENCE,
        source=source,
        valid_from=date(year(package, source), 1, 1),
        properties=PROPERTIES,
    )


def dotted(code: str) -> str:
    """J189 as people write it: J18.9."""
    return f"{code[:CATEGORY]}.{code[CATEGORY:]}" if len(code) > CATEGORY else code


def chapter_of(code: str) -> str:
    """The chapter's number; "" when there is none. A letter among the digits (V0n, W2s) is any digit."""
    category = code[0] + "".join(sign if sign.isdigit() else "5" for sign in code[1:CATEGORY])
    return next((one.number for one in CHAPTERS if one.first <= category <= one.last), "")


def _concepts(found: list[Pair], source: str) -> Iterator[Concept]:
    codes = {pair.code for pair in found}
    if stray := sorted(code for code in codes if len(code) < CATEGORY or not chapter_of(code)):
        raise Unprocessable(f"{source}: no chapter of ICD-10 has the code {', '.join(stray[:20])}.")
    for chapter in CHAPTERS:
        yield Concept(chapter.number, f"{chapter.title} ({chapter.first}–{chapter.last})", abstract=True)
    named: set[str] = set()
    for pair in found:
        for length in range(CATEGORY, len(pair.code)):
            group = pair.code[:length]
            if group not in codes and group not in named:
                named.add(group)
                yield _group(group)
        yield Concept(pair.code, pair.text, (_above(pair.code),), properties=_written(pair.code))


def _group(code: str) -> Concept:
    missing = Property("text-missing", "boolean", "true")
    return Concept(
        code,
        f"Gruppe {dotted(code)}",
        (_above(code),),
        properties=(*_written(code), missing),
        abstract=True,
    )


def _above(code: str) -> str:
    return code[:-1] if len(code) > CATEGORY else chapter_of(code)


def _written(code: str) -> tuple[Property, ...]:
    return (Property("dotted", "string", dotted(code)),) if len(code) > CATEGORY else ()
