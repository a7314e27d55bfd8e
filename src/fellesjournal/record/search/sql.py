"""SQL text under construction, with its arguments."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fellesjournal.record.scope import Scope
from fellesjournal.record.search.within import Within


class Sql:
    """Collects the arguments of one statement.

    With a `cap` the plan is dictated: subqueries are fenced, so that PostgreSQL tests row by row instead of
    turning them into joins, and index seeks follow the index's order and stop at the cap. Without it
    PostgreSQL plans freely.

    Every row that a search looks at, of whatever resource, must be `within` the actor's scope.
    """

    def __init__(self, scope: Scope, cap: int | None = None) -> None:
        self.args: list[object] = []
        self._scope = scope
        self._within = Within(scope, self.arg, kept=cap is not None)
        self._whole = 0
        self.fence = "" if cap is None else " offset 0"
        self._cap = cap
        self._aliases = 0

    def arg(self, value: object, cast: str) -> str:
        """The placeholder of a new argument."""
        self.args.append(value)
        return f"${len(self.args)}::{cast}"

    def bigint(self, value: int) -> str:
        """The placeholder of a 64-bit integer."""
        return self.arg(value, "bigint")

    def bigints(self, values: Sequence[int]) -> str:
        """The placeholder of an array of 64-bit integers."""
        return self.arg(list(values), "bigint[]")

    def within(self, row: str) -> str:
        """The row (citizen, rid, type) is within the scope: " and ..." or nothing."""
        if self._scope.unlimited:
            return ""
        return f" and {self._within.test(row)}{self._conditions(row)}"

    def kept(self, citizen: str) -> str:
        """See Within.kept."""
        return self._within.kept(citizen)

    def within_here(self, citizen: str, row: str) -> str:
        """The row of a citizen's (a placeholder) is within the scope, where `kept` stands as kept_here."""
        if self._scope.unlimited:
            return ""
        return f" and {self._within.test_here(citizen, row)}{self._conditions(row)}"

    def _conditions(self, row: str) -> str:
        """The scope's conditions hold for the row, which is looked up where each of them can be tested."""
        tests = []
        for number, condition in self._scope.conditions:
            said = self.alias("c")
            here = f"{said}.citizen = {row}.citizen and {said}.rid = {row}.rid"
            meets = f"select from index_term {said} where {here} and {condition.test(self, said)}"
            tests.append(f" and ({row}.type <> {number} or exists ({meets} offset 0))")
        return "".join(tests)

    def readable(self, row: str) -> str:
        """The row is of a type that the actor reads: " and ..." or nothing."""
        types = self._scope.readable
        return "" if types is None else f" and {row}.type = any ({self.arg(sorted(types), 'smallint[]')})"

    def seek(self, order: str) -> str:
        """How a seek ends that reads the index ordered by `order` ("" when it has no order)."""
        return "" if self._cap is None or self._whole or not order else f" order by {order} limit {self._cap}"

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Seeks written meanwhile do not stop at the cap: what reads them leaves rows out or adds some."""
        self._whole += 1
        yield
        self._whole -= 1

    def alias(self, letter: str) -> str:
        """A table alias not used before in this statement."""
        self._aliases += 1
        return f"{letter}{self._aliases}"
