"""How frequent a term is, from PostgreSQL's own statistics of the term arrays.

`analyze` keeps the most common elements of an array column with their frequencies. A term that is not
among them is rare: its rows are found by the index. A frequent one is found sooner by walking the
resources from the newest. The statistics are read again now and then; nothing here is ever needed for
a right answer, only for a quick one.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import asyncpg

_REFRESH_SECONDS = 60.0
_STATISTICS = """
select coalesce(most_common_elems::text::bigint[], '{}') as terms,
       coalesce(most_common_elem_freqs, '{}') as frequencies,
       greatest(reltuples, 0)::float8 as total
from pg_class
left join pg_stats on schemaname = current_schema() and tablename = relname and attname = 'terms'
where pg_class.oid = 'index_term'::regclass
"""


@dataclass(slots=True)
class Density:
    """The frequencies as last read. Empty until the first `refresh`."""

    total: float = 0.0
    frequent: dict[int, float] = field(default_factory=dict)
    _read_at: float = -math.inf

    def of(self, terms: Iterable[int]) -> float:
        """How many resources have one of the terms, at most."""
        return min(sum(self.frequent.get(term, 0.0) for term in terms), 1.0) * self.total

    def cap(self, page: int) -> int:
        """Below this many rows an index seek is cheaper than a walk that meets `page` of them.

        A power of two, so that statements stay the same while the record grows.
        """
        wanted = math.sqrt(page * max(self.total, 1.0))
        return 1 << max(8, math.ceil(math.log2(wanted)))

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Read the statistics again when they are old."""
        if time.monotonic() - self._read_at < _REFRESH_SECONDS:
            return
        self._read_at = time.monotonic()
        row = await connection.fetchrow(_STATISTICS)
        terms, frequencies = row["terms"], row["frequencies"]
        self.frequent = dict(zip(terms, frequencies, strict=False))
        self.total = row["total"]
