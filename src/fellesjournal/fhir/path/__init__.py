"""FHIRPath (FHIRPath N1 with the functions of FHIR R4) over resources as JSON trees.

    path = Path("Patient.name.where(use = 'official').family")
    path.evaluate(patient, definitions)[0].value  # "Nordmann"

An item found in the resource says where it stands (`container[key]`), which is what a patch changes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.checking import check
from fellesjournal.fhir.path.compiler import compiled
from fellesjournal.fhir.path.items import Collection, Item, root
from fellesjournal.fhir.path.model import model_of
from fellesjournal.fhir.path.parser import parse
from fellesjournal.fhir.path.resolving import resolve_locally
from fellesjournal.fhir.path.scope import Codes, Environment, Resolver, Scope, Slices, outermost

__all__ = [
    "Codes",
    "Collection",
    "Environment",
    "Item",
    "Path",
    "Resolver",
    "Scope",
    "Slices",
    "parse",
    "resolve_locally",
    "root",
]


class Path:
    """A compiled expression. Raises Invalid when it is not FHIRPath or calls what is not known here."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._part = compiled(text)

    def evaluate(
        self,
        resource: dict[str, Any],
        definitions: Definitions,
        *,
        focus: Item | None = None,
        variables: dict[str, Collection] | None = None,
        resolver: Resolver = resolve_locally,
        moment: datetime | None = None,
        codes: Codes | None = None,
        conforms: Callable[[Item, str], bool | None] | None = None,
        narrative: Callable[[str], bool] | None = None,
        slices: Slices | None = None,
    ) -> Collection:
        """What the expression finds in a resource, in document order.

        `focus` is where it starts, the whole resource when not given; `variables` are %names. The rest is
        asked by single functions: `moment` (aware) by now(), today() and timeOfDay(), which without it raise
        Invalid; `codes` by memberOf(), subsumes() and subsumedBy(), `conforms` by conformsTo() and
        `narrative` by htmlChecks(), which without them find nothing; `slices` by slice(), which without it
        raises Invalid.

        Raises Invalid when a function or operator is given what it cannot take, or there is too much work.
        """
        whole = root(resource)
        start = focus or whole
        environment = Environment(definitions, whole, resolver, moment, codes, conforms, narrative, slices)
        return list(self.find(start, environment, variables))

    def find(
        self, focus: Item, environment: Environment, variables: dict[str, Collection] | None = None
    ) -> Collection:
        """As `evaluate`, for many expressions in one environment. The collection is not to be changed."""
        try:
            return self._part.find([focus], _scope(focus, environment, variables))
        except RecursionError:
            raise self._too_deep() from None

    def holds(
        self, focus: Item, environment: Environment, variables: dict[str, Collection] | None = None
    ) -> bool | None:
        """Whether the expression holds as a condition; None when that is unknown."""
        try:
            return self._part.holds([focus], _scope(focus, environment, variables))
        except RecursionError:
            raise self._too_deep() from None

    def check(self, kind: str, definitions: Definitions) -> None:
        """Whether the expression, evaluated with a `kind`, names only elements that there can be.

        `kind` is a type ("Patient") or the path of an element ("Questionnaire.item"). Raises Invalid with the
        place of what there is not. An expression that is written for several types at once
        (`Patient.name | Practitioner.name`) is right for none of them.
        """
        check(parse(self.text), kind, model_of(definitions))

    def _too_deep(self) -> Invalid:
        """Resources can be as deep as JSON lets them, and expressions 200 levels."""
        return Invalid(
            f"FHIRPath: '{self.text[:60]}' is nested too deeply to be evaluated with this resource."
        )


def _scope(focus: Item, environment: Environment, variables: dict[str, Collection] | None) -> Scope:
    return outermost(environment, focus, dict(variables) if variables else {})
