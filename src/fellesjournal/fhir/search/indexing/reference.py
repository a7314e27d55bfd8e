"""References, canonicals and resources inside a Bundle (FHIR R4, search.html#reference)."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.resolving import target_type
from fellesjournal.fhir.search.entries import Link
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.indexing.token import identifier_values, salted_terms
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, key_of, path_number, salt
from fellesjournal.fhir.search.values import IDENTIFIER, reference_values

Entries = Callable[[int, int, str], tuple[tuple[int, ...], Link | None]]
"""From salt, path number and reference to terms and, for a resource of this record, its link."""


def entries_of(definitions: Definitions) -> Entries:
    """What references become; remembers the latest, for the resources of one patient share them."""

    @lru_cache(maxsize=5_000)
    def entries(salted: int, path: int, reference: str) -> tuple[tuple[int, ...], Link | None]:
        kind = target_type(reference)
        known = definitions.is_resource_type(kind)
        values = [PRESENT, *reference_values(reference)]
        if known:
            values.append(PRESENT + kind)
        link = None
        if known and reference.startswith(f"{kind}/"):
            link = Link(path, key_of(reference.partition("/_history/")[0]), definitions.type_number(kind))
        return tuple(salted_terms(values, salted)), link

    return entries


def reader(source: Source, element_type: str, entries: Entries) -> Reader:
    """The reader of one element type at a reference source."""
    salted = salt("reference", source.path)
    path = path_number(source.path)
    match element_type:
        case "Reference":
            return _reference(salted, path, entries)
        case "Resource":
            return _resource(salted, path, entries)
    return lambda value, _parent, out: _add(entries(salted, path, value), out)


def _reference(salted: int, path: int, entries: Entries) -> Reader:
    present = hash64(PRESENT) ^ salted

    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        reference = value.get("reference")
        if reference is None or reference.startswith("#"):
            out.terms.add(present)
            kind = value.get("type") or _contained_type(reference, out.resource)
            if kind:
                out.terms.add(hash64(PRESENT + kind) ^ salted)
        else:
            _add(entries(salted, path, reference), out)
        identifier = value.get("identifier")
        if identifier is not None:
            found = (IDENTIFIER + value for value in identifier_values(identifier))
            out.terms.update(salted_terms(found, salted))

    return read


def _resource(salted: int, path: int, entries: Entries) -> Reader:
    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        if "id" in value:
            _add(entries(salted, path, f"{value['resourceType']}/{value['id']}"), out)

    return read


def _add(found: tuple[tuple[int, ...], Link | None], out: Collector) -> None:
    terms, link = found
    out.terms.update(terms)
    if link is not None:
        out.links.append(link)


def _contained_type(reference: str | None, resource: dict[str, Any]) -> str:
    if reference == "#":
        return str(resource["resourceType"])
    for contained in resource.get("contained", ()) if reference else ():
        if f"#{contained.get('id')}" == reference:
            return str(contained["resourceType"])
    return ""
