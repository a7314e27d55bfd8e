"""The years that are looked at: nearer, farther, earlier, later, within a life."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple


@lru_cache(maxsize=1_000)
def _days(first: int, last: int) -> tuple[int, int]:
    return date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1


class Window(NamedTuple):
    """From the beginning of one year to the end of another; `born` and `now` bound it."""

    first: int
    last: int
    born: int
    now: int

    @property
    def years(self) -> range:
        """Every year in it."""
        return range(self.first, self.last + 1)

    def nearer(self) -> "Window":
        """Half as many years, the latest of them."""
        return self._of(self.last, max(1, len(self.years) // 2))

    def farther(self) -> "Window":
        """Twice as many years."""
        return self._of(self.last, len(self.years) * 2)

    def earlier(self) -> "Window":
        """As many years, half as far back again."""
        return self._of(self.last - max(1, len(self.years) // 2), len(self.years))

    def later(self) -> "Window":
        """As many years, half as far on."""
        return self._of(self.last + max(1, len(self.years) // 2), len(self.years))

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole life."""
        return (self.first, self.last) == (self.born, self.now)

    @property
    def days(self) -> tuple[int, int]:
        """Its first day and the one after its last, as ordinals."""
        return _days(self.first, self.last)

    def place(self, day: int) -> float:
        """Where a day (ordinal) is: 0 at the beginning of the window, 1000 at its end, held to the two."""
        begin, end = self.days
        return 1000 * min(1.0, max(0.0, (day - begin) / (end - begin)))

    def _of(self, last: int, count: int) -> "Window":
        """So many years that end with one, moved and cut to what there is."""
        count = min(count, self.now - self.born + 1)
        last = min(self.now, max(self.born + count - 1, last))
        return Window(last - count + 1, last, self.born, self.now)


def window(first: str, last: str, born: int, now: int) -> Window:
    """The window that an address asks for; the whole life for what makes no sense."""
    born = min(born, now)
    if first.isdecimal() and last.isdecimal() and born <= int(first) <= int(last) <= now:
        return Window(int(first), int(last), born, now)
    return Window(born, now, born, now)
