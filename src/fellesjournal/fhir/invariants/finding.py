"""Elements found in JSON by name: every spelling of a choice, and primitives that are only extensions.

A primitive with no value of its own is found as the object that JSON writes beside it (`_name`).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Member

Find = Callable[[Any], Sequence[Any]]
"""Of a JSON object: the items that an element has, [] for none."""


class Spelling(NamedTuple):
    """How an element is written in JSON."""

    members: tuple[str, ...]
    beside: bool
    """May there be a `_name`?"""
    is_list: bool
    kind: str
    """Where its own elements are found, or its primitive type; "" when it may be of several types.
    So it is of a resource within this one."""

    @classmethod
    def of(cls, members: Sequence[Member]) -> "Spelling":
        """The spelling of an element, of which these are the members."""
        kinds = {member.children or member.type for member in members}
        return cls(
            tuple(member.name for member in members),
            any(not member.children for member in members),
            members[0].element.max != 1,
            kinds.pop() if len(kinds) == 1 and "Resource" not in kinds else "",
        )

    @property
    def names(self) -> frozenset[str]:
        """The members by which the element is there."""
        under = (f"_{name}" for name in self.members) if self.beside else ()
        return frozenset((*self.members, *under))


def member(spelling: Spelling) -> Find:
    """What finds an element in the object that holds it."""
    if len(spelling.members) > 1:
        finds = [_one(name, spelling) for name in spelling.members]
        return lambda value: [item for find in finds for item in find(value)]
    return _one(spelling.members[0], spelling)


def _one(name: str, spelling: Spelling) -> Find:
    if spelling.is_list:
        return _listed(name) if spelling.beside else lambda value: value.get(name, ())
    under = f"_{name}"

    def find(value: Any) -> Sequence[Any]:
        item = value.get(name)
        if item is None and under in value:
            item = value[under]
        return () if item is None else (item,)

    return find


def _listed(name: str) -> Find:
    under = f"_{name}"

    def find(value: Any) -> Sequence[Any]:
        items: Sequence[Any] = value.get(name, ())
        if under not in value:
            return items
        beside = value[under]
        merged = [beside[i] if item is None else item for i, item in enumerate(items or [None] * len(beside))]
        return [item for item in merged if item is not None]

    return find


def flat(outer: Find, inner: Find) -> Find:
    """What `inner` finds in everything that `outer` finds."""

    def find(value: Any) -> Sequence[Any]:
        above = outer(value)
        if len(above) == 1:
            return inner(above[0]) if type(above[0]) is dict else ()
        return [item for one in above if type(one) is dict for item in inner(one)]

    return find
