"""Which individual number each citizen has: told before anything is built.

Two born on one day need different numbers, wherever in the region they are made. So the families are drawn
once, quickly, in order; what is kept is two bytes a citizen. After that any block of citizens can be built by
itself, in any process.
"""

from array import array
from datetime import date

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.numbers import serials
from fellesjournal.rollout.region.people import Family


class Census:
    """Individual numbers by the citizen's place."""

    def __init__(self) -> None:
        self.serials = array("H")
        self._last: dict[tuple[date, Sex], int] = {}

    def count(self, families: list[Family]) -> None:
        """Give those in these families, which follow what was counted before, their numbers."""
        for family in families:
            for person in family.persons:
                self.serials.append(self._next(person.born, person.sex))

    def _next(self, born: date, sex: Sex) -> int:
        number = next(serials(born, sex, self._last.get((born, sex), -1)), None)
        if number is None:
            raise ValueError(f"more people of one sex are born on {born} than there are numbers for")
        self._last[born, sex] = number
        return number
