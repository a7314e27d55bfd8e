"""Which days of a life are taken: a citizen who lies in hospital sees nobody else."""

from datetime import date, timedelta

from fellesjournal.rollout.region.moments import working_day

DAY = timedelta(days=1)


class Days:
    """Stays at wards, times in bed at home, and days of other contacts."""

    __slots__ = ("_stays", "_visits")

    def __init__(self) -> None:
        self._stays: list[tuple[date, date, bool]] = []
        self._visits: set[date] = set()

    def take(self, first: date, last: date, *, at_home: bool = False) -> None:
        """A stay from the first to the last day, or a time in bed at home, where others may come."""
        self._stays.append((first, last, at_home))

    def visit(self, day: date) -> None:
        """A contact on the day."""
        self._visits.add(day)

    def without_visit(self, day: date) -> date:
        """The day, or the next working day outside stays on which nobody else is seen."""
        while day in self._visits:
            day = self.outside(working_day(day + DAY))
        return day

    def outside(self, day: date, *, home_visit: bool = False) -> date:
        """The day, or the fourth day after a stay that it falls in or shortly before: who will be admitted
        the day after is not found to be well."""
        moved = True
        while moved:
            moved = False
            for first, last, at_home in self._stays:
                if not (at_home and home_visit) and first - 2 * DAY <= day <= last:
                    day, moved = last + 4 * DAY, True
        return day

    def free(self, day: date, nights: int) -> date:
        """The first day from which so many nights can be spent with no other contact, nor one just before.
        After forty days' search the day is given as it is."""
        for later in range(40):
            first = day + later * DAY
            last = first + nights * DAY
            others = any(
                since <= last + 2 * DAY and first - 2 * DAY <= until for since, until, _ in self._stays
            )
            if not others and not any(first + one * DAY in self._visits for one in range(-2, nights + 1)):
                return first
        return day
