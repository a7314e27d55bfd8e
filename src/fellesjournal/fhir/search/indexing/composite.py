"""Composites whose parts are found together (FHIR R4, search.html#composite).

Two parts found by equality make terms; a code with a string makes string rows; a code with numbers or dates
is written into the rows of those (number.py, date.py), which ask `codes_of` for it.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from fellesjournal.fhir.search.entries import StringRow
from fellesjournal.fhir.search.indexing.coding import Codes, CodesOf, hashes, pairs_of
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import hash64, path_number
from fellesjournal.fhir.search.values import (
    PART_SEPARATOR,
    composite_path,
    composite_salt,
    composite_values,
    reference_values,
    token_variants,
)
from fellesjournal.fhir.text import fold


class Part(NamedTuple):
    """Where one part stands: JSON names below the group or, `from_resource`, below the whole resource."""

    kind: str
    element_type: str
    names: tuple[str, ...]
    from_resource: bool = False

    def found(self, parent: dict[str, Any], out: Collector) -> Iterator[Any]:
        """The part's values."""
        return _values_at(out.resource if self.from_resource else parent, self.names)


def codes_of(parts: list[Part]) -> CodesOf:
    """What finds the codes that numbers or dates are written with; the parts of several composites count."""
    readers = [(part, pairs_of(part.element_type)) for part in dict.fromkeys(parts)]

    def find(parent: dict[str, Any], out: Collector) -> Codes:
        pairs = [
            pair for part, pairs in readers for value in part.found(parent, out) for pair in pairs(value)
        ]
        return hashes(list(dict.fromkeys(pairs)) if len(pairs) > 1 else pairs)

    return find


def terms_reader(parameter: SearchParameter, first: Part, second: Part) -> Reader:
    """The reader of the second part's element that makes the terms of a composite of two equal parts."""
    salted = composite_salt(parameter)
    first_values, second_values = _values_of(first), _values_of(second)

    def read(value: Any, parent: dict[str, Any], out: Collector) -> None:
        beside = tuple(v for found in first.found(parent, out) for v in first_values(found))
        if beside:
            out.terms.update(_terms(salted, beside, second_values(value)))

    return read


def strings_reader(parameter: SearchParameter, first: Part) -> Reader:
    """The reader of a string that makes the rows of a token$string composite."""
    path = path_number(composite_path(parameter))
    values = _values_of(first)

    def read(value: Any, parent: dict[str, Any], out: Collector) -> None:
        folded = fold(value)
        for found in first.found(parent, out):
            for code in values(found):
                begins = code + PART_SEPARATOR
                out.strings.append(StringRow(path, hash64(begins + value), begins + folded, []))

    return read


def _values_of(part: Part) -> Callable[[Any], tuple[str, ...]]:
    if part.kind == "reference":
        return _of_reference if part.element_type == "Reference" else reference_values
    pairs = pairs_of(part.element_type)
    if part.element_type in ("CodeableConcept", "Coding", "Identifier", "ContactPoint"):
        return lambda value: tuple(v for pair in pairs(value) for v in token_variants(*pair))
    return lambda value: tuple(code for _, code in pairs(value))


def _of_reference(value: dict[str, Any]) -> tuple[str, ...]:
    return reference_values(value["reference"]) if "reference" in value else ()


def _values_at(tree: Any, names: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(tree, list):
        for one in tree:
            yield from _values_at(one, names)
    elif not names:
        if tree is not None:
            yield tree
    elif isinstance(tree, dict) and names[0] in tree:
        yield from _values_at(tree[names[0]], names[1:])


@lru_cache(maxsize=10_000)
def _terms(salted: int, first: tuple[str, ...], second: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(hash64(value) ^ salted for value in composite_values(list(first), list(second)))
