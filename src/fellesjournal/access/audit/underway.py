"""The acts that have begun and that the log will be told of: entries wait a moment to share their commit."""


class Underway:
    """How many acts of one process are under way."""

    __slots__ = ("number",)

    def __init__(self) -> None:
        self.number = 0

    def act(self) -> "UnderwayAct":
        """One act, for the length of a block or until it is told."""
        return UnderwayAct(self)


class UnderwayAct:
    """One act that is under way."""

    __slots__ = ("_all", "_is_there")

    def __init__(self, all: Underway) -> None:
        self._all = all
        self._is_there = False

    def __enter__(self) -> "UnderwayAct":
        self._all.number += 1
        self._is_there = True
        return self

    def over(self) -> None:
        """It tells what was done now, or never will."""
        if self._is_there:
            self._all.number -= 1
            self._is_there = False

    def __exit__(self, *error: object) -> None:
        self.over()
