"""Norsk laboratoriekodeverk (NLK, list 7280) from CSV: codes for analyses with their validity and parts.

The columns are those of the national file, by their names in small letters with underscores; a newer file's
further columns are passed over.
"""

from collections.abc import Iterable, Iterator

from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.sources.reading import Faults, commas, day

URL = "urn:oid:2.16.578.1.12.4.1.1.7280"
OID = "2.16.578.1.12.4.1.1.7280"
LICENCE = "Helsedirektoratet; NPU © IFCC and IUPAC"

NEEDED = ("kode", "gyldig_fra", "gyldig_til", "norsk_bruksnavn")
PARTS = {
    "erstattes_av": "The code that takes over.",
    "komponent": "What is measured.",
    "komponent_spesifikasjon": "What is measured, more exactly.",
    "system": "Where it is measured.",
    "system_spesifikasjon": "Where it is measured, more exactly.",
    "egenskapsart": "Which kind of property is measured.",
    "egenskapsart_spesifikasjon": "How the property is found.",
    "enhet": "The unit.",
    "primært_fagområde": "The laboratory specialty.",
    "sekundært_fagområde": "Another laboratory specialty.",
    "gruppering": "The group of analyses.",
}
OPTIONAL = ("kodedefinisjon", *PARTS)


def release(lines: Iterable[bytes], version: str, source: str) -> Release:
    """The release in a CSV file. Its concepts raise Unprocessable with every faulty line."""
    return Release(
        url=URL,
        version=version,
        name="NLK",
        title="Norsk laboratoriekodeverk",
        concepts=_concepts(lines, source),
        oid=OID,
        publisher="Helsedirektoratet",
        licence=LICENCE,
        source=source,
        properties=PARTS,
    )


def _concepts(lines: Iterable[bytes], source: str) -> Iterator[Concept]:
    faults = Faults(source)
    for line, row in commas(lines, faults, NEEDED, OPTIONAL, _column):
        code, start, end, name, definition, *parts = (cell.strip() for cell in row)
        try:
            valid_from, valid_to = day(start), day(end)
        except ValueError as error:
            faults.add(line, f"{code}: {error}")
            continue
        if not code or not name:
            faults.add(line, "it has no code or no name")
            continue
        properties = tuple(
            Property(part, "code" if part == "erstattes_av" else "string", text)
            for part, text in zip(PARTS, parts, strict=True)
            if text
        )
        yield Concept(
            code,
            name,
            definition=definition,
            properties=properties,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    faults.settle()


def _column(name: str) -> str:
    return "_".join(name.lower().split())
