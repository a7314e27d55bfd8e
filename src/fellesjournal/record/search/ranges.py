"""Comparing a range with the ranges in the index (FHIR R4, search.html#prefix).

Every date, number and quantity is a range low..high, both ends included; the value searched for is a
range too. The prefixes then say: eq, the searched range contains the found one; ne, it does not; gt and
lt, the found range reaches above or below it; sa and eb, it lies wholly above or below; ap, they overlap.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fellesjournal.record.search.predicate import Condition
from fellesjournal.record.search.sql import Sql

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)

_INSIDE = "{low} >= {first} and {high} <= {last}"
_TESTS = {
    "eq": _INSIDE,
    "ne": f"not ({_INSIDE})",
    "gt": "{high} > {last}",
    "lt": "{low} < {first}",
    "ge": f"({{high}} > {{last}} or {_INSIDE})",
    "le": f"({{low}} < {{first}} or {_INSIDE})",
    "sa": "{low} > {last}",
    "eb": "{high} < {first}",
    "ap": "{low} <= {last} and {high} >= {first}",
}
PREFIXES = tuple(_TESTS)

# The same as alternatives that an index on low, or on high, answers each: low <= high always holds.
_WITHIN = _INSIDE + " and {low} <= {last}"
_ABOVE = ("{high} > {last}",)
_ABOVE_BY_LOW = ("{low} > {last}", "{high} > {last} and {high} > {low} and {low} <= {last}")
_SEEKS = {"eq": (_WITHIN,), "gt": _ABOVE, "ge": (*_ABOVE, _WITHIN), "le": ("{low} < {first}", _WITHIN)}
_SEEKS_BY_LOW = {**_SEEKS, "gt": _ABOVE_BY_LOW, "ge": (*_ABOVE_BY_LOW, _WITHIN)}


@dataclass(frozen=True, slots=True)
class Range(Condition):
    """A prefix with the first and last value of the range searched for.

    `by_low`: the index on high holds only rows with high > low (numbers), the one on low all of them.
    """

    prefix: str
    first: float
    last: float
    cast: str = "bigint"
    columns: tuple[str, str] = ("low", "high")
    by_low: bool = False

    def where(self, sql: Sql, value: str) -> str:
        return self._written(sql, value, _TESTS[self.prefix])

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        alternatives = (_SEEKS_BY_LOW if self.by_low else _SEEKS).get(self.prefix, (_TESTS[self.prefix],))
        low, high = (f"{value}.{column}" for column in self.columns)
        return [
            (self._written(sql, value, test), high if test.startswith("{high}") else low)
            for test in alternatives
        ]

    def _written(self, sql: Sql, value: str, test: str) -> str:
        low, high = (f"{value}.{column}" for column in self.columns)
        first = self._bound(sql, self.first) if "{first}" in test else ""
        last = self._bound(sql, self.last) if "{last}" in test else ""
        return test.format(low=low, high=high, first=first, last=last)

    def _bound(self, sql: Sql, bound: float) -> str:
        if self.cast == "timestamptz":
            moment = _EPOCH + timedelta(microseconds=min(max(bound, _FIRST), _LAST))
            return sql.arg(moment, self.cast)
        return sql.arg(int(bound) if self.cast == "bigint" else bound, self.cast)
