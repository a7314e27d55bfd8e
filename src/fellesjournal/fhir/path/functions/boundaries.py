"""How precisely a value is written, and what it may stand for (FHIRPath, section 5.9, of trial use)."""

from calendar import monthrange
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.equality import NUMBERS, moment_of
from fellesjournal.fhir.path.items import NOTHING, Collection, Item, integer
from fellesjournal.fhir.path.moments import Moment
from fellesjournal.fhir.path.numbers import number, places
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.quantities import amount, comparable, quantity
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import decimal_of, integer_of, single
from fellesjournal.fhir.path.types import system_type

_DIGITS = {"Date": (4, 6, 8), "DateTime": (4, 6, 8, 10, 12, 14, 17), "Time": (2, 4, 6, 9)}
"""Of a value with one part, two, and so on; the last is with milliseconds."""
_PLACES = 8
_MOST_PLACES = 28
_WIDE = Context(prec=80)


@function("precision")
def precision(here: str) -> Part:
    """Digits after the decimal point of a number, all digits of a date or time."""

    def find(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, here)
        if item is None or item.value is None:
            return NOTHING
        moment = moment_of(item)
        if moment is not None:
            return integer(_digits(item, moment))
        return integer(places(decimal_of(item, here)))

    return finding(find, here)


@function("lowBoundary", 0, 1)
def low_boundary(here: str, digits: Part | None = None) -> Part:
    """The least value that it may stand for, in so many digits."""
    return _boundary(here, digits, high=False)


@function("highBoundary", 0, 1)
def high_boundary(here: str, digits: Part | None = None) -> Part:
    """The greatest value that it may stand for, in so many digits."""
    return _boundary(here, digits, high=True)


@function("comparable", 1)
def are_comparable(here: str, other: Part) -> Part:
    """Can the two quantities be compared?"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        first, second = single(focus, here), single(other.argument(scope), here)
        one, two = first and amount(first), second and amount(second)
        return comparable(one, two) is not None if one and two else None

    return condition(holds)


def _boundary(here: str, digits: Part | None, *, high: bool) -> Part:
    def find(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, here)
        wanted = integer_of(digits.argument(scope), here) if digits else None
        if item is None or item.value is None or (digits and wanted is None):
            return NOTHING
        return _bound(item, wanted, here, high)

    return finding(find, here)


def _bound(item: Item, wanted: int | None, here: str, high: bool) -> Collection:
    moment, kind = moment_of(item), system_type(item)
    if moment is not None:
        return _bound_of_moment(item, moment, wanted, high)
    count = _PLACES if wanted is None else wanted
    if not 0 <= count <= _MOST_PLACES:
        return NOTHING
    if kind == "Quantity":
        found = amount(item)
        return (
            quantity(found._replace(value=_bound_of_number(found.value, count, high))) if found else NOTHING
        )
    if kind in NUMBERS:
        return number(_bound_of_number(decimal_of(item), count, high))
    raise Invalid(f"FHIRPath: {here} wants a number, quantity, date or time, not {item.type}.")


def _bound_of_number(value: Decimal, count: int, high: bool) -> Decimal:
    half = Decimal(5).scaleb(-places(value) - 1)
    bound = _WIDE.add(value, half if high else -half)
    return bound.quantize(Decimal(1).scaleb(-count), ROUND_CEILING if high else ROUND_FLOOR, _WIDE)


def _digits(item: Item, moment: Moment) -> int:
    sizes = _DIGITS[system_type(item)]
    return sizes[-1] if moment.fraction else sizes[len(moment.parts) - 1]


def _bound_of_moment(item: Item, moment: Moment, wanted: int | None, high: bool) -> Collection:
    sizes = _DIGITS[system_type(item)]
    size = sizes[-1] if wanted is None else wanted
    if size not in sizes:
        return NOTHING
    with_millis = system_type(item) != "Date" and size == sizes[-1]
    count = len(sizes) - 1 if with_millis else sizes.index(size) + 1
    parts = _filled(moment, count, high)
    fraction = ""
    if with_millis:
        fraction = moment.fraction[:3].ljust(3, "9" if high and len(moment.parts) < count else "0")
        if high and len(moment.parts) == count:
            fraction = moment.fraction[:3].ljust(3, "9")
    zone = moment.zone if moment.is_time or count > 3 else ""
    return [
        Item(moment._replace(parts=parts, fraction=fraction, zone=zone).text, f"System.{system_type(item)}")
    ]


def _filled(moment: Moment, count: int, high: bool) -> tuple[int, ...]:
    """The parts, those that are missing being the first or the last there is."""
    parts = list(moment.parts[:count])
    ends: tuple[Callable[[], int], ...] = (lambda: 12, lambda: monthrange(parts[0], parts[1])[1])
    clock = (23, 59, 59)
    while len(parts) < count:
        if moment.is_time:
            parts.append(clock[len(parts)] if high else 0)
        elif len(parts) < 3:
            parts.append(ends[len(parts) - 1]() if high else 1)
        else:
            parts.append(clock[len(parts) - 3] if high else 0)
    return tuple(parts)
