"""SQL text under construction, with its arguments."""

from collections.abc import Sequence


class Sql:
    """Collects the arguments of one statement.

    `fence` ends the subqueries that must stay as they are written: with it PostgreSQL tests row by row
    instead of turning the subquery into a join, which is what a newest-first walk needs.
    """

    def __init__(self, *, fenced: bool = False) -> None:
        self.args: list[object] = []
        self.fence = " offset 0" if fenced else ""
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

    def one_of(self, column: str, values: Sequence[int], cast: str) -> str:
        """`column` is one of `values`; a single value keeps the order of an index usable."""
        if len(values) == 1:
            return f"{column} = {self.arg(values[0], cast)}"
        return f"{column} = any({self.arg(list(values), cast + '[]')})"

    def alias(self, letter: str) -> str:
        """A table alias not used before in this statement."""
        self._aliases += 1
        return f"{letter}{self._aliases}"
