"""Resources within resources, and the references that hold them (FHIR R4, references.html#contained)."""

from typing import Any

from fellesjournal.fhir.faults import Found, fault


def local_ids(resource: dict[str, Any]) -> frozenset[str]:
    """The ids of the resources that this one contains."""
    return frozenset(
        item["id"] for item in _contained(resource) if type(item) is dict and type(item.get("id")) is str
    )


def contained_faults(resource: dict[str, Any]) -> list[Found]:
    """Ids given twice, and contained resources that nothing refers to (dom-3)."""
    faults: list[Found] = []
    seen: set[str] = set()
    referred = _local_references(resource)
    for index, item in enumerate(_contained(resource)):
        id = item.get("id") if type(item) is dict else None
        if type(id) is not str:
            continue
        if id in seen:
            faults += fault("invariant", f'The id "{id}" is given twice.', f".contained[{index}].id")
        elif f"#{id}" not in referred and "#" not in _local_references(item):
            message = f'dom-3: nothing in the resource refers to "#{id}": leave it out, or refer to it.'
            faults += fault("invariant", message, f".contained[{index}]")
        seen.add(id)
    return faults


def _contained(resource: dict[str, Any]) -> list[Any]:
    contained = resource.get("contained")
    return contained if type(contained) is list else []


def _local_references(tree: Any) -> set[str]:
    """Every string in the tree that starts with "#": references, URIs and canonicals alike."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is str:
            if node.startswith("#"):
                found.add(node)
        elif type(node) is dict:
            waiting.extend(node.values())
        elif type(node) is list:
            waiting.extend(node)
    return found
