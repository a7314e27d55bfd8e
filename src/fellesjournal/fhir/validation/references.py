"""Reference.reference: its shape, and what it may point to (FHIR R4, references.html#literal)."""

import re
from collections.abc import Callable
from typing import Any

from fellesjournal.fhir.faults import Check, Faults, Found, Local, below, fault, shown
from fellesjournal.fhir.resource import literal
from fellesjournal.fhir.validation.recurring import keep

IsResourceType = Callable[[str], bool]

_is_urn = re.compile(
    r"urn:uuid:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+"
).fullmatch
_is_absolute = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+").fullmatch
_has_long_id = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9\-.]{65,}").fullmatch
_is_conditional = re.compile(r"[A-Za-z]+\?\S+").fullmatch


def reference_check(shape: Check, targets: tuple[str, ...], is_resource_type: IsResourceType) -> Check:
    """The check of a Reference that may point to the resource types in `targets` (() for any).

    `shape` checks its members. The type pointed to is known when the reference spells it: "Patient/1". A
    sound value that says nothing more is remembered: the resources of a citizen share their references.
    """
    allowed = frozenset(targets)
    sound: set[str] = set()

    def check(value: Any, local: Local) -> Faults:
        reference = value.get("reference") if type(value) is dict else None
        if type(reference) is str and reference in sound and len(value) == 1:
            return None
        faults = shape(value, local)
        if type(reference) is not str or (reference[:4] == "urn:" and _is_urn(reference)):
            return faults
        found = literal(reference)
        if found is not None and is_resource_type(found.type):
            named = value.get("type", found.type)
            if (not allowed or found.type in allowed) and named == found.type:
                if faults is None and len(value) == 1:
                    keep(sound, reference)
                return faults
            wrong = _wrong_target(found.type, named, targets)
        else:
            wrong = _other(reference, local, found.type if found else "", is_resource_type)
        return (faults or []) + below(".reference", wrong) if wrong else faults

    return check


def _wrong_target(kind: str, named: Any, targets: tuple[str, ...]) -> list[Found]:
    if named != kind:
        return fault("value", f"The reference points to {kind}, but its type says {shown(named)}.")
    return fault("value", f"This may point to {' or '.join(targets)}, not to {kind}.")


def _other(reference: str, local: Local, kind: str, is_resource_type: IsResourceType) -> list[Found]:
    """What is wrong with a reference that is neither a URN nor Type/id; [] when it is sound."""
    if reference.startswith("#"):
        if reference == "#" or reference[1:] in local.contained:
            return []
        return fault("not-found", f"There is no contained resource with id {shown(reference[1:])}.")
    if _is_absolute(reference) and not reference.startswith(("urn:uuid:", "urn:oid:")):
        return []
    return fault("value", _malformed(reference, kind)) if reference else []


def _malformed(reference: str, kind: str) -> str:
    if reference.startswith("urn:"):
        return f"{shown(reference)} is not a UUID or OID: check its digits."
    if kind:
        return f"{shown(kind)} is not a resource type of FHIR R4."
    if _has_long_id(reference):
        return f"{shown(reference)} is not a reference: an id has at most 64 characters."
    if _is_conditional(reference):
        return "A conditional reference (Type?criteria) may only stand in a transaction."
    return f"{shown(reference)} is not a reference: write Type/id, an absolute URL, urn:uuid:... or #id."
