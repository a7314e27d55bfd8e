"""FHIRPath Patch (FHIR R4 fhirpatch.html): add, insert, delete, replace and move."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from fellesjournal.errors import Fault, Invalid, Issue, Unprocessable
from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.path import Collection, Item, Path

Tree = dict[str, Any]


def apply(definitions: Definitions, tree: Tree, parameters: Tree) -> Tree:
    """The tree after all operations; changes it on the way.

    Raises Invalid when an operation is malformed, Unprocessable when it does not fit the resource.
    """
    target = _Target(definitions, tree)
    for n, parameter in enumerate(_named(parameters, "parameter")):
        where = f"Parameters.parameter[{n}]"
        if parameter["name"] != "operation":
            raise Invalid(Issue("invalid", f"'{parameter['name']}' is not 'operation'.", where))
        parts = {part["name"]: part for part in _named(parameter, "part")}
        try:
            operation = _OPERATIONS.get(_part(parts, "type", "valueCode"))
            if operation is None:
                raise Invalid(f"'type' is one of {', '.join(_OPERATIONS)}.")
            operation(target, parts)
        except Fault as fault:
            raise type(fault)(*(issue._replace(expression=where) for issue in fault.issues)) from None
    return tree


def _named(holder: Tree, member: str) -> list[Tree]:
    """The parameters or parts of an object. Raises Invalid unless they are objects, each with a name."""
    found = holder.get(member, [])
    if type(found) is list and all(type(one) is dict and type(one.get("name")) is str for one in found):
        return found
    raise Invalid(f"'{member}' is a list of objects, each with a name.")


def _part(parts: Tree, name: str, member: str) -> Any:
    value = parts.get(name, {}).get(member)
    if value is None or type(value) is not (int if member == "valueInteger" else str):
        raise Invalid(f"The operation needs the part '{name}' as {member}.")
    return value


class _Place(NamedTuple):
    """A member of an object in the resource, and a place in it when it is a list."""

    holder: Tree
    path: str
    """Where the definitions have the holder's members: "Patient", "HumanName"."""
    key: str
    at: int | None


class _Value(NamedTuple):
    """A value, and what JSON writes beside a primitive one."""

    value: Any
    extra: Any


