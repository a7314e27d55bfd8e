"""What expressions compute with: items that know their type and where in the resource they stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from fellesjournal.fhir.definitions import Definitions


class Item:
    """One value of a collection.

    `type` is a FHIR type ("Quantity") or a system type ("System.Boolean"); `path` is where Definitions
    finds the elements below it, "" for a primitive. An item taken from a resource says where it stands:
    `container[key]`, container a dict or a list of the tree; a computed one has container None.
    `extra` is what JSON writes beside a primitive value (id and extension, in the member "_birthDate").
    """

    __slots__ = ("container", "extra", "key", "path", "type", "value")

    def __init__(
        self,
        value: Any,
        type: str,  # the specification's word
        path: str = "",
        container: dict[str, Any] | list[Any] | None = None,
        key: str | int = "",
        extra: dict[str, Any] | None = None,
    ) -> None:
        self.value = value
        self.type = type
        self.path = path
        self.container = container
        self.key = key
        self.extra = extra

    def __repr__(self) -> str:
        return f"Item({self.value!r}, {self.type!r})"


Collection = list[Item]
Resolver = Callable[[str, "Environment"], Item | None]


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression is evaluated in: the definitions, the resource and %variables."""

    definitions: Definitions
    resource: Item
    resolver: Resolver
    variables: dict[str, Collection] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What $this, $index and $total stand for."""

    environment: Environment
    this: Item
    index: int = 0
    total: tuple[Item, ...] = ()

    def at(self, item: Item, index: int) -> "Scope":
        """The scope inside a function's criteria, for one item."""
        return replace(self, this=item, index=index)


Evaluate = Callable[[Collection, Scope], Collection]
"""A compiled expression: from what is in focus to what it finds."""


def boolean(value: bool) -> Collection:
    """The collection of one boolean."""
    return [Item(value, "System.Boolean")]


def string(value: str) -> Collection:
    """The collection of one string."""
    return [Item(value, "System.String")]


def number(value: int | Decimal) -> Collection:
    """The collection of one number."""
    return [Item(value, "System.Integer" if isinstance(value, int) else "System.Decimal")]


def root(resource: dict[str, Any]) -> Item:
    """The item of a whole resource."""
    return Item(resource, resource["resourceType"], resource["resourceType"])


def children(item: Item, definitions: Definitions, name: str | None = None) -> Iterator[Item]:
    """The elements below an item, all of them or those called `name` (a choice without its type)."""
    if not isinstance(item.value, dict):
        if item.extra is not None:
            yield from _children(item.extra, "Element", definitions, name)
        return
    if item.path:
        yield from _children(item.value, item.path, definitions, name)


def _children(tree: dict[str, Any], path: str, definitions: Definitions, name: str | None) -> Iterator[Item]:
    for key, member in definitions.members(path).items():
        if name is None or member.element.name == name:
            extra = tree.get("_" + key)
            if key in tree or extra is not None:
                yield from _items(tree, key, member.type, member.children, extra)


def _items(tree: dict[str, Any], key: str, kind: str, path: str, extra: Any) -> Iterator[Item]:
    value = tree.get(key)
    if isinstance(value, list) or isinstance(extra, list):
        values: list[Any] = value if isinstance(value, list) else []
        extras: list[Any] = extra if isinstance(extra, list) else []
        for index in range(max(len(values), len(extras))):
            one = values[index] if index < len(values) else None
            beside = extras[index] if index < len(extras) else None
            if one is not None or beside is not None:
                yield _item(one, kind, path, values, index, beside)
    else:
        yield _item(value, kind, path, tree, key, extra)


def _item(value: Any, kind: str, path: str, container: Any, key: str | int, extra: Any) -> Item:
    if isinstance(value, dict) and "resourceType" in value:
        kind = path = value["resourceType"]
    return Item(value, kind, path, container, key, extra)
