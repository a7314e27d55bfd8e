"""The elements of a profile as a tree, made from a snapshot or from differentials laid over one another.

What R4 itself says of a type is checked already, so a tree holds only what profiles say: the differential
of a profile is laid over the tree of the profile it is based on, as a snapshot would be made of them.
"""

from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions, Member

CORE = "http://hl7.org/fhir/StructureDefinition/"


class Node:
    """One element, or one slice of it. `definition` is an ElementDefinition, perhaps with parts only."""

    def __init__(self, name: str, slice_name: str = "") -> None:
        self.name = name
        """Without "[x]"; the type for the root."""
        self.slice_name = slice_name
        self.definition: dict[str, Any] = {}
        self.children: dict[str, Node] = {}
        self.slices: dict[str, Node] = {}

    def __repr__(self) -> str:
        return f"Node({self.name}:{self.slice_name})" if self.slice_name else f"Node({self.name})"

    @property
    def types(self) -> list[dict[str, Any]]:
        """ElementDefinition.type; [] where the profile does not say."""
        return list(self.definition.get("type", ()))

    def value(self, prefix: str) -> Any:
        """The value of fixed[x] or pattern[x], None when there is none."""
        for name, value in self.definition.items():
            if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper():
                return value
        return None

    def lay(self, definition: dict[str, Any]) -> None:
        """Lay what a profile says over what its base says; rules add up."""
        rules = [*self.definition.get("constraint", ()), *definition.get("constraint", ())]
        self.definition = self.definition | definition
        if rules:
            self.definition["constraint"] = list({rule["key"]: rule for rule in rules}.values())

    def child(self, name: str) -> "Node":
        """The element of a name below this one."""
        return self.children.setdefault(name, Node(name))

    def slice(self, name: str) -> "Node":
        """A slice of this element; "a/b" is the slice b of the slice a (re-slicing)."""
        outer, _, inner = name.rpartition("/")
        holder = self.slice(outer) if outer else self
        return holder.slices.setdefault(inner, Node(self.name, name))

    def at(self, path: str) -> "Node | None":
        """The element at a dotted path of the type: "item.item" from the root of a Questionnaire."""
        found: Node | None = self
        for name in path.split("."):
            found = found.children.get(name.removesuffix("[x]")) if found else None
        return found


def grow(root: Node, elements: list[dict[str, Any]], definitions: Definitions) -> None:
    """Lay the ElementDefinitions of a snapshot or differential over a tree."""
    last: dict[str, str] = {}
    for element in elements:
        path: str = element["path"]
        id = element.get("id") or _id(element, last)
        last[path] = id
        node = root
        kind = root.name
        for segment in id.split(".")[1:]:
            name, _, slice_name = segment.partition(":")
            node, kind = _step(node, kind, name.removesuffix("[x]"), slice_name, definitions)
        node.lay({name: part for name, part in element.items() if name not in ("id", "path", "sliceName")})


def _id(element: dict[str, Any], last: dict[str, str]) -> str:
    """The id of an element that has none: that of the last one above it, and its own name."""
    above, _, name = element["path"].rpartition(".")
    written = f"{last.get(above, above)}.{name}" if above else name
    slice_name = element.get("sliceName")
    return f"{written}:{slice_name}" if slice_name else written


def _step(node: Node, kind: str, name: str, slice_name: str, definitions: Definitions) -> tuple[Node, str]:
    """The child of a name, or its slice; "valueQuantity" is the slice of value[x] for that type."""
    members = _members(kind, definitions)
    written = members.get(name)
    if written is not None and written.element.choice:
        child = node.child(written.element.name).slice(name)
        return (child.slice(slice_name) if slice_name else child), written.children or written.type
    child = node.child(name)
    if slice_name:
        child = child.slice(slice_name)
    found = [member for member in members.values() if member.element.name == name]
    if len(found) > 1:
        found = [member for member in found if member.name == slice_name]
    return child, (found[0].children or found[0].type) if len(found) == 1 else ""


def _members(kind: str, definitions: Definitions) -> dict[str, Member]:
    if not kind or not definitions.is_type(kind.partition(".")[0]):
        return {}
    if kind not in definitions.type(kind.partition(".")[0]).elements:
        return {}
    return definitions.members(kind)


def elements_of(structure: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The ElementDefinitions to read, and whether they are all (a snapshot). Raises Invalid for none."""
    for part, whole in (("snapshot", True), ("differential", False)):
        elements = structure.get(part, {}).get("element")
        if elements:
            return elements, whole
    raise Invalid(f"The profile {structure.get('url')} has neither a snapshot nor a differential.")


def slicing_of(node: Node) -> dict[str, Any]:
    """How the element is sliced: where nothing is said, extensions by their url and choices by their type."""
    said = node.definition.get("slicing")
    if said:
        return dict(said)
    if node.name in ("extension", "modifierExtension"):
        return {"discriminator": [{"type": "value", "path": "url"}], "rules": "open"}
    return {"discriminator": [{"type": "type", "path": "$this"}], "rules": "open"}
