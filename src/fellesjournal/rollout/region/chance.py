"""Chance that is the same every time: draws that depend on names alone, not on who asked before.

Only `random.Random.random` is built on, whose sequence Python promises to keep; so a region built by a later
Python has the same bytes.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import exp
from random import Random
from typing import TypeVar

T = TypeVar("T")

_SPREAD = 3**0.5
"""Makes the sum of four uniform draws one with a standard deviation of 1."""


class Chance:
    """Draws in a sequence of its own; `names` say what is drawn for."""

    __slots__ = ("_draw", "_given", "_names")
    _draw: Callable[[], float]

    def __init__(self, *names: object) -> None:
        self._names = names
        self._given: dict[tuple[object, ...], list[object]] = {}

    def __getattr__(self, name: str) -> Callable[[], float]:
        """Begin the sequence at the first draw: most courses of a life draw nothing, and to begin is dear."""
        if name != "_draw":
            raise AttributeError(name)
        self._draw = Random("/".join(map(str, self._names))).random
        return self._draw

    def yes(self, probability: float) -> bool:
        """True with this probability."""
        return self._draw() < probability

    def share(self) -> float:
        """From 0 to just below 1."""
        return self._draw()

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._draw() * (high - low + 1))

    def uniform(self, low: float, high: float) -> float:
        """A number from low to just below high."""
        return low + self._draw() * (high - low)

    def normal(self, mean: float, deviation: float) -> float:
        """About the normal distribution, never further out than 3.5 standard deviations."""
        draw = self._draw
        return mean + (draw() + draw() + draw() + draw() - 2) * _SPREAD * deviation

    def number(self, mean: float) -> int:
        """How many times something happens that happens `mean` times on average (Poisson's distribution)."""
        limit, product, times = exp(-mean), self._draw(), 0
        while product > limit:
            product *= self._draw()
            times += 1
        return times

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self._draw() * len(choices))]

    def other(self, choices: Sequence[T]) -> T:
        """One of them, but none of those that were given of the same the last times, half of them at most:
        what is written again and again in a record is not written soon in the same words."""
        kind = tuple(choices)
        before = self._given.setdefault(kind, [])
        found = self.pick([one for one in kind if one not in before] or kind)
        before.append(found)
        del before[: -max(1, len(kind) // 2)]
        return found

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of them, each as often as its weight says; the weights need not add up to anything."""
        left = self._draw() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][0]

    def day(self, first: date, last: date) -> date:
        """A day, both ends included."""
        return first + timedelta(days=self.between(0, (last - first).days))
