"""aggregate() and the variables of iteration (FHIRPath N1, sections 7 and 5)."""

from typing import Any

import pytest

from fhir.path.conftest import Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("(1 | 2 | 3).aggregate($this + $total, 0)", [6]),
        ("(1 | 2 | 3).aggregate($total + $this)", []),
        ("(3 | 1 | 2).aggregate(iif($total.empty(), $this, iif($this < $total, $this, $total)))", [1]),
        ("(1 | 2 | 3).aggregate($total + $this, 0) / 3", ["2"]),
        ("{}.aggregate($total + 1, 5)", [5]),
        ("name.aggregate($total | given)", ["Kari", "Marie", "Kaja"]),
        ("(1 | 2).aggregate($total + $index, 0)", [1]),
    ],
)
def test_aggregate(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found
