"""Subsetting and combining (FHIRPath N1, sections 5.3 and 5.4)."""

from collections.abc import Callable

from fellesjournal.fhir.path.equality import distinct, identities, identity
from fellesjournal.fhir.path.items import NOTHING, Collection
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import integer_of, single


@function("single")
def only(here: str) -> Part:
    """The only item; several are an error."""

    def find(focus: Collection, scope: Scope) -> Collection:
        single(focus, here)
        return focus

    return finding(find, here)


@function("first")
def first(here: str) -> Part:
    """The first item."""
    return finding(lambda focus, scope: focus[:1], here)


@function("last")
def last(here: str) -> Part:
    """The last item."""
    return finding(lambda focus, scope: focus[-1:], here)


@function("tail")
def tail(here: str) -> Part:
    """All but the first item."""
    return finding(lambda focus, scope: focus[1:], here)


@function("skip", 1)
def skip(here: str, number: Part) -> Part:
    """All but the first so many items."""
    return _slice(here, number, lambda focus, count: focus[max(count, 0) :])


@function("take", 1)
def take(here: str, number: Part) -> Part:
    """The first so many items."""
    return _slice(here, number, lambda focus, count: focus[: max(count, 0)])


def _slice(here: str, number: Part, cut: Callable[[Collection, int], Collection]) -> Part:
    def find(focus: Collection, scope: Scope) -> Collection:
        count = integer_of(number.argument(scope), here)
        return NOTHING if count is None else cut(focus, count)

    return finding(find, here)


@function("intersect", 1)
def intersect(here: str, other: Part) -> Part:
    """The items that are also in the other collection, each once."""

    def find(focus: Collection, scope: Scope) -> Collection:
        there = identities(other.argument(scope)) if focus else set()
        return distinct([item for item in focus if identity(item) in there])

    return finding(find, here)


@function("exclude", 1)
def exclude(here: str, other: Part) -> Part:
    """The items that are not in the other collection."""

    def find(focus: Collection, scope: Scope) -> Collection:
        there = identities(other.argument(scope)) if focus else set()
        return [item for item in focus if identity(item) not in there]

    return finding(find, here)


@function("union", 1)
def union(here: str, other: Part) -> Part:
    """The items of both collections, each once."""
    return finding(lambda focus, scope: distinct(focus + other.argument(scope)), here)


@function("combine", 1, 2)
def combine(here: str, other: Part, in_order: Part | None = None) -> Part:
    """The items of both collections, in order, whether it is asked for or not."""
    return finding(lambda focus, scope: focus + other.argument(scope), here)


@function("coalesce", 1, 20)
def coalesce(here: str, *alternatives: Part) -> Part:
    """The first of the alternatives that is not empty."""

    def find(focus: Collection, scope: Scope) -> Collection:
        for alternative in alternatives:
            if found := alternative.argument(scope):
                return found
        return NOTHING

    return finding(find, here)
