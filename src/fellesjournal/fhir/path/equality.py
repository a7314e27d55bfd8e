"""Equal and equivalent (FHIRPath N1, section 6.1)."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from fellesjournal.fhir.path import quantities
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.moments import Moment, bounds, order, read_date, read_time
from fellesjournal.fhir.path.numbers import significant_places
from fellesjournal.fhir.path.quantities import amount, canonical, equivalent
from fellesjournal.fhir.path.singletons import decimal_of
from fellesjournal.fhir.path.types import system_type

Some = TypeVar("Some")

_NUMBERS = (int, float, Decimal)
"""The numbers of JSON; true and false are none."""
NUMBERS = frozenset(("Integer", "Decimal"))
AMOUNTS = NUMBERS | {"Quantity"}
DATES = frozenset(("Date", "DateTime"))


def moment_of(item: Item) -> Moment | None:
    """The date, dateTime or time that an item is; None when it is none."""
    kind = system_type(item)
    if not isinstance(item.value, str):
        return None
    return read_date(item.value) if kind in DATES else read_time(item.value) if kind == "Time" else None


def same(left: Item, right: Item) -> bool | None:
    """Are two items equal? None when dates are written too coarsely to say, or units do not compare."""
    a, b = left.value, right.value
    if a is None or b is None:
        return a is b and left.extra == right.extra
    if type(a) is type(b) is int:
        return a == b
    first, second = system_type(left), system_type(right)
    if first in NUMBERS and second in NUMBERS:
        return decimal_of(left) == decimal_of(right)
    if first in AMOUNTS and second in AMOUNTS:
        return _same_amount(left, right)
    if (first in DATES and second in DATES) or first == second == "Time":
        one, other = moment_of(left), moment_of(right)
        if one is None or other is None:
            return bool(a == b)
        compared = order(one, other)
        return None if compared is None else compared == 0
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return bool(a == b)


def _same_amount(left: Item, right: Item) -> bool | None:
    first, second = amount(left), amount(right)
    if first is None or second is None or "other" in (first.kind, second.kind):
        return bool(left.value == right.value) or (None if left.type != right.type else False)
    compared = quantities.order(first, second)
    return None if compared is None else compared == 0


def equal(left: Collection, right: Collection) -> bool | None:
    """`=`: the same items in the same order."""
    if not left or not right:
        return None
    if len(left) != len(right):
        return False
    answers = [same(a, b) for a, b in zip(left, right, strict=True)]
    return False if False in answers else None if None in answers else True


def identity(item: Item) -> Hashable:
    """What two items have in common when they are equal, and only then: so many are compared at once.

    (One year equals 365 days, and these two do differ here.)
    """
    value = item.value
    kind = system_type(item)
    if kind == "String" or type(value) is bool:
        return (type(value), value) if value is not None else ("nothing", _frozen(item.extra))
    if value is None:
        return "nothing", _frozen(item.extra)
    if kind in NUMBERS:
        return "number", decimal_of(item)
    if kind in DATES or kind == "Time":
        moment = moment_of(item)
        return (kind == "Time", bounds(moment)) if moment else value
    if kind == "Quantity":
        found = amount(item)
        measured = canonical(found) if found else None
        if measured is not None:
            return measured
    return "tree", _frozen(value)


def distinct(items: Collection) -> Collection:
    """Each item once, in the order in which they come."""
    if len(items) < 2:
        return items
    found: dict[Hashable, Item] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return list(found.values())


def identities(items: Iterable[Item]) -> set[Hashable]:
    """The identities of many, to ask whether others are among them."""
    return {identity(item) for item in items}


def _frozen(value: Any) -> Hashable:
    if isinstance(value, dict):
        return frozenset((name, _frozen(part)) for name, part in value.items())
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


# Equivalence


def alike(left: Item, right: Item) -> bool:
    """Are two items equivalent?"""
    a, b = left.value, right.value
    first, second = system_type(left), system_type(right)
    if a is None or b is None:
        return a is b
    if first in NUMBERS and second in NUMBERS:
        return _alike_numbers(decimal_of(left), decimal_of(right))
    if first in AMOUNTS and second in AMOUNTS:
        one, other = amount(left), amount(right)
        return equivalent(one, other) if one and other else bool(a == b)
    if (first in DATES and second in DATES) or first == second == "Time":
        return same(left, right) is True
    return _alike(a, b)


def all_alike(left: Collection, right: Collection) -> bool:
    """`~`: as many items, each with an equivalent one, in whatever order."""
    return _paired(left, right, alike)


def _paired(left: Sequence[Some], right: Sequence[Some], matches: Callable[[Some, Some], bool]) -> bool:
    """Has each on the left one of its own on the right?"""
    if len(left) != len(right):
        return False
    rest = list(right)
    for item in left:
        found = next((i for i, other in enumerate(rest) if matches(item, other)), None)
        if found is None:
            return False
        del rest[found]
    return True


def _alike_numbers(one: Decimal, other: Decimal) -> bool:
    digits = min(significant_places(one), significant_places(other))
    return round(one, digits) == round(other, digits)


def _alike(a: Any, b: Any) -> bool:
    """Texts without regard to case and kind of whitespace, trees part by part."""
    if isinstance(a, str) and isinstance(b, str):
        return a == b or _folded(a) == _folded(b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_alike(a[name], b[name]) for name in a)
    if isinstance(a, list) and isinstance(b, list):
        return _paired(a, b, _alike)
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return _alike_numbers(Decimal(str(a)), Decimal(str(b)))
    return type(a) is type(b) and bool(a == b)


def _folded(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text.casefold())
