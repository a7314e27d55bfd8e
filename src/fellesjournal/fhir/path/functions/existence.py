"""Existence (FHIRPath N1, section 5.1)."""

from fellesjournal.fhir.path.items import Collection, Evaluate, Scope, boolean, number
from fellesjournal.fhir.path.operators import distinct, includes
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import truth


@function("empty")
def empty() -> Evaluate:
    """Is there nothing?"""
    return lambda focus, scope: boolean(not focus)


@function("exists", 0, 1)
def exists(criteria: Evaluate | None = None) -> Evaluate:
    """Is there an item (that meets the criteria)?"""
    if criteria is None:
        return lambda focus, scope: boolean(bool(focus))
    return lambda focus, scope: boolean(any(_meets(criteria, focus, scope)))


@function("all", 1)
def all_meet(criteria: Evaluate) -> Evaluate:
    """Does every item meet the criteria?"""
    return lambda focus, scope: boolean(all(_meets(criteria, focus, scope)))


@function("count")
def count() -> Evaluate:
    """How many items there are."""
    return lambda focus, scope: number(len(focus))


@function("allTrue")
def all_true() -> Evaluate:
    """Is every item true?"""
    return lambda focus, scope: boolean(all(item.value is True for item in focus))


@function("anyTrue")
def any_true() -> Evaluate:
    """Is an item true?"""
    return lambda focus, scope: boolean(any(item.value is True for item in focus))


@function("allFalse")
def all_false() -> Evaluate:
    """Is every item false?"""
    return lambda focus, scope: boolean(all(item.value is False for item in focus))


@function("anyFalse")
def any_false() -> Evaluate:
    """Is an item false?"""
    return lambda focus, scope: boolean(any(item.value is False for item in focus))


@function("subsetOf", 1)
def subset_of(other: Evaluate) -> Evaluate:
    """Is every item also in the other collection?"""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        there = other([scope.this], scope)
        return boolean(all(includes(there, item) for item in focus))

    return evaluate


@function("distinct")
def distinct_items() -> Evaluate:
    """Each item once."""
    return lambda focus, scope: distinct(focus)


@function("isDistinct")
def is_distinct() -> Evaluate:
    """Is no item there twice?"""
    return lambda focus, scope: boolean(len(distinct(focus)) == len(focus))


def _meets(criteria: Evaluate, focus: Collection, scope: Scope) -> list[bool]:
    return [truth(criteria([item], scope.at(item, i))) is True for i, item in enumerate(focus)]
