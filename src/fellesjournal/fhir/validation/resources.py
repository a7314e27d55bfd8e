"""The checks of whole resources: each finds that of its type, and knows what it contains."""

from collections.abc import Iterable, Mapping
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.codes import Codes, DefinedCodes
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Check, Faults, Found, Local, below, fault, notice, shown, wrong_kind
from fellesjournal.fhir.invariants import Invariants
from fellesjournal.fhir.profiles import Profiles
from fellesjournal.fhir.profiles.extensions import Extensions
from fellesjournal.fhir.validation.contained import contained_faults, local_ids
from fellesjournal.fhir.validation.shapes import Shapes


class Checks:
    """Checks of all resource types; `severities` are those of the constraints that are asked."""

    def __init__(
        self,
        definitions: Definitions,
        severities: Iterable[str],
        profiles: Profiles,
        codes: Codes | None,
        extra: Mapping[str, Check] | None = None,
    ) -> None:
        self._definitions = definitions
        self._profiles = profiles
        self._extensions = Extensions(definitions, profiles)
        self._advises = "warning" in severities
        invariants = Invariants(definitions, severities)
        advice = (codes or DefinedCodes(definitions)) if self._advises else None
        self._shapes = Shapes(definitions, invariants, self._resource, self._contained, codes, advice, extra)
        self._checks: dict[str, Check] = {}

    def whole(self, value: Any) -> Faults:
        """A resource that stands alone."""
        return self._resource(value, Local({}, {}))

    def against(self, value: dict[str, Any], url: str) -> list[Found]:
        """What a resource does not keep of a profile; an error when the profile is not known."""
        return self._of_profile(value, url, Local(value, value, local_ids(value)), "error")

    def _resource(self, value: Any, local: Local) -> Faults:
        """A whole resource, also one in a Bundle or Parameters: what it contains is its own."""
        if type(value) is not dict:
            return wrong_kind(value, "a resource")
        kind = value.get("resourceType")
        check = self._check_of(kind)
        if check is None:
            return self._unknown_type(value)
        if "contained" in value:
            inner = Local(value, value, local_ids(value), local.resource, local)
            faults = [*(check(value, inner) or ()), *contained_faults(value)] or None
        else:
            inner = Local(value, value, holder=local.resource, outer=local)
            faults = check(value, inner)
        if inner.extended or "meta" in value:
            faults = self._beyond(value, inner, faults)
        if self._advises:
            return [*(faults or ()), *self._advice(value)] or None
        return faults

    def _beyond(self, value: dict[str, Any], local: Local, faults: Faults) -> Faults:
        """The faults so far, and those of its extensions and of the profiles it declares."""
        found = faults or []
        if local.extended:
            found = found + self._extensions.faults(value, local)
        meta = value.get("meta")
        profiles = meta.get("profile") if type(meta) is dict else None
        for index, url in enumerate(profiles if type(profiles) is list else ()):
            if type(url) is str:
                told = self._of_profile(value, url, local, "warning")
                found = found + [
                    each._replace(path=f".meta.profile[{index}]") if each.code == "not-found" else each
                    for each in told
                ]
        return found or None

    def _of_profile(self, value: dict[str, Any], url: str, local: Local, unknown: str) -> list[Found]:
        try:
            profile = self._profiles.profile(url)
        except Invalid as error:
            return notice(unknown, "not-found", error.issues[0].diagnostics)
        if profile is not None:
            return profile.faults(value, local) or []
        bare = url.partition("|")[0]
        kind = bare.removeprefix(_CORE)
        if kind != bare and self._definitions.is_type(kind):
            is_one = self._definitions.is_a(value["resourceType"], kind)
            return (
                []
                if is_one
                else fault("invalid", f"{shown(url)} is for {kind}, not for {value['resourceType']}.")
            )
        other = self._profiles.profile(bare) if bare != url else None
        if other is not None:
            return notice(unknown, "not-found", _another_version(url, other.version))
        # To look for what was meant takes time, and only a review tells of more than errors.
        known = self._profiles.urls() if self._advises else ()
        return notice(unknown, "not-found", _unknown_profile(url), written=bare, known=known)

    def _contained(self, value: Any, local: Local) -> Faults:
        if type(value) is not dict:
            return wrong_kind(value, "a resource")
        check = self._check_of(value.get("resourceType"))
        if check is None:
            return self._unknown_type(value)
        inner = local.beside(value, contained=True)
        faults = check(value, inner) or []
        if inner.extended or "meta" in value:
            faults = self._beyond(value, inner, faults) or []
        if "contained" in value:
            message = "dom-2: a contained resource contains no others: move them up beside it."
            faults += fault("invariant", message, ".contained")
        if "id" not in value:
            faults += fault("required", "A contained resource needs an id to be referred to by.", ".id")
        return (faults + _versioned(value)) or None

    def _advice(self, value: dict[str, Any]) -> list[Found]:
        """dom-6, which R4 calls good practice."""
        if not self._definitions.is_a(value["resourceType"], "DomainResource") or "text" in value:
            return []
        return notice("warning", "invariant", "dom-6: a resource should have a narrative for people to read.")

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


_CORE = "http://hl7.org/fhir/StructureDefinition/"

_MENDED = "add the package that has it (fellesjournal packages add FILE), or post its StructureDefinition"


def _unknown_profile(url: str) -> str:
    return f"The profile {shown(url)} is not known here: {_MENDED}."


def _another_version(url: str, version: str) -> str:
    return f"The profile {shown(url)} is not known here in that version; {shown(version)} is: {_MENDED}."


def _versioned(value: dict[str, Any]) -> list[Found]:
    """dom-4 and dom-5: what a contained resource may not say of itself, as it has no life of its own."""
    meta = value.get("meta")
    if type(meta) is not dict:
        return []
    return [
        found
        for name, rule in (("versionId", "dom-4"), ("lastUpdated", "dom-4"), ("security", "dom-5"))
        if name in meta
        for found in fault(
            "invariant", f"{rule}: a contained resource has no {name} of its own.", f".meta.{name}"
        )
    ]
