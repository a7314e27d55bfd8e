"""Validating whole resources."""

from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Found
from fellesjournal.fhir.validation.resources import Checks

MAX_ISSUES = 200
"""Faults named for one resource; after that only their number is told."""


class Validator:
    """Checks resources against R4's StructureDefinitions. It keeps no state; share one per process.

    Checked: unknown elements, JSON kinds, cardinalities, choices of type, formats of primitives, narratives,
    `_name` siblings, required bindings to value sets known in full, references and contained resources, and
    R4's constraints in FHIRPath.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._strict = Checks(definitions, ("error",))
        self._full = Checks(definitions, ("error", "warning"))

    def require(self, tree: dict[str, Any]) -> None:
        """Raise Unprocessable with every issue when the resource is not sound."""
        issues = self.validate(tree)
        if issues:
            raise Unprocessable(*issues)

    def validate(self, tree: dict[str, Any]) -> list[Issue]:
        """Every error of a resource (a JSON tree), each with its FHIRPath expression; [] when it is sound."""
        faults = self._strict.whole(tree)
        if faults is None:
            return []
        return _issues(tree, [each for each in faults if each.severity == "error"])

    def review(self, tree: dict[str, Any]) -> list[Issue]:
        """Errors, then warnings, then what else there is to say of it."""
        faults = self._full.whole(tree) or []
        return _issues(tree, sorted(faults, key=lambda each: _SEVERITIES.index(each.severity)))


_SEVERITIES = ("error", "warning", "information")


def _issues(tree: Any, faults: list[Found]) -> list[Issue]:
    kind = tree.get("resourceType") if type(tree) is dict else None
    root = kind[:80] if type(kind) is str else ""
    issues = [
        Issue(f.code, f.sentence(), (root + f.path).lstrip("."), f.severity) for f in faults[:MAX_ISSUES]
    ]
    if len(faults) > MAX_ISSUES:
        issues.append(Issue("too-long", f"{len(faults) - MAX_ISSUES} more faults are not listed."))
    return issues
