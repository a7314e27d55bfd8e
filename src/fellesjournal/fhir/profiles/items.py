"""The values of an element as they stand in JSON, each with its place and type."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Definitions, Member


class Item(NamedTuple):
    """One value of an element."""

    step: str
    """As FHIRPath writes it: ".name[0]", ".value.ofType(Quantity)"; "" for the whole."""
    value: Any
    """None for a primitive that is only extensions."""
    extra: Any
    """What JSON writes beside a primitive, None for nothing."""
    type: str
    """"Quantity", "string", "BackboneElement", "Patient"."""
    kind: str
    """Where its own elements are defined: "Patient.contact", "Quantity", "string"."""

    @property
    def holder(self) -> Any:
        """The object that holds its own elements."""
        return self.value if type(self.value) is dict else self.extra


def whole(value: Any, kind: str) -> Item:
    """A resource, or a value of a data type, by itself."""
    return Item("", value, None, kind, kind)


def spelled(kind: str, name: str, definitions: Definitions) -> tuple[Member, ...]:
    """The JSON members of an element of a type or backbone; () when it has none of this name."""
    owner = kind.partition(".")[0]
    if not definitions.is_type(owner) or kind not in definitions.type(owner).elements:
        return ()
    return tuple(m for m in definitions.members(kind).values() if m.element.name == name)


def items(holder: Any, members: Sequence[Member], definitions: Definitions) -> list[Item]:
    """The values of an element in the object that holds it; what is of the wrong form is passed over."""
    if type(holder) is not dict:
        return []
    found: list[Item] = []
    for member in members:
        is_primitive = not member.children and member.type != "Resource"
        value, extra = holder.get(member.name), holder.get(f"_{member.name}") if is_primitive else None
        if value is None and extra is None:
            continue
        step = f".{member.element.name}.ofType({member.type})" if member.element.choice else f".{member.name}"
        if member.element.max == 1:
            found.append(_item(step, value, extra, member, definitions))
        else:
            found += _listed(step, value, extra, member, definitions)
    return found


def _listed(step: str, value: Any, extra: Any, member: Member, definitions: Definitions) -> list[Item]:
    values = value if type(value) is list else []
    extras = extra if type(extra) is list else []
    found = []
    for index in range(max(len(values), len(extras))):
        one = values[index] if index < len(values) else None
        beside = extras[index] if index < len(extras) else None
        if one is not None or beside is not None:
            found.append(_item(f"{step}[{index}]", one, beside, member, definitions))
    return found


def _item(step: str, value: Any, extra: Any, member: Member, definitions: Definitions) -> Item:
    kind = member.children or member.type
    if member.type != "Resource":
        return Item(step, value, extra, member.type, kind)
    named = value.get("resourceType") if type(value) is dict else None
    if type(named) is str and definitions.is_resource_type(named):
        return Item(step, value, extra, named, named)
    return Item(step, value, extra, "Resource", "Resource")
