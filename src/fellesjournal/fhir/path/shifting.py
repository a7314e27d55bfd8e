"""Adding so many years, days or seconds to a date or time (FHIRPath N1, section 6.7)."""

from calendar import monthrange
from datetime import datetime, timedelta
from decimal import Decimal

from fellesjournal.fhir.path.moments import Moment

SECONDS = {
    "week": Decimal(604_800),
    "day": Decimal(86_400),
    "hour": Decimal(3_600),
    "minute": Decimal(60),
    "second": Decimal(1),
    "millisecond": Decimal("0.001"),
}
"""The calendar's units of a fixed length."""
MONTHS = {"year": 12, "month": 1}
"""The calendar's units that are as long as the months they fall on."""
DAYS = {"year": 365, "month": 30}
"""How many days they count as where there is no calendar to look at (FHIRPath N1, section 6.1.1)."""
OF_DATES = frozenset(("year", "month", "week", "day"))
OF_TIMES = frozenset(("hour", "minute", "second", "millisecond"))

_PRECISIONS = {
    "year": 1,
    "month": 2,
    "week": 3,
    "day": 3,
    "hour": 4,
    "minute": 5,
    "second": 6,
    "millisecond": 6,
}
_UNITS = {1: "year", 2: "month", 3: "day", 4: "hour", 5: "minute", 6: "second"}


def shifted(moment: Moment, value: Decimal, unit: str) -> Moment | None:
    """The moment so many units later, of the same precision; None when it is out of the calendar.

    Only of seconds and milliseconds do fractions count. A unit finer than the moment is converted to the
    moment's own first, and what is left over is dropped.
    """
    if _PRECISIONS[unit] > moment.precision:
        value, unit = _coarser(value, unit, moment.precision), _UNITS[moment.precision]
    if _PRECISIONS[unit] < 6:
        value = Decimal(int(value))
    try:
        return (
            _by_months(moment, int(value) * MONTHS[unit])
            if unit in MONTHS
            else _by_seconds(moment, value, unit)
        )
    except (OverflowError, ValueError):
        return None


def _coarser(value: Decimal, unit: str, precision: int) -> Decimal:
    if unit == "month":
        return value / 12
    seconds = value * SECONDS[unit]
    coarse = _UNITS[precision]
    return seconds / (SECONDS["day"] * DAYS[coarse] if coarse in DAYS else SECONDS[coarse])


def _by_months(moment: Moment, months: int) -> Moment:
    year, month = (*moment.parts, 1)[:2]
    year, month = divmod(year * 12 + month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    day = moment.parts[2:3] and (min(moment.parts[2], monthrange(year, month + 1)[1]),)
    parts = (year, month + 1, *day, *moment.parts[3:])
    return moment._replace(parts=parts[: len(moment.parts)])


def _by_seconds(moment: Moment, value: Decimal, unit: str) -> Moment:
    micros = int(value * SECONDS[unit] * 1_000_000)
    year, month, day = (2000, 1, 1) if moment.is_time else (*moment.parts, 1, 1)[:3]
    clock = (*(moment.parts if moment.is_time else moment.parts[3:]), 0, 0, 0)[:3]
    fraction = int(moment.fraction[:6].ljust(6, "0"))
    if moment.is_time:
        micros %= 86_400_000_000
    then = datetime(year, month, day, clock[0], clock[1]) + timedelta(
        seconds=clock[2], microseconds=fraction + micros
    )
    parts = (then.year, then.month, then.day, then.hour, then.minute, then.second)
    digits = _digits(then.microsecond, len(moment.fraction)) if moment.precision == 6 else ""
    return moment._replace(
        parts=parts[3 : 3 + len(moment.parts)] if moment.is_time else parts[: len(moment.parts)],
        fraction=digits,
    )


def _digits(micros: int, written: int) -> str:
    """The fraction in as many digits as were written, or in milliseconds or microseconds if it needs them."""
    digits = f"{micros:06}"
    needed = 6 if micros % 1_000 else 3 if micros else 0
    return digits.ljust(written, "0")[: max(written, needed)]
