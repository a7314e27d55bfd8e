"""FHIRPath's operators (FHIRPath N1, section 6)."""

from collections.abc import Callable
from decimal import Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.path.items import Collection, Item, boolean, number, string
from fellesjournal.fhir.path.singletons import decimal_of, single, text_of, truth
from fellesjournal.fhir.path.types import system_type

_NUMBERS = frozenset({"Integer", "Decimal"})
_DATES = frozenset({"Date", "DateTime"})


# Equality


def same(left: Item, right: Item) -> bool | None:
    """Are two items equal? None when dates are written too coarsely to say."""
    if left.value is None or right.value is None:
        return left.value is right.value and left.extra == right.extra
    kinds = {system_type(left), system_type(right)}
    if kinds <= _NUMBERS:
        return decimal_of(left) == decimal_of(right)
    if kinds <= _DATES:
        return _same_date(left.value, right.value)
    if isinstance(left.value, bool) or isinstance(right.value, bool):
        return left.value is right.value
    return bool(left.value == right.value)


def _same_date(left: str, right: str) -> bool | None:
    first, second = date_bounds(left), date_bounds(right)
    if first == second:
        return True
    return False if first[1] < second[0] or second[1] < first[0] else None


def equal(left: Collection, right: Collection) -> Collection:
    """`=`: the same items in the same order."""
    if not left or not right:
        return []
    if len(left) != len(right):
        return boolean(False)
    answers = [same(a, b) for a, b in zip(left, right, strict=True)]
    if False in answers:
        return boolean(False)
    return [] if None in answers else boolean(True)


def unequal(left: Collection, right: Collection) -> Collection:
    """`!=`."""
    return negate(equal(left, right))


def negate(items: Collection) -> Collection:
    """not()."""
    answer = truth(items)
    return [] if answer is None else boolean(not answer)


def includes(items: Collection, wanted: Item) -> bool:
    """Is there an equal item?"""
    return any(same(item, wanted) for item in items)


def distinct(items: Collection) -> Collection:
    """Each item once, in the order in which they come."""
    found: Collection = []
    for item in items:
        if not includes(found, item):
            found.append(item)
    return found


def _union(left: Collection, right: Collection) -> Collection:
    return distinct([*left, *right])


def _in(left: Collection, right: Collection) -> Collection:
    wanted = single(left, "the left side of 'in'")
    return [] if wanted is None else boolean(includes(right, wanted))


def _contains(left: Collection, right: Collection) -> Collection:
    return _in(right, left)


# Order


def _compare(name: str, holds: Callable[[int], bool]) -> Callable[[Collection, Collection], Collection]:
    def compare(left: Collection, right: Collection) -> Collection:
        first, second = single(left, f"'{name}'"), single(right, f"'{name}'")
        if first is None or second is None:
            return []
        order = _order(first, second, name)
        return [] if order is None else boolean(holds(order))

    return compare


def _order(left: Item, right: Item, name: str) -> int | None:
    if left.value is None or right.value is None:
        return None
    kinds = {system_type(left), system_type(right)}
    if kinds <= _NUMBERS:
        a, b = decimal_of(left), decimal_of(right)
        return (a > b) - (a < b)
    if kinds <= _DATES:
        first, second = date_bounds(left.value), date_bounds(right.value)
        if first == second:
            return 0
        return -1 if first[1] < second[0] else 1 if second[1] < first[0] else None
    if kinds <= {"String"} or kinds <= {"Time"}:
        return int(left.value > right.value) - int(left.value < right.value)
    raise Invalid(f"FHIRPath: '{name}' cannot compare {left.type} with {right.type}.")


# Logic, of three values: true, false and unknown


def _and(left: Collection, right: Collection) -> Collection:
    a, b = truth(left), truth(right)
    if a is False or b is False:
        return boolean(False)
    return [] if a is None or b is None else boolean(True)


def _or(left: Collection, right: Collection) -> Collection:
    a, b = truth(left), truth(right)
    if a or b:
        return boolean(True)
    return [] if a is None or b is None else boolean(False)


def _xor(left: Collection, right: Collection) -> Collection:
    a, b = truth(left), truth(right)
    return [] if a is None or b is None else boolean(a is not b)


def _implies(left: Collection, right: Collection) -> Collection:
    return _or(negate(left), right)


# Arithmetic


def _arithmetic(
    name: str, compute: Callable[[Decimal, Decimal], Decimal | None]
) -> Callable[[Collection, Collection], Collection]:
    def calculate(left: Collection, right: Collection) -> Collection:
        first, second = single(left, f"'{name}'"), single(right, f"'{name}'")
        if first is None or second is None or first.value is None or second.value is None:
            return []
        if not {system_type(first), system_type(second)} <= _NUMBERS:
            raise Invalid(f"FHIRPath: '{name}' cannot take {first.type} and {second.type}.")
        found = compute(decimal_of(first), decimal_of(second))
        if found is None:
            return []
        whole = name != "/" and isinstance(first.value, int) and isinstance(second.value, int)
        return number(int(found) if whole else found)

    return calculate


def _add(left: Collection, right: Collection) -> Collection:
    if [system_type(item) for item in (*left, *right)] == ["String", "String"]:
        return string(left[0].value + right[0].value)
    return _sum(left, right)


def _join(left: Collection, right: Collection) -> Collection:
    return string((text_of(left, "'&'") or "") + (text_of(right, "'&'") or ""))


_sum = _arithmetic("+", lambda a, b: a + b)

OPERATORS: dict[str, Callable[[Collection, Collection], Collection]] = {
    "=": equal,
    "!=": unequal,
    "in": _in,
    "contains": _contains,
    "|": _union,
    "<": _compare("<", lambda order: order < 0),
    "<=": _compare("<=", lambda order: order <= 0),
    ">": _compare(">", lambda order: order > 0),
    ">=": _compare(">=", lambda order: order >= 0),
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
    "+": _add,
    "-": _arithmetic("-", lambda a, b: a - b),
    "*": _arithmetic("*", lambda a, b: a * b),
    "/": _arithmetic("/", lambda a, b: a / b if b else None),
    "div": _arithmetic("div", lambda a, b: a // b if b else None),
    "mod": _arithmetic("mod", lambda a, b: a % b if b else None),
    "&": _join,
}
"""By how they are written. What is missing here (~, !~) is refused when an expression is compiled."""
