"""A profile's elements compiled to rules: only what they say beyond R4 itself is asked."""

from collections.abc import Callable
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Member
from fellesjournal.fhir.faults import Faults, Found, Local, below, fault, notice
from fellesjournal.fhir.profiles.asking import around
from fellesjournal.fhir.profiles.constraints import ValueRules
from fellesjournal.fhir.profiles.discriminators import Discriminator, every
from fellesjournal.fhir.profiles.items import Item, items, whole
from fellesjournal.fhir.profiles.tree import Node, slicing_of
from fellesjournal.fhir.profiles.workshop import Workshop


def compiled(root: Node, structure: dict[str, Any], shop: Workshop) -> Callable[[Any, Local], Faults]:
    """The check of a whole resource, or value of the type, against a profile."""
    kind, name = structure["type"], structure.get("name") or structure["url"]
    rule = _Value(root, (), shop, root)
    rule.prepare(kind)

    def faults(value: Any, local: Local) -> Faults:
        if type(value) is not dict:
            return None
        named = value.get("resourceType", kind)
        if not shop.definitions.is_a(str(named), kind):
            return fault("invalid", f"The profile {name} is for {kind}, not for {str(named)[:80]}.")
        try:
            found = rule.faults(whole(value, str(named)), local)
        except _UNSOUND as error:
            message = f"The profile {name} cannot be asked here, as it is not sound: {type(error).__name__}."
            return notice("warning", "exception", message)
        return [each._replace(message=_said_by(each.message, name)) for each in found] or None

    return faults


_UNSOUND = (AttributeError, IndexError, Invalid, KeyError, RecursionError, TypeError, ValueError)
"""What comes of a definition that refers to itself, or has parts of the wrong form."""


def _said_by(message: str, name: str) -> str:
    """The message with the profile that says it: the innermost one, where profiles refer to profiles."""
    return message if message.endswith(")") and " (profile " in message else f"{message} (profile {name})"


class _Object:
    """The rules of the elements below a node, for values whose elements are those of a kind."""

    def __init__(self, node: Node, kind: str, shop: Workshop, root: Node) -> None:
        made = (
            _Element(child, members, shop, root)
            for child in node.children.values()
            if (members := shop.members(kind, child.name))
        )
        self._elements = [rule for rule in made if not rule.idle]
        self.idle: bool = not self._elements

    def faults(self, holder: Any, local: Local) -> list[Found]:
        return [found for rule in self._elements for found in rule.faults(holder, local)]


class _Value:
    """The rules of each value of an element, or of a slice of it."""

    def __init__(self, node: Node, members: tuple[Member, ...], shop: Workshop, root: Node) -> None:
        self._node, self._shop, self._root = node, shop, root
        self._rules = ValueRules(node, members, shop)
        reference = node.definition.get("contentReference", "").rpartition("#")[2]
        self._same_as = reference.partition(".")[2] if not node.children else ""
        self._objects: dict[str, _Object] = {}
        for member in members:
            if member.type != "Resource":
                self.prepare(member.children or member.type)
        is_open = bool(self._same_as) or (bool(node.children) and any(m.type == "Resource" for m in members))
        self.idle = self._rules.idle and not is_open and all(rule.idle for rule in self._objects.values())

    def prepare(self, kind: str) -> None:
        """Make the rules for values of a kind ahead, so that a faulty profile is found early."""
        if self._node.children:
            self._objects[kind] = _Object(self._node, kind, self._shop, self._root)

    def faults(self, item: Item, local: Local) -> list[Found]:
        local = around(item, local)
        found = self._rules.faults(item, local)
        if item.holder is None or not (self._node.children or self._same_as):
            return found
        if item.kind not in self._objects:
            node = self._root.at(self._same_as) if self._same_as else self._node
            self._objects[item.kind] = _Object(node or self._node, item.kind, self._shop, self._root)
        return found + self._objects[item.kind].faults(item.holder, local)


class _Element:
    """How many values an element has, each of them, and its slices."""

    def __init__(self, node: Node, members: tuple[Member, ...], shop: Workshop, root: Node) -> None:
        self._members, self._shop = members, shop
        base = members[0].element
        self._name = base.name
        low, high = bounds(node)
        self._low = low if low > base.min else 0
        self._high = high if high is not None and (base.max is None or high < base.max) else None
        self._value = _Value(node, members, shop, root)
        self._slices = Slices(node, members, shop, root) if node.slices else None
        self.idle = not self._low and self._high is None and self._value.idle and self._slices is None

    def faults(self, holder: Any, local: Local) -> list[Found]:
        present = items(holder, self._members, self._shop.definitions)
        found = counted(f".{self._name}", len(present), self._low, self._high, "")
        for item in present:
            found += below(item.step, self._value.faults(item, local))
        if self._slices is not None:
            found += self._slices.faults(present, f".{self._name}", local)
        return found


