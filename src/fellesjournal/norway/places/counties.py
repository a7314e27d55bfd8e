"""Counties by number and day (national code list 3401, Statistics Norway's Klass 104).

A municipality's number begins with its county's. Complete from 1 January 2016, like the municipalities.
What a county became is told by its municipalities: some changed county when it was joined or divided.
"""

from datetime import date
from typing import NamedTuple

from fellesjournal.errors import NotFound
from fellesjournal.norway.places.municipalities import COMPLETE_FROM

SYSTEM = "urn:oid:2.16.578.1.12.4.1.1.3401"


class County(NamedTuple):
    """One county under one number; both days are included."""

    number: str
    name: str
    valid_from: date = COMPLETE_FROM
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether there is this county on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


_TO_2017, _TO_2019, _TO_2023 = date(2017, 12, 31), date(2019, 12, 31), date(2023, 12, 31)
_IN_2018, _IN_2020, _IN_2024 = date(2018, 1, 1), date(2020, 1, 1), date(2024, 1, 1)
_COUNTIES = (
    County("01", "Østfold", valid_to=_TO_2019),
    County("02", "Akershus", valid_to=_TO_2019),
    County("03", "Oslo"),
    County("04", "Hedmark", valid_to=_TO_2019),
    County("05", "Oppland", valid_to=_TO_2019),
    County("06", "Buskerud", valid_to=_TO_2019),
    County("07", "Vestfold", valid_to=_TO_2019),
    County("08", "Telemark", valid_to=_TO_2019),
    County("09", "Aust-Agder", valid_to=_TO_2019),
    County("10", "Vest-Agder", valid_to=_TO_2019),
    County("11", "Rogaland"),
    County("12", "Hordaland", valid_to=_TO_2019),
    County("14", "Sogn og Fjordane", valid_to=_TO_2019),
    County("15", "Møre og Romsdal"),
    County("16", "Sør-Trøndelag", valid_to=_TO_2017),
    County("17", "Nord-Trøndelag", valid_to=_TO_2017),
    County("18", "Nordland"),
    County("19", "Troms", valid_to=_TO_2019),
    County("20", "Finnmark", valid_to=_TO_2019),
    County("30", "Viken", _IN_2020, _TO_2023),
    County("31", "Østfold", _IN_2024),
    County("32", "Akershus", _IN_2024),
    County("33", "Buskerud", _IN_2024),
    County("34", "Innlandet", _IN_2020),
    County("38", "Vestfold og Telemark", _IN_2020, _TO_2023),
    County("39", "Vestfold", _IN_2024),
    County("40", "Telemark", _IN_2024),
    County("42", "Agder", _IN_2020),
    County("46", "Vestland", _IN_2020),
    County("50", "Trøndelag", _IN_2018),
    County("54", "Troms og Finnmark", _IN_2020, _TO_2023),
    County("55", "Troms", _IN_2024),
    County("56", "Finnmark", _IN_2024),
)


def county(number: str, on: date) -> County:
    """The county that has the number on the day. Raises NotFound, with the days on which it had it."""
    known = next((one for one in _COUNTIES if one.number == number), None)
    if known is None:
        raise NotFound(f"There has been no county '{number}' since {COMPLETE_FROM}: it has two digits.")
    if not known.is_valid(on):
        until = f" until {known.valid_to}" if known.valid_to else ""
        raise NotFound(f"{number} is {known.name} from {known.valid_from}{until}, not on {on}.")
    return known


def counties(on: date) -> list[County]:
    """Every county on the day, by number. Raises NotFound before COMPLETE_FROM."""
    if on < COMPLETE_FROM:
        raise NotFound(f"Counties are known from {COMPLETE_FROM}, not on {on}.")
    return [one for one in _COUNTIES if one.is_valid(on)]


def every_county() -> list[County]:
    """Every number a county has had since COMPLETE_FROM."""
    return list(_COUNTIES)
