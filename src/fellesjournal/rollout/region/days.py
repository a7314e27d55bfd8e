"""Which days of a life are taken: a citizen who lies in hospital sees nobody else."""

from datetime import date, timedelta

DAY = timedelta(days=1)


class Days:
    """Stays at wards, and days of other contacts."""

    __slots__ = ("_stays", "_visits")

    def __init__(self) -> None:
        self._stays: list[tuple[date, date]] = []
        self._visits: set[date] = set()

    def take(self, first: date, last: date) -> None:
        """A stay from the first to the last day."""
        self._stays.append((first, last))

    def visit(self, day: date) -> None:
        """A contact on the day."""
        self._visits.add(day)

    def visited(self, day: date) -> bool:
        """Whether there is a contact on the day."""
        return day in self._visits

    def outside(self, day: date) -> date:
        """The day, or the second day after the stay that it falls in."""
        moved = True
        while moved:
            moved = False
            for first, last in self._stays:
                if first <= day <= last:
                    day, moved = last + 2 * DAY, True
        return day

    def free(self, day: date, nights: int) -> date:
        """The first day from which so many nights can be spent with no other contact; the day itself may
        have one. After forty days' search the day is given as it is."""
        for later in range(40):
            first = day + later * DAY
            last = first + nights * DAY
            others = any(since <= last and first <= until for since, until in self._stays)
            if not others and not any(first + one * DAY in self._visits for one in range(1, nights + 1)):
                return first
        return day
