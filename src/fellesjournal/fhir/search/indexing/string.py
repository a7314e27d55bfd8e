"""Strings, names and addresses (FHIR R4, search.html#string)."""

from functools import lru_cache
from typing import Any

from fellesjournal.fhir.search.entries import StringRow
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, path_number, salt
from fellesjournal.fhir.text import fold, grams

_PARTS = {
    "HumanName": ("text", "family", "given", "prefix", "suffix"),
    "Address": ("text", "line", "city", "district", "state", "postalCode", "country"),
}


def reader(source: Source, element_type: str) -> Reader:
    """The reader of one element type at a string source: of a name or address, every part is a string."""
    path = path_number(source.path)
    present = hash64(PRESENT) ^ salt("string", source.path)
    parts = _PARTS.get(element_type)

    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        out.strings.append(_row(path, value))

    def read_parts(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        for part in parts or ():
            found = value.get(part)
            if isinstance(found, str):
                out.strings.append(_row(path, found))
            elif found is not None:
                out.strings += [_row(path, one) for one in found if one is not None]

    return read if parts is None else read_parts


@lru_cache(maxsize=5_000)
def _row(path: int, text: str) -> StringRow:
    folded = fold(text)
    return StringRow(path, hash64(text), folded, grams(folded, path))
