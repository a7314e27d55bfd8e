"""Finding a resource by its own values: many criteria at once, taken apart only when it is not found."""

from collections.abc import Iterator

from corpus.criteria import Criterion
from fellesjournal.errors import Fault
from oracle.door import Door
from oracle.evaluator import Key

AT_ONCE = 100
"""Criteria in one search: all must hold, so that one answer speaks for each of them."""


def batches(criteria: list[Criterion]) -> Iterator[list[Criterion]]:
    """The criteria, some at a time."""
    for start in range(0, len(criteria), AT_ONCE):
        yield criteria[start : start + AT_ONCE]


async def failing(door: Door, key: Key, criteria: list[Criterion]) -> list[str]:
    """The criteria by which the resource is not found, as few as can be told apart."""
    complaint = await _complaint(door, key, criteria)
    if not complaint:
        return []
    if len(criteria) == 1:
        return [f"{'/'.join(key)} by {criteria[0][0]}={criteria[0][1][:80]}: {complaint}"]
    half = len(criteria) // 2
    return [*await failing(door, key, criteria[:half]), *await failing(door, key, criteria[half:])]


async def _complaint(door: Door, key: Key, criteria: list[Criterion]) -> str:
    try:
        counted = await door.journal.search(key[0], [*criteria, ("_id", key[1]), ("_summary", "count")])
    except Fault as fault:
        return str(fault)
    return "" if counted.total == 1 else "not found"


async def miscounted(door: Door, type_: str, criterion: Criterion, right: int) -> list[str]:
    """What is wrong with the number of resources found by a single criterion."""
    try:
        counted = await door.journal.search(type_, [criterion, ("_summary", "count")])
    except Fault as fault:
        return [f"{type_}?{criterion[0]}={criterion[1][:80]}: {fault}"]
    if counted.total == right:
        return []
    return [f"{type_}?{criterion[0]}={criterion[1][:80]} finds {counted.total} instead of {right}"]
