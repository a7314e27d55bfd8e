"""What a rule that weighs a write is told of the record; each thing is read once for all that is written."""

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
import msgspec

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import read
from fellesjournal.record.means import Means
from fellesjournal.record.scope import FEW, Scope, Told

Tree = dict[str, Any]

_decode = msgspec.json.Decoder(Tree).decode


class Knowing:
    """Answers the rules of a scope, on the connection that writes (see scope.Known)."""

    def __init__(self, means: Means, connection: asyncpg.Connection, scope: Scope) -> None:
        self._means, self._connection, self._scope = means, connection, scope
        self._found: dict[tuple[str, tuple[tuple[str, str], ...]], list[Tree]] = {}
        self._told: dict[str, Told | None] = {}

    async def __call__(
        self, type_name: str, asked: Sequence[tuple[str, str]], *, most: int = FEW
    ) -> list[Tree]:
        """See scope.Known."""
        question = type_name, tuple(asked)
        if question not in self._found:
            search, everyone = self._means.search, Scope.everyone()
            rows = await search.matches(self._connection, type_name, list(asked), scope=everyone, limit=most)
            self._found[question] = [_decode(row["body"]) for row in rows]
        return self._found[question]

    async def named(self, references: Iterable[str]) -> dict[str, Told]:
        """See scope.Known."""
        wanted = list(references)
        if missing := {key_of(one): one for one in wanted if one not in self._told}:
            rows = await read.bodies(self._connection, list(missing), self._scope)
            there = {row["key"]: Told(_decode(row["body"]), row["visible"]) for row in rows}
            self._told |= {one: there.get(key) for key, one in missing.items()}
        return {one: told for one in wanted if (told := self._told[one]) is not None}
