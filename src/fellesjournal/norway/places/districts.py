"""City districts of Oslo, Bergen, Trondheim and Stavanger (national code list 3403, Klass 103).

Known from 1 January 2016; before that day every question is refused. The numbers follow the municipality's:
Trondheim's changed in 2018, Bergen's in 2020, when Stavanger grew by two districts. A number is the
municipality's followed by two digits; 99 is the unknown district of that city, and is carried from 2020 only.
Sources: the list of SKDE (mong/mongts, of 2025) after Statistics Norway's standard; for the numbers before
2020, list 3403 as Norsk helsenett had it on 2016-08-17 (Pasientens-journaldokumenter, kodeverk.xsl).
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from fellesjournal.errors import NotFound

SYSTEM = "urn:oid:2.16.578.1.12.4.1.1.3403"
KNOWN_FROM = date(2016, 1, 1)

_OSLO = """
01 Gamle Oslo; 02 Grünerløkka; 03 Sagene; 04 St. Hanshaugen; 05 Frogner; 06 Ullern; 07 Vestre Aker;
08 Nordre Aker; 09 Bjerke; 10 Grorud; 11 Stovner; 12 Alna; 13 Østensjø; 14 Nordstrand; 15 Søndre Nordstrand;
16 Sentrum; 17 Marka"""
_STAVANGER = "01 Hundvåg; 02 Tasta; 03 Eiganes og Våland; 04 Madla; 05 Storhaug; 06 Hillevåg; 07 Hinna"
_BERGEN = """
01 Arna; 02 Bergenhus; 03 Fana; 04 Fyllingsdalen; 05 Laksevåg; 06 Ytrebygda; 07 Årstad; 08 Åsane"""
_TRONDHEIM = "01 Midtbyen; 02 Østbyen; 03 Lerkendal; 04 Heimdal"

_IN_2018 = date(2018, 1, 1)
_IN_2020 = date(2020, 1, 1)
_CITIES: tuple[tuple[str, date, date | None, str], ...] = (
    ("0301", KNOWN_FROM, None, _OSLO),
    ("0301", _IN_2020, None, "99 Uoppgitt bydel Oslo"),
    ("1103", KNOWN_FROM, None, _STAVANGER),
    ("1103", _IN_2020, None, "08 Finnøy; 09 Rennesøy; 99 Uoppgitt bydel Stavanger"),
    ("1201", KNOWN_FROM, _IN_2020, _BERGEN),
    ("1601", KNOWN_FROM, _IN_2018, _TRONDHEIM),
    ("4601", _IN_2020, None, _BERGEN),
    ("4601", _IN_2020, None, "99 Uoppgitt bydel Bergen"),
    ("5001", _IN_2018, None, _TRONDHEIM),
    ("5001", _IN_2020, None, "99 Uoppgitt bydel Trondheim"),
)
"""Municipality, the first day, the day it ended (None: it has not), districts."""


class District(NamedTuple):
    """One district of a city under one number. Both days are included; None is open."""

    number: str
    name: str
    valid_from: date
    valid_to: date | None

    @property
    def municipality(self) -> str:
        """The number of the city's municipality."""
        return self.number[:4]

    def is_valid(self, on: date) -> bool:
        """Whether the number is the district's on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def district(number: str, on: date) -> District:
    """The district that has the number on the day. Raises NotFound."""
    _check_day(on)
    found = _all().get(number)
    if found is None:
        cities = ", ".join(sorted({city for city, *_ in _CITIES}))
        raise NotFound(
            f"There is no district '{number}': it has six digits, and begins with one of {cities}."
        )
    if not found.is_valid(on):
        until = f" until {found.valid_to}" if found.valid_to else ""
        raise NotFound(f"{number} is {found.name} from {found.valid_from}{until}, not on {on}.")
    return found


def districts(municipality: str, on: date) -> list[District]:
    """The districts of a municipality on the day, by number; [] for one that is not divided."""
    _check_day(on)
    return [one for one in _all().values() if one.municipality == municipality and one.is_valid(on)]


def every_district() -> list[District]:
    """Every number a district has had since KNOWN_FROM."""
    return list(_all().values())


def _check_day(on: date) -> None:
    if on < KNOWN_FROM:
        raise NotFound(f"City districts are known from {KNOWN_FROM}, not on {on}.")


@cache
def _all() -> dict[str, District]:
    known = {}
    for city, first, end, names in _CITIES:
        last = end and end - timedelta(days=1)
        for entry in names.split(";"):
            number, _, name = entry.strip().partition(" ")
            known[city + number] = District(city + number, name, first, last)
    return dict(sorted(known.items()))