class Slices:
    """The slices of an element (FHIR R4, profiling.html#slicing)."""

    def __init__(self, node: Node, members: tuple[Member, ...], shop: Workshop, root: Node) -> None:
        slicing = slicing_of(node)
        self._rules = slicing.get("rules", "open")
        self._ordered = bool(slicing.get("ordered"))
        said = [(each["type"], each["path"]) for each in slicing.get("discriminator", ())]
        if not ("slicing" in node.definition or members[0].element.choice or members[0].type == "Extension"):
            said = []
        made = {name: _Slice(each, members, said, shop, root) for name, each in node.slices.items()}
        self._default = made.pop(DEFAULT, None)
        self._slices = list(made.values())

    def takes(self, name: str, item: Item, local: Local) -> bool | None:
        """Is the value in the slice of a name? None where that cannot be known."""
        unsure: set[int] = set()
        chosen = self._choose(item, local, unsure)
        if name == DEFAULT:
            return None if chosen is None else chosen == _REST
        number = next(at for at, one in enumerate(self._slices) if one.name == name)
        return chosen == number or (None if number in unsure else False)

    def faults(self, present: list[Item], place: str, local: Local) -> list[Found]:
        """What is wrong with the values of the element, as slices."""
        unsure: set[int] = set()
        chosen = [self._choose(item, local, unsure) for item in present]
        found = self._order(present, chosen)
        for number, one in enumerate(self._slices):
            own = [item for item, index in zip(present, chosen, strict=True) if index == number]
            found += one.faults(own, number in unsure, place, local)
        rest = [item for item, number in zip(present, chosen, strict=True) if number == _REST]
        if self._default is not None:
            return found + self._default.content(rest, place, local)
        return found + (self._closed(rest) if self._rules == "closed" else [])

    def _choose(self, item: Item, local: Local, unsure: set[int]) -> int | None:
        """The number of the slice that takes the value, _REST for none. None where that cannot be known; then
        those that may take it are `unsure`.
        """
        possible = []
        for number, one in enumerate(self._slices):
            answer = one.takes(item, local)
            if answer:
                return number
            if answer is None:
                possible.append(number)
        unsure.update(possible)
        return None if possible else _REST

    def _closed(self, rest: list[Item]) -> list[Found]:
        """What is in no slice, where there may be nothing else."""
        message = f"This is none of the slices allowed here: {self._names()}."
        return [found for item in rest for found in fault("structure", message, item.step)]

    def _order(self, present: list[Item], chosen: list[int | None]) -> list[Found]:
        """Slices out of order, and what is in none of them before one."""
        found: list[Found] = []
        last, is_open = -1, False
        for item, number in zip(present, chosen, strict=True):
            if number is None:
                continue
            if number == _REST:
                is_open = True
                continue
            if is_open and self._rules == "openAtEnd":
                message = f"What is in none of the slices {self._names()} comes last."
                found += fault("structure", message, item.step)
            if self._ordered and number < last:
                found += fault("structure", f"The slices stand in this order: {self._names()}.", item.step)
            last = max(last, number)
        return found

    def _names(self) -> str:
        return ", ".join(one.name for one in self._slices)


_REST = -1
"""In place of a slice's number: in none of them."""
DEFAULT = "@default"
"""The name of the slice that takes what no other does (profiling.html#default-slice)."""


class _Slice:
    """One slice: which values it takes, how many, and what each must be."""

    def __init__(
        self,
        node: Node,
        members: tuple[Member, ...],
        said: list[tuple[str, str]],
        shop: Workshop,
        root: Node,
    ) -> None:
        self.name = node.slice_name
        self._discriminators = [Discriminator(kind, path, node, shop) for kind, path in said]
        self._low, self._high = bounds(node)
        own = tuple(member for member in members if member.name == self.name) or members
        self._value = _Value(node, own, shop, root)
        self._slices = Slices(node, own, shop, root) if node.slices else None

    def takes(self, item: Item, local: Local) -> bool | None:
        """Does it take the value? None where that cannot be known: there is nothing that tells it apart, the
        profile or value set that does is not here, or a reference leads out of reach.
        """
        if not any(each.tells() for each in self._discriminators):
            return None
        return every(each.matches(item, local) for each in self._discriminators)

    def faults(self, own: list[Item], unsure: bool, place: str, local: Local) -> list[Found]:
        """What is wrong with those it takes; `unsure`: others may be in it too."""
        is_told = any(each.tells() for each in self._discriminators)
        if self._low > len(own) and (unsure or not is_told):
            message = f"Whether at least {self._low} of the slice {self.name} is here cannot be known."
            return notice("information", "not-supported", message, place) + self.content(own, place, local, 0)
        return self.content(own, place, local) if is_told else []

    def content(self, own: list[Item], place: str, local: Local, low: int | None = None) -> list[Found]:
        """Their number, and what each must be."""
        low = self._low if low is None else low
        found = counted(place, len(own), low, self._high, f" of the slice {self.name}")
        for item in own:
            found += below(item.step, self._value.faults(item, local))
        if self._slices is not None:
            found += self._slices.faults(own, place, local)
        return found


def bounds(node: Node) -> tuple[int, int | None]:
    """min and max as the profile says them: (0, None) where it does not."""
    high = node.definition.get("max", "*")
    return int(node.definition.get("min", 0)), None if high == "*" else int(high)


def counted(place: str, number: int, low: int, high: int | None, of: str) -> list[Found]:
    """The fault of too few or too many."""
    if number < low:
        return fault("required", f"At least {low}{of} is required here; there are {number}.", place)
    if high is not None and number > high:
        allowed = f"At most {high}{of} may be written here" if high else f"Nothing{of} may be written here"
        return fault("structure", f"{allowed}; there are {number}.", place)
    return []
