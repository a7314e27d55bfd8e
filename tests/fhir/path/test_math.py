"""Numbers and quantities: arithmetic and functions (FHIRPath N1, sections 5.7 and 6.6)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1 + 2 * 3 - 4", [3]),
        ("1 + 2.5", ["3.5"]),
        ("0.1 + 0.2", ["0.3"]),
        ("1234567890123456789.12345678 + 0.00000001", ["1234567890123456789.12345679"]),
        ("6 / 2", ["3"]),
        ("1 / 3", ["0.3333333333333333333333333333"]),
        ("5 div 2", [2]),
        ("(-5) div 2", [-2]),
        ("5.5 div 0.7", ["7"]),
        ("5 mod 2", [1]),
        ("(-5) mod 2", [-1]),
        ("5.5 mod 0.7", ["0.6"]),
        ("1 / 0 | 1 div 0 | 1 mod 0 | 1.0 / 0.0", []),
        ("1 + {} | {} * 2", []),
        ("2147483647 + 1", []),
        ("-2147483647 - 1", [-2147483648]),
        ("2147483647", [2147483647]),
        ("-2147483648", [-2147483648]),
        ("9999999999999999999999999999.0 * 10", []),
        ("multipleBirth * 1.50", ["3.00"]),
        ("-(3) + +2", [-1]),
        ("-1.5 'mg'", ["-1.5 'mg'"]),
    ],
)
def test_arithmetic(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


@pytest.mark.parametrize(
    "expression",
    ["2147483648", "1 + 2147483648", "-2147483649", "1" * 29 + ".0", "1" * 29 + " 'mg'", "1" * 5_000],
)
def test_a_number_larger_than_there_are_is_refused(expression: str, values: Values) -> None:
    with pytest.raises(Invalid, match=r"1111.*larger" if "111" in expression else r"214748364\d'.*larger"):
        values(expression)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("3 'm' + 3 'cm'", ["303 'cm'"]),
        ("3 'cm' - 3 'm'", ["-297 'cm'"]),
        ("3 'mg' + 3 'mg'", ["6 'mg'"]),
        ("3 'mg' + 3 'cm'", []),
        ("3 'mg' + 3 'wombat'", []),
        ("60 's' + 2 minutes", ["180 's'"]),
        ("1 week + 14 days", ["21 day"]),
        ("1 year + 12 months", []),
        ("12 'cm' * 3 'cm'", ["36 'cm.cm'"]),
        ("12 'cm' * 3", ["36 'cm'"]),
        ("2.0 'cm' * 2.0 'm' = 0.040 'm2'", [True]),
        ("12 'cm2' / 3 'cm' = 4.0 'cm'", [True]),
        ("4.0 'g' / 2.0 'm' = 2 'g/m'", [True]),
        ("1.0 'm' / 1.0 'm'", ["1 '1'"]),
        ("12 'cm' / 3", ["4 'cm'"]),
        ("12 'cm' / 0", []),
        ("extension.value + 1 'kg'", []),
    ],
)
def test_arithmetic_with_quantities(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("(-5).abs()", [5]),
        ("(-5.5).abs()", ["5.5"]),
        ("(-5.5 'mg').abs()", ["5.5 'mg'"]),
        ("1.1.ceiling() | (-1.1).ceiling()", [2, -1]),
        ("1.9.floor() | (-2.1).floor()", [1, -3]),
        ("101.99.truncate() | (-1.56).truncate()", [101, -1]),
        ("0.exp()", ["1"]),
        ("1.ln()", ["0"]),
        ("0.ln() | (-1).ln()", []),
        ("16.log(2)", ["4"]),
        ("100.0.log(10.0)", ["2"]),
        ("16.log(1)", []),
        ("2.power(3)", [8]),
        ("2.5.power(2)", ["6.25"]),
        ("2.power(-1)", ["0.5"]),
        ("(-1).power(0.5)", []),
        ("1.round()", [1]),
        ("1.5.round() | 2.4.round()", ["2"]),
        ("(-1.5).round()", ["-2"]),
        ("3.14159.round(3)", ["3.142"]),
        ("3.14159.round(0)", ["3"]),
        ("1.log(0) | 1.log(1) | 2.log(0) | 2.log(-1) | 0.log(2) | (-1).log(10)", []),
        ("81.sqrt()", ["9"]),
        ("(-1).sqrt()", []),
        ("{}.abs() | {}.sqrt() | {}.power(2) | 2.power({})", []),
    ],
)
def test_functions(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


@pytest.mark.parametrize(
    "expression",
    [
        "2.power(1000000)",
        "1.1.power(999999999)",
        "1000000.exp()",
        "9.power(9).power(9).power(9)",
        "(-2).power(1000001)",
    ],
)
def test_a_number_that_is_too_large_is_none(expression: str, values: Values) -> None:
    assert values(expression) == []


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("(1 | 2) + 1", r"'\+' at character 9 wants one value, not 2"),
        ("'a' + 1", r"'\+' at character 5 cannot take System.String and System.Integer"),
        ("'a' * 2", "cannot take"),
        ("-'a'", "wants a number"),
        ("'a'.abs()", "wants a number, not System.String"),
        ("name.sqrt()", "wants one value"),
        ("1.2.round(-1)", r"at character 5 wants a precision of 0 or more, not -1\."),
        ("'abc'.startsWith(name.first())", r"wants a string, not HumanName\.$"),
        ("{}.round(-1)", "wants a precision of 0 or more"),
        ("1.2.round(name.first())", r"wants a whole number, not HumanName\.$"),
    ],
)
def test_what_is_no_number_is_refused(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


_DECIMALS = st.decimals(-(10**9), 10**9, places=8)


@given(first=_DECIMALS, second=_DECIMALS)
def test_sums_and_products_are_exact(first: Decimal, second: Decimal, definitions: Any) -> None:
    def value(text: str) -> Any:
        (item,) = Path(text).evaluate(PATIENT, definitions)
        return item.value

    a, b = f"{first:f}", f"{second:f}"
    assert value(f"({a}) + ({b}) - ({b}) = {a}")
    assert value(f"({a}) * ({b}) = ({b}) * ({a})")
    assert value(f"({a}) + ({b})") == first + second
