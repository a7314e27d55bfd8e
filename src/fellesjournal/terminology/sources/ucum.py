"""UCUM's units (ucum.org): its own table, and the derived units that FHIR's value set ucum-common names.

Any expression of UCUM's grammar is a code, so the release is a fragment: what is not in it may be a unit.
Prefixes are no codes.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from fellesjournal.fhir.ucum import OID, URL
from fellesjournal.terminology.release import Concept, Property, Release

LICENCE = "UCUM © Regenstrief Institute, free of charge under its terms of use"

PROPERTIES = {"property": "The kind of quantity, in UCUM's words.", "symbol": "How the unit is printed."}

_NAMESPACE = f"{{{URL}/ucum-essence}}"


def release(essence: bytes, common: Mapping[str, Any], source: str) -> Release:
    """The release in ucum-essence.xml; `common` is FHIR's ValueSet ucum-common."""
    root = ET.fromstring(essence)
    return Release(
        url=URL,
        version=root.attrib["version"],
        name="UCUM",
        title="Unified Code for Units of Measure",
        concepts=_concepts(root, common),
        language="en",
        oid=OID.removeprefix("urn:oid:"),
        publisher="Regenstrief Institute",
        licence=LICENCE,
        source=source,
        content="fragment",
        properties=PROPERTIES,
    )


def _concepts(root: ET.Element, common: Mapping[str, Any]) -> Iterator[Concept]:
    seen = set()
    for kind in ("base-unit", "unit"):
        for entry in root.iter(_NAMESPACE + kind):
            code = entry.attrib["Code"]
            seen.add(code)
            yield Concept(code, _text(entry, "name") or code, properties=tuple(_properties(entry)))
    for include in common["compose"]["include"]:
        for one in include.get("concept", ()):
            if one["code"] not in seen:
                seen.add(one["code"])
                yield Concept(one["code"], " ".join(one.get("display", one["code"]).split()))


def _properties(entry: ET.Element) -> Iterator[Property]:
    for name, element in (("property", "property"), ("symbol", "printSymbol")):
        if text := _text(entry, element):
            yield Property(name, "string", text)


def _text(entry: ET.Element, name: str) -> str:
    found = entry.find(_NAMESPACE + name)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""
