"""What was read or answered lately, kept in the process up to a bound.

Everything is kept under the mark of what it was read from (shelves.py), which never changes: nothing has to
be taken back, and what is no longer asked for goes when others need the room.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by their keys, the latest asked for, that together weigh at most `most`."""

    def __init__(self, most: int, weigh: Callable[[Value], int]) -> None:
        self._most = most
        self._weigh = weigh
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self.weight = 0

    def get(self, key: Hashable) -> Value | None:
        """The value, if it is still kept."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value; what was not asked for longest makes room for it."""
        if key in self._values:
            self.weight -= self._weigh(self._values.pop(key))
        self._values[key] = value
        self.weight += self._weigh(value)
        while self.weight > self._most:
            self.weight -= self._weigh(self._values.popitem(last=False)[1])
