"""What expressions compute with: items that know their type and where in the resource they stand."""

from typing import Any


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
"""What an expression finds. No part of an expression changes a collection that it was given."""

NOTHING: Collection = []
TRUE: Collection = [Item(True, "System.Boolean")]
FALSE: Collection = [Item(False, "System.Boolean")]


def boolean(value: bool | None) -> Collection:
    """The collection of one boolean; nothing for None."""
    return NOTHING if value is None else TRUE if value else FALSE


def string(value: str) -> Collection:
    """The collection of one string."""
    return [Item(value, "System.String")]


def integer(value: int) -> Collection:
    """The collection of one integer."""
    return [Item(value, "System.Integer")]


def root(resource: dict[str, Any]) -> Item:
    """The item of a whole resource."""
    kind = resource["resourceType"]
    return Item(resource, kind, kind)
