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
        return _first(contained, lambda item: item.get("id") == target[1:])
    entries = local.holder.get("entry")
    found = _first(entries, lambda entry: _is_entry(entry, target))
    resource = found.get("resource") if found else None
    return resource if type(resource) is dict else None


def type_of(reference: Any, local: Local) -> str:
    """The type of the resource that a Reference points to, "" when the reference does not tell."""
    found = resolved(reference, local)
    if found is not None:
        return str(found.get("resourceType", ""))
    target = reference.get("reference") if type(reference) is dict else None
    read = literal(target) if type(target) is str else None
    named = reference.get("type") if type(reference) is dict else None
    return read.type if read else named if type(named) is str else ""


def _is_entry(entry: dict[str, Any], target: str) -> bool:
    url = entry.get("fullUrl")
    return type(url) is str and (url == target or ("/" in target and url.endswith(f"/{target}")))


def _first(listed: Any, wanted: Any) -> dict[str, Any] | None:
    if type(listed) is not list:
        return None
    return next((item for item in listed if type(item) is dict and wanted(item)), None)