class _Target:
    """The resource being patched."""

    def __init__(self, definitions: Definitions, tree: Tree) -> None:
        self._definitions = definitions
        self._tree = tree

    def add(self, parts: Tree) -> None:
        """Append to a list, or set what is not there yet."""
        path, name = _part(parts, "path", "valueString"), _part(parts, "name", "valueString")
        holder, defined = self._object_at(path)
        member = self._member(defined, name, parts.get("value", {}))
        if member.element.max != 1:
            _insert(holder, member.name, _count(holder, member.name), self._value(parts, member))
        elif any(key in holder or f"_{key}" in holder for key, _ in member.element.members):
            raise Unprocessable(f"There is a {path}.{name} already; replace it.")
        else:
            _set(holder, member.name, self._value(parts, member))

    def insert(self, parts: Tree) -> None:
        """Put a value at a place in a list."""
        path, index = _part(parts, "path", "valueString"), _part(parts, "index", "valueInteger")
        place, member = self._list_at(path, parts)
        if not 0 <= index <= _count(place.holder, place.key):
            raise Unprocessable(f"{path} has no place {index}.")
        _insert(place.holder, place.key, index, self._value(parts, member))

    def delete(self, parts: Tree) -> None:
        """Remove one element; it is no error when there is none."""
        path = _part(parts, "path", "valueString")
        found = self._found(path)
        if not found:
            return
        place = self._place(_only(found, path))
        for name in (place.key, f"_{place.key}"):
            items = place.holder.get(name)
            if place.at is None:
                place.holder.pop(name, None)
            elif items is not None and place.at < len(items):
                del items[place.at]
                if not items:
                    del place.holder[name]

    def replace(self, parts: Tree) -> None:
        """Put a value in the place of one that is there; a choice may change its type."""
        path = _part(parts, "path", "valueString")
        place = self._place(_only(self._found(path), path))
        element = self._definitions.members(place.path)[place.key].element
        member = self._member(place.path, element.name, parts.get("value", {}))
        value = self._value(parts, member)
        if place.at is not None:
            place.holder[place.key][place.at] = value.value
            return
        for key, _ in element.members:
            place.holder.pop(key, None)
            place.holder.pop(f"_{key}", None)
        _set(place.holder, member.name, value)

    def move(self, parts: Tree) -> None:
        """Take an item of a list to another place in it."""
        path = _part(parts, "path", "valueString")
        source, target = _part(parts, "source", "valueInteger"), _part(parts, "destination", "valueInteger")
        place, _ = self._list_at(path, parts)
        count = _count(place.holder, place.key)
        if not (0 <= source < count and 0 <= target < count):
            raise Unprocessable(f"{path} has {count} items; there is no {max(source, target)}.")
        for name in (place.key, f"_{place.key}"):
            if name in place.holder:
                items = place.holder[name]
                items.insert(target, items.pop(source))

    def _found(self, path: str) -> Collection:
        return Path(path).evaluate(self._tree, self._definitions)

    def _object_at(self, path: str) -> tuple[Tree, str]:
        """The one object at a path, and where its members are defined."""
        item = _only(self._found(path), path)
        if isinstance(item.value, dict):
            return item.value, item.path
        place = self._place(item)
        if place.at is None:
            return place.holder.setdefault(f"_{place.key}", {}), "Element"
        beside = place.holder.setdefault(f"_{place.key}", [])
        beside += [None] * (len(place.holder[place.key]) - len(beside))
        beside[place.at] = beside[place.at] or {}
        return beside[place.at], "Element"

    def _list_at(self, path: str, parts: Tree) -> tuple[_Place, Member]:
        """The whole list that a path names, which may have no items yet."""
        parent, _, name = path.rpartition(".")
        holder, defined = self._object_at(parent)
        member = self._member(defined, name, parts.get("value", {}))
        if member.element.max == 1:
            raise Unprocessable(f"{path} is not a list.")
        return _Place(holder, defined, member.name, None), member

    def _place(self, item: Item) -> _Place:
        """Where an item stands in the resource."""
        for holder, path in self._objects(self._tree, self._tree["resourceType"]):
            if holder is item.container:
                return _Place(holder, path, str(item.key), None)
            if not isinstance(item.container, list):
                continue
            for key, value in holder.items():
                if value is item.container:
                    return _Place(holder, path, key, int(item.key))
        raise Unprocessable("The path does not name an element of the resource.")

    def _objects(self, tree: Tree, path: str) -> Iterator[tuple[Tree, str]]:
        """Every object of the tree, each with where its members are defined."""
        yield tree, path
        members = self._definitions.members(path)
        for key, value in tree.items():
            member = members.get(key)
            defined = "Element" if key.startswith("_") else member.children if member else ""
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, dict) and (below := one.get("resourceType", defined)):
                    yield from self._objects(one, below)

    def _member(self, path: str, name: str, part: Tree) -> Member:
        """The member an element is written as; the value's type decides for a choice."""
        members = self._definitions.members(path)
        found = [member for member in members.values() if member.element.name == name]
        if not found:
            raise Unprocessable(f"There is no element '{name}' in {path}.")
        if not found[0].element.choice:
            return found[0]
        typed = next((name + key.lstrip("_")[5:] for key in part if key.lstrip("_").startswith("value")), "")
        if typed not in members:
            raise Unprocessable(f"{path}.{name} may not be written as '{typed or name}'.")
        return members[typed]

    def _value(self, parts: Tree, member: Member) -> _Value:
        if "value" not in parts:
            raise Invalid("The operation needs the part 'value'.")
        return self._value_of(parts["value"], member)

    def _value_of(self, part: Tree, member: Member) -> _Value:
        """What a part holds: a resource, a value[x], or parts that make an object together."""
        if "resource" in part:
            return _Value(part["resource"], None)
        if "part" not in part:
            value = next((part[key] for key in part if key.startswith("value")), None)
            return _Value(value, next((part[key] for key in part if key.startswith("_value")), None))
        made: Tree = {}
        for inner in _named(part, "part"):
            below = self._member(member.children, inner["name"], inner)
            value = self._value_of(inner, below)
            if below.element.max == 1:
                _set(made, below.name, value)
            else:
                _insert(made, below.name, _count(made, below.name), value)
        return _Value(made, None)


def _only(found: Collection, path: str) -> Item:
    if len(found) != 1:
        raise Unprocessable(f"{path} names {len(found)} elements; it must name one.")
    return found[0]


def _count(holder: Tree, key: str) -> int:
    return max(len(holder.get(key, ())), len(holder.get(f"_{key}", ())))


def _set(holder: Tree, key: str, value: _Value) -> None:
    if value.value is not None:
        holder[key] = value.value
    if value.extra is not None:
        holder[f"_{key}"] = value.extra


def _insert(holder: Tree, key: str, index: int, value: _Value) -> None:
    """Put a value in a list; the list of what stands beside the values, if there is one, keeps step."""
    count = _count(holder, key)
    for name, one, needed in ((key, value.value, True), (f"_{key}", value.extra, value.extra is not None)):
        if needed or name in holder:
            items = holder.setdefault(name, [])
            items += [None] * (count - len(items))
            items.insert(index, one)


_OPERATIONS: dict[str, Callable[[_Target, Tree], None]] = {
    "add": _Target.add,
    "insert": _Target.insert,
    "delete": _Target.delete,
    "replace": _Target.replace,
    "move": _Target.move,
}
