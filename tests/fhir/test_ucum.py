"""Units of measure."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.ucum import canonical, parse


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("5.4", "g/dL"), ("54", "g/L")),
        (("37", "Cel"), ("98.6", "[degF]")),
        (("37", "Cel"), ("310.15", "K")),
        (("5", "10*3/uL"), ("5", "10*9/L")),
        (("1", "[in_i]"), ("2.54", "cm")),
        (("1", "mm[Hg]"), ("133.322", "Pa")),
        (("1", "h"), ("3600", "s")),
        (("1", "kcal_th"), ("4184", "J")),
        (("60", "/min"), ("1", "Hz")),
        (("1", "mL/min/{1.73_m2}"), ("1", "mL/min")),
        (("100", "%"), ("1", "1")),
        (("1", "U"), ("1", "umol/min")),
        (("1", "ml"), ("1", "mL")),
        (("1", "l"), ("1", "L")),
        (("1000", "[IU]"), ("1", "k[iU]")),
        (("1", "m/s2"), ("1", "m.s-2")),
        (("1", "kg.m/(s2.A)"), ("1", "T.m")),
        (("1", "10*-3"), ("1", "10^-3")),
        (("12", "mo"), ("1", "a_j")),
        (("7", "d"), ("1", "wk")),
    ],
)
def test_units_of_one_dimension_convert_exactly(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert canonical(Decimal(first[0]), first[1]) == canonical(Decimal(second[0]), second[1])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mmol/L", "10*9/L"),
        ("g", "m"),
        ("[iU]/L", "U/L"),
        ("[pH]", "1"),
        ("rad", "1"),
        ("mm[Hg]", "mm"),
        ("Cel", "g"),
    ],
)
def test_different_things_are_not_comparable(first: str, second: str) -> None:
    a, b = canonical(Decimal(1), first), canonical(Decimal(1), second)
    assert a is not None
    assert b is not None
    assert a[1] != b[1]


@pytest.mark.parametrize(
    "code", ["", "foo", "mg/", "m((", "(m", "m)", "{a", "mg//dL", "MMOL/L", "kk", "Ym99.Ym99", "a b"]
)
def test_what_is_not_ucum_has_no_value(code: str) -> None:
    assert canonical(Decimal(1), code) is None


def test_values_too_large_for_the_index_are_left_out() -> None:
    assert canonical(Decimal("9e299"), "Ym") is None


def test_the_dimension_is_written_as_ucum_writes_it() -> None:
    assert canonical(Decimal("5.4"), "g/dL") == (Fraction(54000), "g.m-3")
    assert canonical(Decimal(3), "{score}") == (Fraction(3), "1")


METRIC = (
    "m",
    "g",
    "s",
    "L",
    "mol",
    "Pa",
    "J",
    "W",
    "V",
    "Hz",
    "N",
    "K",
    "U",
    "kat",
    "Bq",
    "[iU]",
    "m[Hg]",
    "Cel",
)
PREFIXES = {"k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}


@given(st.sampled_from(METRIC), st.sampled_from(sorted(PREFIXES)), st.integers(1, 4))
def test_a_prefix_scales_the_unit(symbol: str, prefix: str, exponent: int) -> None:
    plain, scaled = parse(f"{symbol}{exponent}"), parse(f"{prefix}{symbol}{exponent}")
    assert plain is not None
    assert scaled is not None
    assert scaled.factor == plain.factor * Fraction(10) ** (PREFIXES[prefix] * exponent)
    assert scaled.dimensions == plain.dimensions


@given(st.lists(st.tuples(st.sampled_from("./"), st.sampled_from(METRIC[:-1])), min_size=1, max_size=5))
def test_a_unit_over_itself_is_one(terms: list[tuple[str, str]]) -> None:
    code = "1" + "".join(operator + symbol for operator, symbol in terms)
    unit = parse(f"({code})/({code})")
    assert unit is not None
    assert (unit.factor, unit.dimension) == (Fraction(1), "1")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6))
def test_there_and_back_again(value: Decimal) -> None:
    converted = canonical(value, "[lb_av]")
    unit = parse("[lb_av]")
    assert converted is not None
    assert unit is not None
    assert converted[0] / unit.factor == Fraction(value)
