"""From items to the elements below them."""

from typing import Any

from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.model import Model, Step


def below(items: Collection, model: Model, name: str) -> Collection:
    """The elements of one name below the items, in document order."""
    found: Collection = []
    for item in items:
        tree, path = item.value, item.path
        if type(tree) is not dict:
            if item.extra is None:
                continue
            tree, path = item.extra, "Element"
        for step in model.steps[path].get(name, ()):
            _gather(tree, step, found)
    return found


def has_below(items: Collection, model: Model, name: str) -> bool:
    """Would `below` find anything? It makes no items."""
    for item in items:
        tree, path = item.value, item.path
        if type(tree) is not dict:
            if item.extra is None:
                continue
            tree, path = item.extra, "Element"
        for key, shadow, _, _ in model.steps[path].get(name, ()):
            if (key in tree and tree[key] != []) or (shadow and shadow in tree):
                return True
    return False


def children(items: Collection, model: Model) -> Collection:
    """All elements directly below the items, in the order in which they are written."""
    found: Collection = []
    for item in items:
        tree, path = item.value, item.path
        if type(tree) is not dict:
            if item.extra is None:
                continue
            tree, path = item.extra, "Element"
        members = model.members[path]
        for key in tree:
            step = members.get(key)
            if step is None and key[:1] == "_" and key[1:] not in tree:
                step = members.get(key[1:])
            if step is not None:
                _gather(tree, step, found)
    return found


def _gather(tree: dict[str, Any], step: Step, found: Collection) -> None:
    key, shadow, kind, path = step
    if shadow and shadow in tree:
        _gather_with_extras(tree, step, found)
    elif key in tree:
        value = tree[key]
        if path == "Resource":
            _gather_resources(value, tree, key, found)
        elif type(value) is list:
            for index, one in enumerate(value):
                found.append(Item(one, kind, path, value, index))
        else:
            found.append(Item(value, kind, path, tree, key))


def _gather_resources(value: Any, tree: dict[str, Any], key: str, found: Collection) -> None:
    places = enumerate(value) if type(value) is list else ((key, value),)
    container = value if type(value) is list else tree
    for place, one in places:
        kind = one.get("resourceType", "Resource")
        found.append(Item(one, kind, kind, container, place))


def _gather_with_extras(tree: dict[str, Any], step: Step, found: Collection) -> None:
    """Primitives with id or extension beside the value, or instead of it (FHIR R4, json.html#primitive)."""
    value, extra = tree.get(step.key), tree[step.shadow]
    if not isinstance(value, list) and not isinstance(extra, list):
        found.append(Item(value, step.type, "", tree, step.key, extra))
        return
    values: list[Any] = value if isinstance(value, list) else []
    extras: list[Any] = extra if isinstance(extra, list) else []
    for index in range(max(len(values), len(extras))):
        one = values[index] if index < len(values) else None
        beside = extras[index] if index < len(extras) else None
        if one is not None or beside is not None:
            found.append(Item(one, step.type, "", values, index, beside))
