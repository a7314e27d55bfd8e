"""Subsetting and combining (FHIRPath N1, sections 5.3 and 5.4)."""

from collections.abc import Callable

from fellesjournal.fhir.path.items import Collection, Evaluate, Scope
from fellesjournal.fhir.path.operators import distinct, includes
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import integer_of, single


@function("single")
def only() -> Evaluate:
    """The only item; several are an error."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, "single()")
        return [] if item is None else [item]

    return evaluate


@function("first")
def first() -> Evaluate:
    """The first item."""
    return lambda focus, scope: focus[:1]


@function("last")
def last() -> Evaluate:
    """The last item."""
    return lambda focus, scope: focus[-1:]


@function("tail")
def tail() -> Evaluate:
    """All but the first item."""
    return lambda focus, scope: focus[1:]


@function("skip", 1)
def skip(number: Evaluate) -> Evaluate:
    """All but the first so many items."""
    return _slice(number, "skip()", lambda focus, count: focus[max(count, 0) :])


@function("take", 1)
def take(number: Evaluate) -> Evaluate:
    """The first so many items."""
    return _slice(number, "take()", lambda focus, count: focus[: max(count, 0)])


def _slice(number: Evaluate, name: str, cut: Callable[[Collection, int], Collection]) -> Evaluate:
    def evaluate(focus: Collection, scope: Scope) -> Collection:
        count = integer_of(number([scope.this], scope), name)
        return [] if count is None else cut(focus, count)

    return evaluate


@function("intersect", 1)
def intersect(other: Evaluate) -> Evaluate:
    """The items that are also in the other collection, each once."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        there = other([scope.this], scope)
        return distinct([item for item in focus if includes(there, item)])

    return evaluate


@function("exclude", 1)
def exclude(other: Evaluate) -> Evaluate:
    """The items that are not in the other collection."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        there = other([scope.this], scope)
        return [item for item in focus if not includes(there, item)]

    return evaluate


@function("union", 1)
def union(other: Evaluate) -> Evaluate:
    """The items of both collections, each once."""
    return lambda focus, scope: distinct([*focus, *other([scope.this], scope)])


@function("combine", 1)
def combine(other: Evaluate) -> Evaluate:
    """The items of both collections."""
    return lambda focus, scope: [*focus, *other([scope.this], scope)]
