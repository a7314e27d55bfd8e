"""LOINC: the whole of it from Loinc.csv, or the codes for vital signs that FHIR's own definitions name.

Columns and their meaning: LOINC Users' Guide, appendix A. The properties carry LOINC's names, as
FHIR's page on LOINC has them (R4, loinc.html).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources.reading import Faults, commas

URL = "http://loinc.org"
OID = "2.16.840.1.113883.6.1"
LICENCE = "LOINC © Regenstrief Institute, free of charge under the LOINC licence"
PUBLISHER = "Regenstrief Institute"

NEEDED = ("LOINC_NUM", "COMPONENT", "LONG_COMMON_NAME", "STATUS")
AXES = ("COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP", "CLASS")
NAMES = {"SHORTNAME": "short", "CONSUMER_NAME": "consumer", "DisplayName": "synonym"}
ENDED = "DEPRECATED"

NORWEGIAN = {
    "85353-1": "Vitale målinger",
    "9279-1": "Respirasjonsfrekvens",
    "8867-4": "Hjertefrekvens",
    "2708-6": "Oksygenmetning i arterielt blod",
    "8310-5": "Kroppstemperatur",
    "8302-2": "Kroppshøyde",
    "9843-4": "Hodeomkrets",
    "29463-7": "Kroppsvekt",
    "39156-5": "Kroppsmasseindeks",
    "85354-9": "Blodtrykk",
    "8480-6": "Systolisk blodtrykk",
    "8462-4": "Diastolisk blodtrykk",
    "8478-0": "Middelblodtrykk",
}
"""Vital signs in Norwegian, in our own words; LOINC has no Norwegian translation."""


def release(
    lines: Iterable[bytes], version: str, source: str, hierarchy: "Hierarchy | None" = None
) -> Release:
    """The release in Loinc.csv, with the hierarchy of its own file when that is given."""
    return _release(_concepts(lines, source, hierarchy or Hierarchy()), version, source, "complete")


def vital_signs(
    value_set: Mapping[str, Any], examples: Iterable[Mapping[str, Any]], version: str, source: str
) -> Release:
    """The codes of FHIR's value set observation-vitalsignresult, as a fragment of LOINC.

    The value set has no texts: they are those with which FHIR's own `examples` (any resources) use the codes.
    Raises Unprocessable for a code that no example has a text for.
    """
    codes = [one["code"] for part in value_set["compose"]["include"] for one in part["concept"]]
    texts: dict[str, str] = {}
    for example in examples:
        for coding in _codings(example):
            texts.setdefault(str(coding["code"]), str(coding["display"]))
    if missing := [code for code in codes if code not in texts]:
        raise Unprocessable(f"{source}: no example has a text for the LOINC code {', '.join(missing)}.")
    concepts = [Concept(code, texts[code], designations=_norwegian(code)) for code in codes]
    return _release(concepts, f"FHIR-{version}-vital-signs", source, "fragment")


@dataclass(slots=True)
class Hierarchy:
    """LOINC's ComponentHierarchyBySystem.csv: what stands above each code, and the texts of the groups."""

    above: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, lines: Iterable[bytes], source: str) -> "Hierarchy":
        """The hierarchy in the file. Raises Unprocessable with every faulty line."""
        found, faults = cls(), Faults(source)
        for line, (parent, code, text) in commas(lines, faults, ("IMMEDIATE_PARENT", "CODE", "CODE_TEXT")):
            if not code:
                faults.add(line, "it has no code")
                continue
            found.texts[code] = text
            parents = found.above.setdefault(code, [])
            if parent and parent not in parents:
                parents.append(parent)
        faults.settle()
        return found


def _release(concepts: Iterable[Concept], version: str, source: str, content: str) -> Release:
    return Release(
        url=URL,
        version=version,
        name="LOINC",
        title="Logical Observation Identifiers, Names and Codes (LOINC)",
        concepts=concepts,
        language="en",
        oid=OID,
        publisher=PUBLISHER,
        licence=LICENCE,
        source=source,
        content=content,
    )


def _concepts(lines: Iterable[bytes], source: str, hierarchy: Hierarchy) -> Iterator[Concept]:
    faults = Faults(source)
    seen = set()
    optional = (*AXES, *NAMES)
    for line, (code, component, long_name, status, *others) in commas(lines, faults, NEEDED, optional):
        values = dict(zip(optional, others, strict=True))
        if not code or not (display := long_name or component):
            faults.add(line, f"the code {code or '(none)'} has no text" if code else "it has no code")
            continue
        seen.add(code)
        axes = [Property(name, "string", values[name]) for name in AXES if values[name]]
        names = [Designation("en", use, values[name]) for name, use in NAMES.items() if values[name]]
        yield Concept(
            code,
            display,
            tuple(hierarchy.above.get(code, ())),
            designations=(*names, *_norwegian(code)),
            properties=(*axes, Property("STATUS", "string", status)),
            active=status != ENDED,
        )
    faults.settle()
    for code, parents in hierarchy.above.items():
        if code not in seen:
            yield Concept(code, hierarchy.texts[code] or code, tuple(parents), abstract=True)


def _norwegian(code: str) -> tuple[Designation, ...]:
    return (Designation("nb", "synonym", NORWEGIAN[code]),) if code in NORWEGIAN else ()


def _codings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every LOINC coding with a text, anywhere in a resource."""
    if isinstance(value, Mapping):
        if value.get("system") == URL and value.get("code") and value.get("display"):
            yield value
        for inner in value.values():
            yield from _codings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _codings(inner)
