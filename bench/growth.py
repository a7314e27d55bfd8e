"""Bench `growth`: how much longer a search takes on sixteen copies of the set than on the set itself.

Both records are served at once, and one client asks each of them the same query in turn, so that whatever
else the machine does meanwhile happens to both.
"""

import asyncio
import random
import time
from typing import Any

from bench import report
from bench.http import Connection
from bench.search import COUNT, Searches
from bench.server import Server
from bench.shapes import Query, Shape

ROUNDS, QUICK_ROUNDS = 400, 100
"""Questions of each shape to each record."""
WARM_UP = 20


def bench_growth(searches: Searches, small: Server, large: Server, rounds: int) -> dict[str, Any]:
    """p50 of each shape on both records, in milliseconds, and their ratio."""
    return asyncio.run(_compared(searches, small, large, rounds))


async def _compared(searches: Searches, small: Server, large: Server, rounds: int) -> dict[str, Any]:
    connections = Connection(*small.address), Connection(*large.address)
    rows = []
    for shape in searches.shapes:
        times: tuple[list[float], list[float]] = [], []
        for number in range(-WARM_UP, rounds):
            query = random.choice(shape.queries)
            for which in (0, 1) if number % 2 else (1, 0):
                seconds = await _asked(connections[which], searches, shape, query)
                if number >= 0:
                    times[which].append(1000 * seconds)
        one, other = map(report.median, times)
        rows.append((shape.name, one, other, other / one))
    for connection in connections:
        connection.close()
    report.show("search, one client: p50 in milliseconds", ("shape", "x1", "x16", "ratio"), rows)
    return {name: {"small": one, "large": other, "ratio": ratio} for name, one, other, ratio in rows}


async def _asked(connection: Connection, searches: Searches, shape: Shape, query: Query) -> float:
    path = query.path(searches.base, f"_count={COUNT}")
    start = time.perf_counter()
    answer = await connection.request("GET", path)
    seconds = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(f"GET {path}: {answer.status} {answer.body[:300]!r}")
    return seconds
