"""The places as code lists: counties, municipalities and city districts (3401, 3402, 3403).

The functions of `places` answer for a day; here is every number since 2016 at once, each with its days, for
a code system that must read what was written earlier. Numbers that ended before 2016 are not in it.
"""

from datetime import date

from fellesjournal.norway.codes.lists import Code, CodeList
from fellesjournal.norway.places import counties, districts, municipalities

_SOURCE = "Statistics Norway: Klass 104, 131 and 103, as norway/places names its sources"


def _code(place: counties.County | municipalities.Municipality | districts.District) -> Code:
    return Code(place.number, place.name, _first_day(place.valid_from), place.valid_to)


def _first_day(known_from: date) -> date | None:
    """None for a place as old as the data, which may be older."""
    return None if known_from == municipalities.COMPLETE_FROM else known_from


COUNTY = CodeList(
    counties.SYSTEM, "Fylker", tuple(map(_code, counties.every_county())), _SOURCE, complete=False
)
MUNICIPALITY = CodeList(
    municipalities.SYSTEM,
    "Kommuner",
    tuple(map(_code, municipalities.every_municipality())),
    _SOURCE,
    complete=False,
)
DISTRICT = CodeList(
    districts.SYSTEM, "Bydeler", tuple(map(_code, districts.every_district())), _SOURCE, complete=False
)

LISTS: tuple[CodeList, ...] = (COUNTY, MUNICIPALITY, DISTRICT)
