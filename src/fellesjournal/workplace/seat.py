"""Who is in a chart now, told for as long as a page of theirs is open."""

import asyncio
from uuid import UUID, uuid4

from fellesjournal.reading.attendance import Attendance, Reader


class Seat:
    """One open page among those who read: it says that it is there while its stream is open."""

    _leaving: set["asyncio.Task[None]"] = set()  # noqa: RUF012 # held until they are done

    def __init__(self, attendance: Attendance, reader: Reader) -> None:
        self._attendance, self._reader = attendance, reader
        self._stream: UUID = uuid4()

    async def take(self, citizen: int) -> None:
        """The page is open, or open still."""
        await self._attendance.come(citizen, self._stream, self._reader)

    def leave(self, citizen: int) -> None:
        """The page has been closed: told beside, as its request is over."""
        task = asyncio.ensure_future(self._attendance.leave(citizen, self._stream))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
