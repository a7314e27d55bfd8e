"""The years that are looked at: nearer, farther, earlier, later, within a life."""

from typing import NamedTuple


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
