"""Conditions as SQL, put together from the parts in sql/conditions.sql."""

from typing import Any as Anything

from fellesjournal.terminology.conditions import (
    Above,
    Abstract,
    Active,
    All,
    Any,
    Below,
    ChildOf,
    Codes,
    Condition,
    Displayed,
    Has,
    HasValue,
    Not,
    ParentOf,
)
from fellesjournal.terminology.statements import SQL


class Predicate:
    """The SQL of a condition; `values` are those of all its parameters, the fixed ones of a statement first.

    Matching and Named must have been replaced by the codes that they find.
    """

    def __init__(self, condition: Condition, *fixed: Anything) -> None:
        self.values = list(fixed)
        self.sql = self._written(condition)

    def within(self, statement: str) -> str:
        """The statement with the condition in its place."""
        return statement.replace("{condition}", self.sql)

    def _written(self, condition: Condition) -> str:
        match condition:
            case All(of):
                return self._joined(of, " and ", "true")
            case Any(of):
                return self._joined(of, " or ", "false")
            case Not(one):
                return f"not ({self._written(one)})"
            case Below(code, itself):
                return self._with(SQL.is_at_or_below if itself else SQL.is_below, code)
            case Above(code):
                return self._with(SQL.is_at_or_above, code)
            case HasValue(name, values):
                return self._with(SQL.has_value, list(values)).replace("{name}", self._parameter(name))
            case Abstract():
                return SQL.is_abstract
        return self._simple(condition)

    def _simple(self, condition: Condition) -> str:
        match condition:
            case Codes(codes):
                return self._with(SQL.is_code, list(codes))
            case ChildOf(codes):
                return self._with(SQL.is_child, list(codes))
            case ParentOf(codes):
                return self._with(SQL.is_parent, list(codes))
            case Has(name):
                return self._with(SQL.has_property, name)
            case Displayed(texts):
                return self._with(SQL.is_displayed, list(texts))
            case Active(day):
                return self._with(SQL.is_active, day)
        raise AssertionError(condition)

    def _joined(self, conditions: tuple[Condition, ...], word: str, none: str) -> str:
        return f"({word.join(map(self._written, conditions))})" if conditions else none

    def _with(self, part: str, value: Anything) -> str:
        return part.replace("{value}", self._parameter(value))

    def _parameter(self, value: Anything) -> str:
        self.values.append(value)
        return f"${len(self.values)}"
