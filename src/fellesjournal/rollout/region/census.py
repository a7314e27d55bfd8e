"""Which individual number each citizen has, and which place on the GP's list: told before anything is built.

Two born on one day need different numbers, and two who see one doctor different hours, wherever in the region
they are made. So the families are drawn once, quickly, in order; what is kept is two bytes a citizen. After
that any block of citizens can be built by itself, in any process.
"""

from array import array
from collections import Counter
from collections.abc import Callable
from datetime import date

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.numbers import serials
from fellesjournal.rollout.region.people import Family, Household

NUMBER_BITS = 10
"""The individual number's part of the two bytes; the rest is the place on the list."""
PLACES = 63
"""Places on each GP's list that are told apart: those of the few who may have an hour these days."""


class Census:
    """Individual numbers and places on lists, by the citizen's place in the region; `gp` tells whose list a
    household is on."""

    def __init__(self, gp: Callable[[Household], str]) -> None:
        self._gp, self._lists = gp, Counter[str]()
        self.serials = array("H")
        self._last: dict[tuple[date, Sex], int] = {}

    def count(self, families: list[Family]) -> None:
        """Give those in these families, which follow what was counted before, their numbers."""
        for family in families:
            for person in family.persons:
                number = self._next(person.born, person.sex)
                place = PLACES if person.died else self._place(person.household)
                self.serials.append(place << NUMBER_BITS | number)

    def _place(self, home: Household) -> int:
        gp = self._gp(home)
        self._lists[gp] += 1
        return min(PLACES, self._lists[gp] - 1)

    def _next(self, born: date, sex: Sex) -> int:
        number = next(serials(born, sex, self._last.get((born, sex), -1)), None)
        if number is None:
            raise ValueError(f"more people of one sex are born on {born} than there are numbers for")
        self._last[born, sex] = number
        return number


def parts(kept: int) -> tuple[int, int]:
    """The individual number and the place on the list that are kept of a citizen; -1: no place of those."""
    number, place = kept & (1 << NUMBER_BITS) - 1, kept >> NUMBER_BITS
    return number, place if place < PLACES else -1
