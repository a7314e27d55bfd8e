"""From a resource to everything it is found by (FHIR R4, search.html)."""

from typing import Any, TypeVar

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.moments import moment
from fellesjournal.fhir.search.compartments import CitizenOf, own_compartment
from fellesjournal.fhir.search.compile import ParametersByType
from fellesjournal.fhir.search.entries import IndexEntries
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.indexing.plan import Planner
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.fhir.withdrawn import is_withdrawn

Row = TypeVar("Row")

CONTENT_LIMIT = 400_000
"""So many characters of a resource's words are kept: PostgreSQL holds 1 MB in one text search vector."""


class Extractor:
    """Reads resources by the search parameters of their types.

    How a type is read is worked out when its first resource comes (milliseconds). Not changed by use, but for
    caches; one per process is enough. When parameters are added, make a new one.
    """

    def __init__(self, parameters: ParametersByType, definitions: Definitions) -> None:
        self._parameters = parameters
        self._planner = Planner(definitions)
        self._plans: dict[str, Reader] = {}
        self._centres = frozenset(definitions.compartments)
        self._citizen_of = CitizenOf(parameters, definitions)

    def extract(self, tree: dict[str, Any], resource_id: str = "") -> IndexEntries:
        """The index entries of a resource that has passed validation.

        `tree` is its JSON, numbers as int, float or Decimal; references to this record's own resources are
        relative. `resource_id` counts before the tree's own id.
        """
        resource_type = tree["resourceType"]
        plan = self._plans.get(resource_type) or self._plan(resource_type)
        out = Collector(tree)
        plan(tree, tree, out)
        own_id = resource_id or tree.get("id", "")
        if resource_type in self._centres:
            out.terms.add(own_compartment(resource_type, own_id))
        return IndexEntries(
            list(out.terms),
            out.dates,
            out.numbers,
            out.strings,
            _distinct(out.links),
            _distinct(out.concept_texts),
            out.narrative[:CONTENT_LIMIT],
            "\n".join(out.words)[:CONTENT_LIMIT],
            list(out.codes),
            moment(tree),
            is_withdrawn(tree),
            self._citizen_of(resource_type, own_id, out.links) or _secured_by(tree),
        )

    def _plan(self, resource_type: str) -> Reader:
        parameters = self._parameters[resource_type].values()
        self._plans[resource_type] = self._planner.plan(resource_type, parameters)
        return self._plans[resource_type]


def _secured_by(tree: dict[str, Any]) -> int:
    """The citizen in whose record a Binary is kept (FHIR R4, binary.html: Binary.securityContext)."""
    context = tree.get("securityContext", {}).get("reference", "") if "securityContext" in tree else ""
    return key_of(context) if context.startswith("Patient/") else 0


def _distinct(rows: list[Row]) -> list[Row]:
    return list(dict.fromkeys(rows)) if len(rows) > 1 else rows
