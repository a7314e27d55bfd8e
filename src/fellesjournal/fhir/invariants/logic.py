"""Conditions and numbers of JSON objects, put together. None is what FHIRPath finds nothing for."""

from collections.abc import Callable, Sequence
from typing import Any

from fellesjournal.fhir.invariants.finding import Find

Truth = Callable[[Any], bool | None]
"""Of a JSON object: true, false or, where FHIRPath finds nothing, None."""
Amount = Callable[[Any], Any]
"""Of a JSON object: a number, or None."""


def this(value: Any) -> Sequence[Any]:
    """The object itself."""
    return (value,)


def constant_of(number: int) -> Amount:
    """The amount that is always the same."""
    return lambda value: number


def _and(left: Truth, right: Truth) -> Truth:
    def both(value: Any) -> bool | None:
        a = left(value)
        if a is False:
            return False
        b = right(value)
        return False if b is False else None if a is None or b is None else True

    return both


def _or(left: Truth, right: Truth) -> Truth:
    def either(value: Any) -> bool | None:
        a = left(value)
        if a:
            return True
        b = right(value)
        return True if b else None if a is None or b is None else False

    return either


def _xor(left: Truth, right: Truth) -> Truth:
    return agreement(left, right, wanted=False)


def agreement(left: Truth, right: Truth, wanted: bool) -> Truth:
    """The two are alike, or when that is not wanted, unlike."""

    def agree(value: Any) -> bool | None:
        a, b = left(value), right(value)
        return None if a is None or b is None else (a is b) is wanted

    return agree


def negation(of: Truth) -> Truth:
    """not()."""

    def negated(value: Any) -> bool | None:
        answer = of(value)
        return None if answer is None else not answer

    return negated


def _implies(left: Truth, right: Truth) -> Truth:
    return _or(negation(left), right)


LOGIC: dict[str, Callable[[Truth, Truth], Truth]] = {
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
}


def is_equal(find: Find, constant: Any, wanted: bool) -> Truth:
    """The one value is the constant, or when that is not wanted, is not."""
    kind = type(constant)

    def equal(value: Any) -> bool | None:
        found = find(value)
        if not found:
            return None
        same = len(found) == 1 and type(found[0]) is kind and found[0] == constant
        return same is wanted

    return equal


def is_among(find: Find, listed: frozenset[Any]) -> Truth:
    """The one value is one of those listed."""

    def among(value: Any) -> bool | None:
        found = find(value)
        return found[0] in listed if found else None

    return among


def comparison(operator: str, left: Amount, right: Amount) -> Truth:
    """Two numbers, compared by an operator."""
    holds = _ORDERS[operator]

    def compare(value: Any) -> bool | None:
        a, b = left(value), right(value)
        return None if a is None or b is None else holds(a, b)

    return compare


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}


def number_of(find: Find) -> Amount:
    """The one number that is found."""

    def number(value: Any) -> Any:
        found = find(value)
        return found[0] if len(found) == 1 and type(found[0]) is not dict else None

    return number


def any_of(find: Find, truth: Truth) -> Truth:
    """exists(criteria)."""
    return lambda value: any(truth(item) for item in find(value))


def all_of(find: Find, truth: Truth) -> Truth:
    """all(criteria)."""
    return lambda value: all(truth(item) for item in find(value))


def passing(find: Find, truth: Truth) -> Find:
    """where(criteria)."""

    def passing(value: Any) -> Sequence[Any]:
        return [item for item in find(value) if truth(item)]

    return passing


def first(find: Find) -> Find:
    """first()."""
    return lambda value: find(value)[:1]


def has_any(find: Find, names: frozenset[str], wanted: bool) -> Truth:
    """One of the objects has a member of one of the names; or none has, when that is what is wanted."""

    def has(value: Any) -> bool:
        for item in find(value):
            if type(item) is dict and not names.isdisjoint(item):
                return wanted
        return not wanted

    return has


def distinct_values(find: Find) -> Truth:
    """isDistinct(), of primitives."""

    def distinct(value: Any) -> bool:
        found = [item for item in find(value) if type(item) is not dict]
        return len(set(found)) == len(found)

    return distinct


def has_value(find: Find) -> Truth:
    """hasValue()."""

    def has_value(value: Any) -> bool:
        found = find(value)
        return len(found) == 1 and type(found[0]) is not dict

    return has_value


def single_flag(find: Find) -> Truth:
    """The one boolean that is found."""

    def flag(value: Any) -> bool | None:
        found = find(value)
        return found[0] if len(found) == 1 and type(found[0]) is bool else None

    return flag


def text_test(find: Find, holds: Callable[[str, str], bool], text: str) -> Truth:
    """A test of the one string that is found."""

    def tested(value: Any) -> bool | None:
        found = find(value)
        return holds(found[0], text) if len(found) == 1 and type(found[0]) is str else None

    return tested


def pattern_test(find: Find, pattern: Any) -> Truth:
    """matches(), of the one string that is found, with a pattern of RE2."""

    def tested(value: Any) -> bool | None:
        found = find(value)
        if len(found) != 1 or type(found[0]) is not str:
            return None
        return pattern.search(found[0]) is not None

    return tested
