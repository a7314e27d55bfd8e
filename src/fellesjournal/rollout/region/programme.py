"""The childhood vaccination programme as it has been since 2006: what a child is due at which age.

Source: FHI's pages of the programme, with the years in which it changed. What was given before 2006 at other
ages is not told. That the HPV vaccine has nine types from autumn 2025 is to be checked.
"""

from collections.abc import Iterator
from datetime import date
from enum import Enum

from fellesjournal.rollout.region.chart.vaccines import Vaccine
from fellesjournal.rollout.region.people import Person


class Age(Enum):
    """When vaccines are given; those of the seventh grade are told by `hpv`."""

    SIX_WEEKS = "6 uker"
    THREE_MONTHS = "3 måneder"
    FIVE_MONTHS = "5 måneder"
    TWELVE_MONTHS = "12 måneder"
    FIFTEEN_MONTHS = "15 måneder"
    SECOND_GRADE = "2. trinn"
    SIXTH_GRADE = "6. trinn"
    TENTH_GRADE = "10. trinn"


ROTA = Vaccine("J07BH01", "Rotavirus")
FIVE = Vaccine("J07CA06", "Difteri, stivkrampe, kikhoste, polio, Hib")
SIX = Vaccine("J07CA09", "Difteri, stivkrampe, kikhoste, polio, Hib, hepatitt B")
PNEUMOCOCCI = Vaccine("J07AL02", "Pneumokokker, konjugert")
MMR = Vaccine("J07BD52", "Meslinger, kusma, røde hunder")
FOUR = Vaccine("J07CA02", "Difteri, stivkrampe, kikhoste, polio")
TUBERCULOSIS = Vaccine("J07AN01", "Tuberkulose (BCG)")
HPV_4, HPV_2, HPV_9 = (
    Vaccine("J07BM01", "HPV, fire typer"),
    Vaccine("J07BM02", "HPV, to typer"),
    Vaccine("J07BM03", "HPV, ni typer"),
)

ROTA_SINCE, SIX_SINCE, PNEUMOCOCCI_SINCE = date(2014, 9, 1), date(2016, 11, 1), date(2006, 1, 1)
"""Birth dates from which children get it."""
HPV_GIRLS, HPV_BOYS, HPV_TWO_DOSES, HPV_TWO_TYPES, HPV_NINE_TYPES = 2009, 2018, 2017, 2017, 2025
"""The autumn from which the seventh grade gets it."""


def due(child: Person, age: Age) -> Iterator[tuple[Vaccine, int]]:
    """What is due at an age, each with the number of its dose."""
    if age is Age.SIX_WEEKS and child.citizenship in _TUBERCULOSIS_IS_COMMON:
        yield TUBERCULOSIS, 1
    if age in (Age.SIX_WEEKS, Age.THREE_MONTHS) and child.born >= ROTA_SINCE:
        yield ROTA, 1 if age is Age.SIX_WEEKS else 2
    if age in _THREE_DOSES:
        dose = _THREE_DOSES.index(age) + 1
        yield SIX if child.born >= SIX_SINCE else FIVE, dose
        if child.born >= PNEUMOCOCCI_SINCE:
            yield PNEUMOCOCCI, dose
    if age in (Age.FIFTEEN_MONTHS, Age.SIXTH_GRADE):
        yield MMR, 1 if age is Age.FIFTEEN_MONTHS else 2
    if age in (Age.SECOND_GRADE, Age.TENTH_GRADE):
        yield FOUR, 4 if age is Age.SECOND_GRADE else 5


def hpv(child: Person) -> tuple[Vaccine, int] | None:
    """The vaccine against HPV and how many doses of it the child is due in the seventh grade, which begins
    in the autumn of the year in which it becomes twelve."""
    autumn = child.born.year + 12
    if autumn < (HPV_GIRLS if child.is_woman else HPV_BOYS):
        return None
    vaccine = HPV_4 if autumn < HPV_TWO_TYPES else HPV_2 if autumn < HPV_NINE_TYPES else HPV_9
    return vaccine, 3 if autumn < HPV_TWO_DOSES else 2


_THREE_DOSES = (Age.THREE_MONTHS, Age.FIVE_MONTHS, Age.TWELVE_MONTHS)
_TUBERCULOSIS_IS_COMMON = frozenset({"SO", "ER", "PH", "IN", "PK", "TH", "ET", "AF"})
