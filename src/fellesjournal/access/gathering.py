"""What one request reads, told to the log in one writing, before its answer is sent.

A screen is several interactions, and each that told the log by itself would wait for a commit of its own.
"""

from collections.abc import Sequence

from fellesjournal.access.audit.access import Access
from fellesjournal.access.visit import Write

_READ = frozenset({"read", "vread", "search-type", "search-system", "history-instance"})
"""The interactions that change nothing: nothing has happened yet where nobody has got the answer."""


class Gathered:
    """Entries that wait for the end of a request. `write` writes into the log (access.audit)."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[Access] = []
        self._is_left = False

    async def write(self, entries: Sequence[Access]) -> None:
        """A Write: what was read waits, anything else is written at once, after what waits."""
        self._waiting += entries
        if self._is_left or not all(one.interaction in _READ for one in entries):
            await self.settle()

    async def leave(self) -> None:
        """As `settle`, at the end of the request: of several that were asked at once one may have failed, and
        what the others still read is written as it comes.
        """
        self._is_left = True
        await self.settle()

    async def settle(self) -> None:
        """Returns when all is in the log, durably. Raises what the log raises; then answer nothing."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            await self._write(waiting)
