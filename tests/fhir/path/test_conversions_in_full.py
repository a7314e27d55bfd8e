"""Conversion of every type to every other (FHIRPath N1, section 5.5), and numbers at their edges."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values

TYPES = ("Boolean", "Integer", "Decimal", "String", "Date", "DateTime", "Time", "Quantity")
# What each value becomes, in the order of TYPES; "" for nothing. Strings are shown as they are written.
TABLE: dict[str, tuple[str, ...]] = {
    "true": ("true", "1", "1.0", "true", "", "", "", "1.0 '1'"),
    "false": ("false", "0", "0.0", "false", "", "", "", "0.0 '1'"),
    "1": ("true", "1", "1", "1", "", "", "", "1 '1'"),
    "0": ("false", "0", "0", "0", "", "", "", "0 '1'"),
    "7": ("", "7", "7", "7", "", "", "", "7 '1'"),
    "1.0": ("true", "", "1.0", "1.0", "", "", "", "1.0 '1'"),
    "2.50": ("", "", "2.50", "2.50", "", "", "", "2.50 '1'"),
    "'true'": ("true", "", "", "true", "", "", "", ""),
    "'N'": ("false", "", "", "N", "", "", "", ""),
    "'1.0'": ("true", "", "1.0", "1.0", "", "", "", "1.0 '1'"),
    "'+7'": ("", "7", "7", "+7", "", "", "", "7 '1'"),
    "'-7.5'": ("", "", "-7.5", "-7.5", "", "", "", "-7.5 '1'"),
    "'x'": ("", "", "", "x", "", "", "", ""),
    "''": ("", "", "", "''", "", "", "", ""),
    "'2026'": ("", "2026", "2026", "2026", "2026", "2026", "", "2026 '1'"),
    "'2026-11-25'": ("", "", "", "2026-11-25", "2026-11-25", "2026-11-25", "", ""),
    "'2026-11-25T10:30:00+01:00'": (
        *("", "", "", "2026-11-25T10:30:00+01:00"),
        *("", "2026-11-25T10:30:00+01:00", "", ""),
    ),
    "'10:30'": ("", "", "", "10:30", "", "", "10:30", ""),
    "'4 \\'mg\\''": ("", "", "", "4 'mg'", "", "", "", "4 'mg'"),
    "'4 days'": ("", "", "", "4 days", "", "", "", "4 day"),
    "@2026-11": ("", "", "", "2026-11", "2026-11", "2026-11", "", ""),
    "@2026-11-25T10:30": ("", "", "", "2026-11-25T10:30", "2026-11-25", "2026-11-25T10:30", "", ""),
    "@T10:30": ("", "", "", "10:30", "", "", "10:30", ""),
    "4 'mg'": ("", "", "", "4 'mg'", "", "", "", "4 'mg'"),
    "4 days": ("", "", "", "4 days", "", "", "", "4 day"),
}


@pytest.mark.parametrize("value", TABLE)
def test_what_a_value_becomes(value: str, written: Values) -> None:
    for kind, wanted in zip(TYPES, TABLE[value], strict=True):
        found = [
            str(one).lower() if isinstance(one, bool) else str(one) for one in written(f"{value}.to{kind}()")
        ]
        assert found == ([wanted.replace("''", "") if wanted == "''" else wanted] if wanted else []), kind
        assert written(f"{value}.convertsTo{kind}()") == [bool(wanted)], kind


@given(st.sampled_from(sorted(TABLE)), st.sampled_from(TYPES))
def test_what_converts_converts_again_to_the_same(definitions: Definitions, value: str, kind: str) -> None:
    once = Path(f"{value}.to{kind}()").evaluate(PATIENT, definitions)
    twice = Path(f"{value}.to{kind}().to{kind}()").evaluate(PATIENT, definitions)
    assert [item.value for item in once] == [item.value for item in twice]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("5 div 2", [2]),
        ("-5 div 2", [-2]),
        ("5.5 div 0.7", ["7"]),
        ("5 mod 2", [1]),
        ("-5 mod 2", [-1]),
        ("5 mod -2", [1]),
        ("1 div 0 | 1 / 0 | 1 mod 0", []),
        ("7 / 2", ["3.5"]),
        ("4 / 2", ["2"]),
        ("4 / 2 is Decimal", [True]),
        ("2 * 3 is Integer", [True]),
        ("2 * 3.0 is Decimal", [True]),
        ("1 + 2 * 3", [7]),
        ("(1 + 2) * 3", [9]),
        ("-1 + 2", [1]),
        ("1 - -1", [2]),
        ("- (1 + 2)", [-3]),
        ("2.power(3)", [8]),
        ("2.5.power(2)", ["6.25"]),
        ("(-1).power(0.5)", []),
        ("(-1).sqrt()", []),
        ("81.sqrt()", ["9"]),
        ("(-5.5).abs()", ["5.5"]),
        ("1.1.ceiling() | (-1.1).ceiling()", [2, -1]),
        ("1.9.floor() | (-1.1).floor()", [1, -2]),
        ("1.9.truncate() | (-1.9).truncate()", [1, -1]),
        ("1.5.round()", ["2"]),
        ("3.14159.round(3)", ["3.142"]),
        ("16.log(2)", ["4"]),
        ("0.exp()", ["1"]),
        ("1.ln()", ["0"]),
        ("0.1 + 0.2 = 0.3", [True]),
        ("1.10 = 1.1", [True]),
        ("1.10 ~ 1.1", [True]),
        ("0.67 ~ 0.7", [True]),
        ("0.64 ~ 0.7", [False]),
        ("1 = 1.0", [True]),
        ("2147483647 + 1", []),
        ("-2147483648 - 1", []),
    ],
)
def test_numbers(expression: str, found: list[Any], written: Values) -> None:
    answers = written(expression)
    shown = [f"{float(one):g}" if isinstance(one, str) else one for one in answers]
    assert shown == found
