"""Whose record holds all that a search can find, where its own words say so.

A resource stands in the record of the citizen whom it names first (fhir/search/compartments.py). Where it can
name one only (Observation.subject), all resources that name a citizen there stand in that citizen's record.
"""

from collections.abc import Iterable

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import salt
from fellesjournal.record.search.predicate import HasTerms, Predicate
from fellesjournal.record.search.registry import Registry


class Owned:
    """Finds out, from the terms of a search."""

    def __init__(self, registry: Registry, definitions: Definitions) -> None:
        self._salts: dict[str, int] = {}
        for resource_type, parameters in registry.own.items():
            sources = parameters["patient"].sources if "patient" in parameters else ()
            element = definitions.element(sources[0].path) if sources else None
            if element is not None and element.max == 1 and sources[0].path.count(".") == 1:
                self._salts[resource_type] = salt(sources[0].kind, sources[0].path)

    def citizen(
        self, types: Iterable[str], predicates: Iterable[Predicate], about: Iterable[int]
    ) -> int | None:
        """The one citizen (key) of those that a request is about who alone can own what is found."""
        salts = {self._salts.get(name) for name in types}
        if None in salts:
            return None
        groups = [set(group) for one in predicates if isinstance(one, HasTerms) for group in one.groups]
        for key in about:
            own = {key ^ one for one in salts if one is not None}
            if any(group <= own for group in groups):
                return key
        return None
