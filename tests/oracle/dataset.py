"""The mixed data that searches are tried on: our region, official examples, a few Synthea citizens."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oracle import coded, named
from oracle.definitions import PACKAGE
from oracle.evaluator import load
from world import region

SYNTHEA = Path(__file__).parents[3] / "shared" / "data" / "synthea" / "synthea-r4-bundles.tar.xz"

OF_EACH_TYPE = 8
LARGEST = 60_000
"""Bytes of the largest example taken; the corpus tests take them all."""


def single() -> Iterator[dict[str, Any]]:
    """Resources that are put under the ids they have, the region's first."""
    yield from region.resources()
    yield from official_examples()
    yield from coded.resources()
    yield from named.resources()


def official_examples() -> Iterator[dict[str, Any]]:
    """The first few small ones of every type."""
    taken: Counter[str] = Counter()
    for path in sorted(PACKAGE.glob("*-*.json")):
        if path.stat().st_size <= LARGEST and taken[path.name.partition("-")[0]] < OF_EACH_TYPE:
            taken[path.name.partition("-")[0]] += 1
            yield load(path.read_bytes())


def citizens(count: int) -> Iterator[bytes]:
    """The first small bundles of the Synthea set, a citizen each; none where the set is absent."""
    if not SYNTHEA.is_file():
        return
    with tarfile.open(SYNTHEA) as archive:
        for member in archive:
            if 0 < member.size < 900_000 and count:
                held = archive.extractfile(member)
                assert held is not None
                count -= 1
                yield held.read()
            if not count:
                return
