"""The parts of a date or time (FHIRPath, section 5.9, of trial use)."""

from collections.abc import Callable
from decimal import Decimal

from fellesjournal.fhir.path.equality import moment_of
from fellesjournal.fhir.path.items import NOTHING, Collection, Item, integer
from fellesjournal.fhir.path.moments import Moment
from fellesjournal.fhir.path.numbers import number
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single


def _of_moment(name: str, read: Callable[[Moment], Collection]) -> None:
    def build(here: str) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            item = single(focus, here)
            moment = moment_of(item) if item else None
            return read(moment) if moment else NOTHING

        return finding(find, here)

    function(name)(build)


def _part(position: int) -> Callable[[Moment], Collection]:
    """The part at a position, counted from the year."""

    def read(moment: Moment) -> Collection:
        at = position - 3 * moment.is_time
        return integer(moment.parts[at]) if 0 <= at < len(moment.parts) else NOTHING

    return read


def _millisecond(moment: Moment) -> Collection:
    return integer(int(moment.fraction[:3].ljust(3, "0"))) if moment.fraction else NOTHING


def _zone(moment: Moment) -> Collection:
    if not moment.zone:
        return NOTHING
    if moment.zone == "Z":
        return number(Decimal("0.0"))
    hours = Decimal(moment.zone[1:3]) + Decimal(moment.zone[4:]) / 60
    return number(-hours if moment.zone[0] == "-" else hours)


def _date(moment: Moment) -> Collection:
    if moment.is_time:
        return NOTHING
    return [Item(Moment(moment.parts[:3]).text, "System.Date")]


def _time(moment: Moment) -> Collection:
    parts = moment.parts if moment.is_time else moment.parts[3:]
    return [Item(Moment(parts, moment.fraction, is_time=True).text, "System.Time")] if parts else NOTHING


for _position, _name in enumerate(("year", "month", "day", "hour", "minute", "second")):
    _of_moment(f"{_name}Of", _part(_position))
_of_moment("millisecondOf", _millisecond)
_of_moment("timezoneOffsetOf", _zone)
_of_moment("dateOf", _date)
_of_moment("timeOf", _time)
