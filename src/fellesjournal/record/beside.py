"""What other rooms keep beside the resources of some types, in the very transaction that writes these."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import asyncpg


class Beside(Protocol):
    """A room that keeps something of its own beside some types, such as who is busy at what time.

    It is told of every write, whoever made it and by whatever way. A Fault that it raises undoes the write.
    """

    types: frozenset[str]

    async def written(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Resources of these types were written, by key; each has its id, new ones too."""

    async def anew(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Resources that are stored already are indexed anew: what stands beside them is put right."""

    async def deleted(self, connection: asyncpg.Connection, keys: Sequence[int]) -> None:
        """Resources were deleted; their keys may be of any type."""
