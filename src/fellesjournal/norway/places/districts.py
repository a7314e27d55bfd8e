"""City districts of Oslo, Bergen, Trondheim and Stavanger (national code list 3403, Klass 103).

Known from 1 January 2020, when Bergen's numbers changed and Stavanger grew by two; before that day every
question is refused. Source: the list of SKDE (mong/mongts, of 2025) after Statistics Norway's standard. A
number is the municipality's followed by two digits; 99 is the unknown district of that city.
"""

from datetime import date
from functools import cache
from typing import NamedTuple

from fellesjournal.errors import NotFound

SYSTEM = "urn:oid:2.16.578.1.12.4.1.1.3403"
KNOWN_FROM = date(2020, 1, 1)

_NAMES = {
    "0301": """
01 Gamle Oslo; 02 Grünerløkka; 03 Sagene; 04 St. Hanshaugen; 05 Frogner; 06 Ullern; 07 Vestre Aker;
08 Nordre Aker; 09 Bjerke; 10 Grorud; 11 Stovner; 12 Alna; 13 Østensjø; 14 Nordstrand; 15 Søndre Nordstrand;
16 Sentrum; 17 Marka; 99 Uoppgitt bydel Oslo""",
    "1103": """
01 Hundvåg; 02 Tasta; 03 Eiganes og Våland; 04 Madla; 05 Storhaug; 06 Hillevåg; 07 Hinna; 08 Finnøy;
09 Rennesøy; 99 Uoppgitt bydel Stavanger""",
    "4601": """
01 Arna; 02 Bergenhus; 03 Fana; 04 Fyllingsdalen; 05 Laksevåg; 06 Ytrebygda; 07 Årstad; 08 Åsane;
99 Uoppgitt bydel Bergen""",
    "5001": "01 Midtbyen; 02 Østbyen; 03 Lerkendal; 04 Heimdal; 99 Uoppgitt bydel Trondheim",
}


class District(NamedTuple):
    """One district of a city."""

    number: str
    name: str

    @property
    def municipality(self) -> str:
        """The number of the city's municipality."""
        return self.number[:4]


def district(number: str, on: date) -> District:
    """The district that has the number on the day. Raises NotFound."""
    _check_day(on)
    found = _all().get(number)
    if found is None:
        cities = ", ".join(sorted(_NAMES))
        raise NotFound(
            f"There is no district '{number}': it has six digits, and begins with one of {cities}."
        )
    return found


def districts(municipality: str, on: date) -> list[District]:
    """The districts of a municipality on the day, by number; [] for one that is not divided."""
    _check_day(on)
    return [one for one in _all().values() if one.municipality == municipality]


def _check_day(on: date) -> None:
    if on < KNOWN_FROM:
        raise NotFound(f"City districts are known from {KNOWN_FROM}, not on {on}.")


@cache
def _all() -> dict[str, District]:
    known = {}
    for city, names in _NAMES.items():
        for entry in names.split(";"):
            number, _, name = entry.strip().partition(" ")
            known[city + number] = District(city + number, name)
    return known
