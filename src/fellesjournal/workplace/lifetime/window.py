"""What is looked at: nearer, farther, earlier, later, within a life. Years, and within a year months."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

YEAR = 12
WITHIN = (6, 3, 1)
"""How many months there are in a window that is less than a year."""
_ASKED = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


class Window(NamedTuple):
    """From the beginning of one month to the end of another, counted from the year 0; whole years where it is
    a year or more. The year that begins with `born` and the one in which `now` is bound it."""

    first: int
    last: int
    born: int
    now: int

    @property
    def days(self) -> tuple[date, date]:
        """Its first day, and its last."""
        year, month = divmod(self.last, YEAR)
        return date(self.first // YEAR, self.first % YEAR + 1, 1), date(
            year, month + 1, monthrange(year, month + 1)[1]
        )

    @property
    def months(self) -> int:
        """How many there are in it."""
        return self.last - self.first + 1

    @property
    def years(self) -> range:
        """Every year in it."""
        return range(self.first // YEAR, self.last // YEAR + 1)

    @property
    def since(self) -> str:
        """Where it begins, as an address names it: 2024, within a year 2024-03."""
        return self._named(self.first)

    @property
    def until(self) -> str:
        """Where it ends, in the same way."""
        return self._named(self.last)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole life."""
        return (self.first, self.last) == (self.born, self._end(YEAR))

    def nearer(self) -> "Window":
        """Half as many years, the latest of them; of a year half of it, then a quarter, then a month."""
        if self.months >= 2 * YEAR:
            return self._of(self.last, self.months // (2 * YEAR) * YEAR)
        return self._of(self.last, next((few for few in WITHIN if few < self.months), WITHIN[-1]))

    def farther(self) -> "Window":
        """Twice as many years; within a year the next step, up to all of it, and at once where a life of some
        months is seen from its beginning."""
        if self.months >= YEAR:
            return self._of(self.last, self.months * 2)
        wider = [few for few in reversed(WITHIN) if few > self.months]
        more = wider[0] if wider and self.months <= self.now - self.born else YEAR
        return self._of(self.last // YEAR * YEAR + YEAR - 1 if more == YEAR else self.last, more)

    def earlier(self) -> "Window":
        """As long, half as far back again."""
        return self._of(self.last - self._step, self.months)

    def later(self) -> "Window":
        """As long, half as far on."""
        return self._of(self.last + self._step, self.months)

    @property
    def _step(self) -> int:
        return max(1, self.months // 2) if self.months < YEAR else max(1, self.months // YEAR // 2) * YEAR

    def _end(self, months: int) -> int:
        """The last month that a window of so many may reach: within a year no farther than now."""
        return self.now if months < YEAR else self.now // YEAR * YEAR + YEAR - 1

    def _of(self, last: int, count: int) -> "Window":
        """So many months that end with one, moved and cut to what there is."""
        end = self._end(count)
        count = min(count, end - self.born + 1)
        last = min(end, max(self.born + count - 1, last))
        return Window(last - count + 1, last, self.born, self.now)

    def _named(self, month: int) -> str:
        year = f"{month // YEAR:04}"
        return year if self.months % YEAR == 0 else f"{year}-{month % YEAR + 1:02}"


def window(first: str, last: str, born: int, today: date) -> Window:
    """The window that an address asks for; the whole life since the year `born` for what makes no sense."""
    now = today.year * YEAR + today.month - 1
    whole = Window(
        min(born, today.year) * YEAR, today.year * YEAR + YEAR - 1, min(born, today.year) * YEAR, now
    )
    since, until = _ASKED.fullmatch(first), _ASKED.fullmatch(last)
    if not since or not until or (since[2] is None) != (until[2] is None):
        return whole
    begins = int(since[1]) * YEAR + int(since[2] or 1) - 1
    ends = int(until[1]) * YEAR + int(until[2] or YEAR) - 1
    if not whole.first <= begins <= ends <= whole.last or (since[2] and ends - begins >= YEAR - 1):
        return whole
    return whole._replace(first=begins, last=ends)
