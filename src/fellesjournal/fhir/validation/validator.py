"""Validating whole resources."""

from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation.contained import contained_faults, local_ids
from fellesjournal.fhir.validation.faults import Check, Faults, Local, below, fault, shown, wrong_kind
from fellesjournal.fhir.validation.shapes import Shapes

MAX_ISSUES = 200
"""Faults named for one resource; after that only their number is told."""

_NONE: Local = frozenset()


class Validator:
    """Checks resources against R4's StructureDefinitions. It keeps no state; share one per process.

    Checked: unknown elements, JSON kinds, cardinalities, choices of type, formats of primitives, narratives,
    `_name` siblings, required bindings to value sets known in full, references and contained resources.
    Not checked: FHIRPath constraints other than ele-1, dom-2, dom-3, txt-1 and txt-2; profiles.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._shapes = Shapes(definitions, self._resource, self._contained)
        self._checks: dict[str, Check] = {}

    def require(self, tree: dict[str, Any]) -> None:
        """Raise Unprocessable with every issue when the resource is not sound."""
        issues = self.validate(tree)
        if issues:
            raise Unprocessable(*issues)

    def validate(self, tree: dict[str, Any]) -> list[Issue]:
        """Every fault of a resource (a JSON tree), each with its FHIRPath expression; [] when it is sound."""
        faults = self._resource(tree, _NONE)
        if faults is None:
            return []
        kind = tree.get("resourceType") if type(tree) is dict else None
        root = kind[:80] if type(kind) is str else ""
        issues = [Issue(f.code, f.sentence(), (root + f.path).lstrip(".")) for f in faults[:MAX_ISSUES]]
        if len(faults) > MAX_ISSUES:
            issues.append(Issue("too-long", f"{len(faults) - MAX_ISSUES} more faults are not listed."))
        return issues

    def _resource(self, value: Any, local: Local) -> Faults:
        """A whole resource, also one in a Bundle or Parameters: what it contains is its own."""
        if type(value) is not dict:
            return wrong_kind(value, "a resource")
        check = self._check_of(value.get("resourceType"))
        if check is None:
            return self._unknown_type(value)
        if "contained" not in value:
            return check(value, _NONE)
        return [*(check(value, local_ids(value)) or ()), *contained_faults(value)] or None

    def _contained(self, value: Any, local: Local) -> Faults:
        if type(value) is not dict:
            return wrong_kind(value, "a resource")
        check = self._check_of(value.get("resourceType"))
        if check is None:
            return self._unknown_type(value)
        faults = check(value, local) or []
        if "contained" in value:
            message = "dom-2: a contained resource contains no others: move them up beside it."
            faults += fault("invariant", message, ".contained")
        if "id" not in value:
            faults += fault("required", "A contained resource needs an id to be referred to by.", ".id")
        return faults or None

    def _check_of(self, kind: Any) -> Check | None:
        check = self._checks.get(kind) if type(kind) is str else None
        if check is None and type(kind) is str and self._definitions.is_resource_type(kind):
            check = self._checks[kind] = self._shapes.of(kind)
        return check

    def _unknown_type(self, value: dict[str, Any]) -> Faults:
        kind = value.get("resourceType")
        if kind is None:
            return below(".resourceType", fault("required", 'A resource starts with its "resourceType".'))
        message = f"{shown(kind)} is not a resource type of FHIR R4."
        known = self._definitions.resource_types
        return fault("structure", message, ".resourceType", str(kind)[:80], known)
