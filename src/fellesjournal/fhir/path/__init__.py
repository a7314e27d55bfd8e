"""FHIRPath (FHIRPath N1 with the functions of FHIR R4) over resources as JSON trees.

    path = Path("Patient.name.where(use = 'official').family")
    path.evaluate(patient, definitions)[0].value  # "Nordmann"

An item found in the resource says where it stands (`container[key]`), which is what a patch changes.
"""

from typing import Any

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.compiler import compiled
from fellesjournal.fhir.path.items import Collection, Environment, Item, Resolver, Scope, root
from fellesjournal.fhir.path.parser import parse
from fellesjournal.fhir.path.resolving import resolve_locally

__all__ = ["Collection", "Item", "Path", "Resolver", "parse", "resolve_locally"]


class Path:
    """A compiled expression. Raises Invalid when it is not FHIRPath or calls what is not known here."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._evaluate = compiled(text)

    def evaluate(
        self,
        resource: dict[str, Any],
        definitions: Definitions,
        *,
        focus: Item | None = None,
        variables: dict[str, Collection] | None = None,
        resolver: Resolver = resolve_locally,
    ) -> Collection:
        """What the expression finds in a resource, in document order.

        `focus` is where it starts, the whole resource when not given; `variables` are %names. Raises Invalid
        when a function or operator is given what it cannot take.
        """
        whole = root(resource)
        start = focus or whole
        environment = Environment(definitions, whole, resolver, variables or {})
        return self._evaluate([start], Scope(environment, start))
