"""A process that logs until it is killed, and prints the citizen of each entry when that is safe."""

import asyncio
import os
import sys

from access.audit.test_log import access
from fellesjournal.access.audit.log import Log
from fellesjournal.plumbing import database


async def _one_after_another(log: Log, first: int) -> None:
    for citizen in range(first, first + 1_000_000):
        await log.write([access(citizen)])
        sys.stdout.write(f"{citizen}\n")
        sys.stdout.flush()


async def main(url: str) -> None:
    """Eight requests at a time, without end."""
    async with database.pool(url, 2) as pool:
        log = Log(pool)
        starts = (os.getpid() * 10_000_000 + number * 1_000_000 for number in range(1, 9))
        await asyncio.gather(*(_one_after_another(log, start) for start in starts))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
