"""Existence (FHIRPath N1, section 5.1). The compiler itself answers exists() and empty() of no arguments."""

from collections.abc import Callable, Iterator

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.equality import distinct, identities
from fellesjournal.fhir.path.items import Collection, integer
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope


@function("empty")
def empty(here: str) -> Part:
    """Is there nothing?"""
    return condition(lambda focus, scope: not focus)


@function("exists", 0, 1)
def exists(here: str, criteria: Part) -> Part:
    """Is there an item that meets the criteria?"""
    meets = criteria.holds

    def holds(focus: Collection, scope: Scope) -> bool:
        if not focus:
            return False
        scope.environment.work(len(focus) * criteria.weight)
        inner = scope.inner(focus[0])
        for inner.index, item in enumerate(focus):
            inner.this = item
            if meets([item], inner):
                return True
        return False

    return condition(holds)


@function("all", 1)
def all_meet(here: str, criteria: Part) -> Part:
    """Does every item meet the criteria?"""
    meets = criteria.holds

    def holds(focus: Collection, scope: Scope) -> bool:
        if not focus:
            return True
        scope.environment.work(len(focus) * criteria.weight)
        inner = scope.inner(focus[0])
        for inner.index, item in enumerate(focus):
            inner.this = item
            if not meets([item], inner):
                return False
        return True

    return condition(holds)


@function("count")
def count(here: str) -> Part:
    """How many items there are."""
    return finding(lambda focus, scope: integer(len(focus)), here)


def _of_booleans(name: str, holds: Callable[[Iterator[bool]], bool], *, wanted: bool) -> None:
    """Register a function of a collection of booleans. It raises Invalid when another value is among them."""

    def build(here: str) -> Part:
        def answer(focus: Collection, scope: Scope) -> bool:
            for item in focus:
                if type(item.value) is not bool and item.value is not None:
                    raise Invalid(f"FHIRPath: {here} wants booleans, not {item.type}.")
            return holds(item.value is wanted for item in focus)

        return condition(answer)

    function(name)(build)


_of_booleans("allTrue", all, wanted=True)
_of_booleans("anyTrue", any, wanted=True)
_of_booleans("allFalse", all, wanted=False)
_of_booleans("anyFalse", any, wanted=False)


@function("subsetOf", 1)
def subset_of(here: str, other: Part) -> Part:
    """Is every item also in the other collection?"""
    return condition(lambda focus, scope: identities(focus) <= identities(other.argument(scope)))


@function("supersetOf", 1)
def superset_of(here: str, other: Part) -> Part:
    """Is every item of the other collection also here?"""
    return condition(lambda focus, scope: identities(focus) >= identities(other.argument(scope)))


@function("distinct")
def distinct_items(here: str) -> Part:
    """Each item once."""
    return finding(lambda focus, scope: distinct(focus), here)


@function("isDistinct")
def is_distinct(here: str) -> Part:
    """Is no item there twice?"""
    return condition(lambda focus, scope: len(distinct(focus)) == len(focus))
