"""`fellesjournal region build`: the region's blocks, made and stored by worker processes.

The ledger of imports knows which blocks are done: a build that was stopped goes on where it was.
"""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.app.import_crew import Crew
from fellesjournal.app.import_worker import Done, Wrong
from fellesjournal.app.settings import Settings
from fellesjournal.app.sources import Item
from fellesjournal.documentation.templates import templates
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.bulk import importing, ledger
from fellesjournal.record.bulk.ledger import Stretch
from fellesjournal.rollout.region.region import BLOCK, Plan, Region

BUILDER = Actor(person="region", role="fagsystem", purpose="HTEST", display="fellesjournal region build")
"""Who writes the region: a system on a practice site."""
FOUNDATION, STORIES = -1, (-2, -3, -4, -5)
"""The blocks of units and workers, begun first, and of the citizens with written stories: small ones, which
fill what is left of the time where there are no more blocks than workers."""
_NAME = "region"


class Block(NamedTuple):
    """A block of a region as work to be done."""

    plan: Plan
    serials: bytes
    start: int
    position: int = 0

    @property
    def path(self) -> Path:
        """For people: which region."""
        return Path(_NAME, described(self.plan))

    @property
    def digest(self) -> str:
        """The region's, in the ledger."""
        return digest(self.plan)

    @property
    def stop(self) -> int:
        """Blocks are counted one by one."""
        return self.start + 1

    @property
    def size(self) -> int:
        """In citizens."""
        return len(self.serials) // 2

    def at(self, position: int) -> "Block":
        """The same block, to be gone on with after so many resources."""
        return self._replace(position=position)

    def items(self) -> Iterator[Item]:
        """The block's resources from the position on."""
        region = _region(self.plan)
        for number, body in enumerate(self._made(region), 1):
            if number > self.position:
                yield Item(f"block {self.start}, resource {number}", number, body, is_ours=True)

    def _made(self, region: Region) -> Iterator[bytes]:
        if self.start == FOUNDATION:
            return _foundation(region)
        if self.start in STORIES:
            return region.stories(STORIES.index(self.start), len(STORIES))
        return region.block(self.start, self.serials)


@dataclass(slots=True)
class BuildReport:
    """What a build has done so far, and at its end."""

    plan: Plan
    citizens: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[Wrong] = field(default_factory=list)
    citizens_earlier: int = 0
    seconds: float = 0.0

    @property
    def resources(self) -> int:
        """Resources stored or there already."""
        return self.created + self.changed + self.unchanged


async def build(
    settings: Settings,
    url: str,
    plan: Plan,
    *,
    processes: int = 0,
    progress: Callable[[BuildReport], None] = lambda report: None,
) -> BuildReport:
    """Build a region in the database at `url`. Raises Trouble where nobody real may be disturbed, where
    another region is, or when a worker dies.
    """
    if not settings.practice_site:
        raise Trouble(
            "A region is built on practice sites only: set FELLESJOURNAL_PRACTICE_SITE=true if no real "
            "person is in this database."
        )
    return await _Build(settings, url, plan, progress).run(processes or settings.workers)


@lru_cache(maxsize=1)
def digest(plan: Plan) -> str:
    """What the ledger calls a plan's region: 32 hexadecimal digits."""
    return blake2b(f"{_NAME} {described(plan)}".encode(), digest_size=16).hexdigest()


def described(plan: Plan) -> str:
    """A plan in words."""
    return f"{plan.citizens} citizens, seed {plan.seed}, {plan.years} years from {plan.start}"


def _foundation(region: Region) -> Iterator[bytes]:
    """What everything else refers to: units, services, workers, and the templates of notes."""
    yield from region.foundation()
    yield from (msgspec.json.encode(one.questionnaire) for one in templates().values())


@lru_cache(maxsize=1)
def _region(plan: Plan) -> Region:
    return Region(plan)


class _Build:
    def __init__(
        self, settings: Settings, url: str, plan: Plan, progress: Callable[[BuildReport], None]
    ) -> None:
        self._url, self._plan, self._progress = url, plan, progress
        self._crew = Crew(settings, url, BUILDER, self._count)
        self._report = BuildReport(plan)
        self._start = time.monotonic()

    async def run(self, processes: int) -> BuildReport:
        connection = await database.connect(self._url)
        try:
            await self._refuse_another(connection)
            processes = min(processes, self._plan.blocks)
            await self._crew.work(processes, self._unfinished(connection, processes), patient=False)
            if self._report.created:
                await importing.settle(partial(database.connect, self._url))
        finally:
            await connection.close()
        self._report.seconds = time.monotonic() - self._start
        self._progress(self._report)
        return self._report

    def _blocks(self, workers: int) -> Iterator[list[Block]]:
        """In the order in which they are begun; nothing in a block waits for another."""
        yield [Block(self._plan, b"", FOUNDATION)]
        serials = memoryview(Region(self._plan).census())
        blocks = [
            Block(self._plan, bytes(serials[2 * BLOCK * number : 2 * BLOCK * (number + 1)]), number)
            for number in range(self._plan.blocks)
        ]
        yield [
            *blocks[:workers],
            *(Block(self._plan, b"", share) for share in STORIES),
            *blocks[workers:],
        ]

    async def _refuse_another(self, connection: Any) -> None:
        """Raise Trouble when the ledger tells of a region of another plan: the two would mix."""
        for path in await ledger.paths(connection, f"{_NAME}/"):
            if path != str(Path(_NAME, described(self._plan))):
                raise Trouble(
                    f"There is a region in this database already ({path.partition('/')[2]}). Build this "
                    "one in a database of its own: another FELLESJOURNAL_DATA, or another DATABASE_URL."
                )

    async def _unfinished(self, connection: Any, workers: int) -> AsyncIterator[Sequence[Block]]:
        """One block at a time, those that are not done; how far they are is asked in two questions."""
        for blocks in self._blocks(workers):
            stretches = [
                Stretch(one.digest, one.start, one.stop, one.position, str(one.path)) for one in blocks
            ]
            for block, progress in zip(blocks, await ledger.progress(connection, stretches), strict=True):
                if not progress.finished:
                    yield [block.at(progress.position)]
                else:
                    self._report.citizens_earlier += block.size
                    self._report.citizens += block.size

    def _count(self, done: Done) -> None:
        report = self._report
        report.created += done.created
        report.changed += done.changed
        report.unchanged += done.unchanged
        report.faults += done.wrong
        report.citizens += sum(citizens for _, citizens in done.finished)
        report.seconds = time.monotonic() - self._start
        self._progress(report)
