"""The resource a reference points to, where it is at hand: contained, or in the same Bundle."""

from typing import Any

from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.resource import literal


def resolved(reference: Any, local: Local) -> dict[str, Any] | None:
    """The resource, None when it is somewhere else; `reference` is a Reference or a canonical."""
    target = reference.get("reference") if type(reference) is dict else reference
    if type(target) is not str:
        return None
    if target == "#":
        return local.root
    if target.startswith("#"):
        contained = local.root.get("contained")
        listed = contained if type(contained) is list else ()
        return next((one for one in listed if type(one) is dict and one.get("id") == target[1:]), None)
    return local.neighbours().find(target, local.root)


def type_of(reference: Any, local: Local) -> str:
    """The type of the resource that a Reference points to, "" when the reference does not tell."""
    found = resolved(reference, local)
    if found is not None:
        return str(found.get("resourceType", ""))
    target = reference.get("reference") if type(reference) is dict else None
    read = literal(target) if type(target) is str else None
    named = reference.get("type") if type(reference) is dict else None
    return read.type if read else named if type(named) is str else ""


def local_of_target(target: dict[str, Any], reference: Any, local: Local) -> Local:
    """What is known round a resource that a reference points to."""
    written = reference.get("reference") if type(reference) is dict else reference
    return local.beside(target, contained=str(written).startswith("#"))
