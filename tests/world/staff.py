"""The workers with fixed names and the units they are at: the few of a region's that tests need."""

from collections.abc import Iterator
from typing import Any

from fellesjournal.rollout.region import directory
from fellesjournal.rollout.region.directory import FIRST_NUMBER, pid_of
from fellesjournal.rollout.region.places import Places, named_workers
from fellesjournal.rollout.region.staff import (
    CLINIC,
    EMERGENCY,
    HOME,
    NURSING,
    OFFICE,
    SURGERY,
    WARD,
    WORKERS,
    Worker,
)

__all__ = [
    "CLINIC",
    "EMERGENCY",
    "FIRST_NUMBER",
    "HOME",
    "NURSING",
    "OFFICE",
    "SURGERY",
    "WARD",
    "WORKERS",
    "Worker",
    "pid_of",
    "resources",
]


def resources() -> Iterator[dict[str, Any]]:
    """Units, people and roles; references point only to what comes before."""
    units = {unit.id: unit for unit in Places(200).units}
    wanted = {post.unit for worker in WORKERS for post in worker.posts}
    wanted |= {units[id].within for id in wanted}
    yield from (directory.organization(unit) for unit in units.values() if unit.id in wanted)
    yield from named_workers(units)
