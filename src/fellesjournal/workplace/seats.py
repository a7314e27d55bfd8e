"""Who sits at the pages that are open in this process, told to the others of the site.

All pages together are told in one statement: a page that told by itself would do so when it has an event to
pass on, and a thousand pages that were opened together would all be late with the same one.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from fellesjournal.reading.attendance import Attendance, Page, Reader

STAYS = 15.0
"""Seconds after which pages that are open still are told of anew."""


class Seats:
    """The open pages of one process. What a lost database was not told is told with the next STAYS."""

    def __init__(self, attendance: Attendance) -> None:
        self._attendance = attendance
        self._taken: dict[UUID, Page] = {}
        self._new: list[Page] = []
        self._left: list[Page] = []
        self._told = time.monotonic()

    @contextmanager
    def taken(self, citizen: int, reader: Reader) -> Iterator[None]:
        """A page is open for the length of the block."""
        page = Page(citizen, uuid4(), reader)
        self._taken[page.stream] = page
        self._new.append(page)
        try:
            yield
        finally:
            del self._taken[page.stream]
            self._left.append(page)

    async def gatherings(self, citizens: Sequence[int]) -> Mapping[int, str]:
        """Tell who has come and gone here since the last time; then see who reads each of the citizens, in
        any process (see Attendance.gatherings)."""
        come, left, self._new, self._left = self._new, self._left, [], []
        if time.monotonic() - self._told > STAYS:
            come, self._told = list(self._taken.values()), time.monotonic()
        if there := [one for one in come if one.stream in self._taken]:
            await self._attendance.come(there)
        if left:
            await self._attendance.leave(left)
        return await self._attendance.gatherings(citizens) if citizens else {}
