"""What every interaction works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fellesjournal.record.preparing import Preparer
from fellesjournal.record.search.search import Search
from fellesjournal.record.writer import Writer


@dataclass(frozen=True, slots=True)
class Means:
    """Shared by all requests of a process. `clock` gives the time, aware."""

    preparer: Preparer
    writer: Writer
    search: Search
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """The time in milliseconds, as meta.lastUpdated has it."""
        now = self.clock()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)
