"""Validating whole resources."""

from collections.abc import Iterable, Mapping
from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.codes import Codes
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Check, Found
from fellesjournal.fhir.profiles import Library, Profiles
from fellesjournal.fhir.validation.resources import Checks

MAX_ISSUES = 200
"""Faults named for one resource; after that only their number is told."""


class Validator:
    """Checks resources against R4's StructureDefinitions. It keeps no state; share one per process.

    Checked: unknown elements, JSON kinds, cardinalities, choices of type, formats of primitives, narratives,
    `_name` siblings, required bindings to value sets known in full, references and contained resources, and
    R4's constraints in FHIRPath; extensions that are known, and the profiles that a resource declares, as far
    as they are known.
    """

    def __init__(
        self,
        definitions: Definitions,
        profiles: Profiles | None = None,
        codes: Codes | None = None,
        extra: Mapping[str, Check] | None = None,
    ) -> None:
        """Without `profiles`, R4's own profiles and extensions are known; without `codes`, its value sets.

        `extra` are a site's own checks, by type ("Identifier"): they are given whatever stands there.
        """
        library = profiles or Library(definitions, [definitions.structure], codes)
        self._strict = Checks(definitions, ("error",), library, codes, extra)
        self._full = Checks(definitions, ("error", "warning"), library, codes, extra)

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
        return _issues(tree, [each for each in _distinct(faults) if each.severity == "error"])

    def review(self, tree: dict[str, Any], profiles: Iterable[str] = ()) -> list[Issue]:
        """Errors, then warnings, then what else there is to say of it, also by the profiles named.

        A profile that is named and not known is an error; one that the resource declares, a warning.
        """
        faults = list(self._full.whole(tree) or ())
        if type(tree) is dict and type(tree.get("resourceType")) is str:
            for url in profiles:
                faults += self._full.against(tree, url)
        return _issues(tree, sorted(_distinct(faults), key=lambda each: _SEVERITIES.index(each.severity)))


_SEVERITIES = ("error", "warning", "information")


def _distinct(faults: list[Found]) -> list[Found]:
    """Each thing said once, though a profile and what it is based on may both say it."""
    return list({(each.path, each.code, each.message): each for each in faults}.values())


def _issues(tree: Any, faults: list[Found]) -> list[Issue]:
    kind = tree.get("resourceType") if type(tree) is dict else None
    root = kind[:80] if type(kind) is str else ""
    issues = [
        Issue(f.code, f.sentence(), (root + f.path).lstrip("."), f.severity) for f in faults[:MAX_ISSUES]
    ]
    if len(faults) > MAX_ISSUES:
        issues.append(Issue("too-long", f"{len(faults) - MAX_ISSUES} more faults are not listed."))
    return issues
