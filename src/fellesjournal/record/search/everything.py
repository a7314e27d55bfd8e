"""Patient/$everything: a citizen's record and what it refers to (FHIR R4, operation-patient-everything)."""

from dataclasses import dataclass

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import OPEN_END, OPEN_START, date_bounds
from fellesjournal.record.search import cursor
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.predicate import Predicate
from fellesjournal.record.search.registry import unknown
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.stored import Parameters

_PASSED_ON = {"_type", "_count", "_format", "_pretty", "_summary", "_elements", cursor.PARAMETER}
_OWN = ("start", "end", "_since")


@dataclass(frozen=True, slots=True)
class CareDated:
    """The care took place in the time, or has no time: bounds in microseconds since 1970, both included."""

    start: int
    end: int
    patient_type: int

    def test(self, sql: Sql, row: str) -> str:
        here = f"v.citizen = {row}.citizen and v.rid = {row}.rid"
        overlaps = f"v.low <= {sql.bigint(self.end)} and v.high >= {sql.bigint(self.start)}"
        return (
            f"({row}.type = {self.patient_type}"
            f" or exists (select from index_date v where {here} and {overlaps}{sql.fence})"
            f" or not exists (select from index_date v where {here}{sql.fence}))"
        )

    def rows(self, sql: Sql) -> str | None:
        return None

    def expected(self, density: Density) -> float | None:
        return None


def search_of(parameters: Parameters, patient_type: int) -> tuple[Parameters, list[Predicate]]:
    """The search that $everything is: its parameters, and the condition on the dates of care.

    Raises Invalid for parameters that the operation does not have.
    """
    passed: Parameters = []
    low, high = OPEN_START, OPEN_END
    for name, value in parameters:
        match name:
            case "start":
                low = date_bounds(value)[0]
            case "end":
                high = date_bounds(value)[1]
            case "_since":
                passed.append(("_lastUpdated", f"ge{value}"))
            case _ if name in _PASSED_ON:
                passed.append((name, value))
            case _:
                known = sorted((*_PASSED_ON, *_OWN))
                raise Invalid(unknown("parameter", name, known, " of $everything"))
    if low > high:
        raise Invalid("$everything: start is after end.")
    dated: list[Predicate] = (
        [] if (low, high) == (OPEN_START, OPEN_END) else [CareDated(low, high, patient_type)]
    )
    return passed, dated
