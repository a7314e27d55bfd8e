"""Regions that many tests look into, told once for all workers of a run: a citizen takes ten milliseconds."""

from collections.abc import Iterator
from functools import cache

from fellesjournal.rollout.region.region import BLOCK, Plan, Region
from scratch import once_a_run


def every_block(plan: Plan) -> Iterator[bytes]:
    """The resources of all of a region's citizens."""
    for number in range(plan.blocks):
        yield from block(plan, number)


def block(plan: Plan, number: int) -> list[bytes]:
    """The resources of a block's citizens, in the order in which they are told."""
    name = f"region-{plan.citizens}-{plan.seed}-{plan.start}-{plan.years}-{number}"
    return once_a_run(name, lambda: b"\n".join(anew(plan, number))).split(b"\n")


def anew(plan: Plan, number: int) -> Iterator[bytes]:
    """The same, told here and now, and not kept."""
    region, census = counted(plan)
    return region.block(number, part_of(census, number))


@cache
def counted(plan: Plan) -> tuple[Region, bytes]:
    """A region and its census."""
    region = Region(plan)
    return region, region.census()


def part_of(census: bytes, number: int) -> bytes:
    """What the census has of a block's citizens."""
    return census[2 * BLOCK * number : 2 * BLOCK * (number + 1)]
