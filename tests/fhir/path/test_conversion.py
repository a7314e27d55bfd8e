"""Conversion and iif (FHIRPath N1, section 5.5)."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fhir.path.conftest import Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("('TRUE' | 't' | 'yes' | 'Y' | '1' | '1.0').select(toBoolean()).distinct()", [True]),
        ("('false' | 'F' | 'no' | 'n' | '0' | '0.0').select(toBoolean()).distinct()", [False]),
        ("1.toBoolean()", [True]),
        ("0.0.toBoolean()", [False]),
        ("2.toBoolean()", []),
        ("'2'.convertsToBoolean()", [False]),
        ("@2020.convertsToBoolean()", [False]),
        ("{}.convertsToBoolean()", []),
        ("'42'.toInteger()", [42]),
        ("'-7'.toInteger()", [-7]),
        ("'+7'.toInteger()", [7]),
        ("true.toInteger()", [1]),
        ("'1.5'.toInteger()", []),
        ("1.5.convertsToInteger()", [False]),
        ("'99999999999'.toInteger()", []),
        ("'1.50'.toDecimal()", ["1.50"]),
        ("'a'.toDecimal()", []),
        ("true.toDecimal()", ["1.0"]),
        ("'1.'.convertsToDecimal()", [False]),
        ("1.toString()", ["1"]),
        ("1.50.toString()", ["1.50"]),
        ("true.toString()", ["true"]),
        ("@2020-05.toString()", ["2020-05"]),
        ("@T10:30.toString()", ["10:30"]),
        ("(4 days).toString()", ["4 days"]),
        ("(1 day).toString()", ["1 day"]),
        ("(53 'km').toString()", ["53 'km'"]),
        ("name.first().toString()", []),
        ("name.first().convertsToString()", [False]),
        ("'2015'.toDate()", ["2015"]),
        ("'2015-02-30'.toDate()", []),
        ("'2015-02-04T10:00:00Z'.convertsToDate()", [False]),
        ("@2024-01-15T23:30:00-05:00.toDate()", ["2024-01-15"]),
        ("birthDate.toDateTime() is DateTime", [True]),
        ("'2015-02-04T14:34:28.123+01:00'.toDateTime()", ["2015-02-04T14:34:28.123+01:00"]),
        ("'2015-02-04T14'.toDateTime()", ["2015-02-04T14"]),
        ("'2015-02-04T25:00:00Z'.convertsToDateTime()", [False]),
        ("'14:34:28.123'.toTime()", ["14:34:28.123"]),
        ("'T14:34'.toTime()", ["14:34"]),
        ("'24:34'.convertsToTime()", [False]),
    ],
)
def test_a_value_becomes_another_type_or_nothing(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1.toQuantity()", ["1 '1'"]),
        ("true.toQuantity()", ["1.0 '1'"]),
        ("'4 days'.toQuantity()", ["4 day"]),
        ("'10 \\'mm[Hg]\\''.toQuantity()", ["10 'mm[Hg]'"]),
        ("'1.5'.toQuantity()", ["1.5 '1'"]),
        ("'4 wombats'.toQuantity()", []),
        ("'1 \\'wk\\''.convertsToQuantity()", [True]),
        ("52 'cm'.toQuantity('m')", ["0.52 'm'"]),
        ("45.toQuantity('m')", ["45 'm'"]),
        ("24 'm'.toQuantity('kg')", []),
        ("24 'm'.convertsToQuantity('kg')", [False]),
        ("1 'a'.toQuantity('d')", ["365.25 'd'"]),
        ("1 'wk'.toQuantity('d')", ["7 'd'"]),
        ("7 days.toQuantity('wk')", ["1 'wk'"]),
        ("182.5 days.toQuantity('a')", ["0.5 'a'"]),
        ("1 year.toQuantity('month')", ["12 month"]),
        ("10 'Cel'.convertsToQuantity('[degF]')", [False]),
    ],
)
def test_quantities_are_read_and_converted(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("iif(active, 'yes', 'no')", ["yes"]),
        ("iif({}, 'yes', 'no')", ["no"]),
        ("iif(false, 'yes')", []),
        ("{}.iif(true, 'yes', 'no')", ["yes"]),
        ("birthDate.iif($this < @2000, $this, 'young')", ["1980-05-17"]),
        ("iif(true, 'not evaluated further', name.single())", ["not evaluated further"]),
    ],
)
def test_iif_evaluates_only_what_it_chooses(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize("expression", ["name.toString()", "(1 | 2).toInteger()", "(1 | 2).iif(true, 1)"])
def test_several_values_convert_to_nothing(expression: str, values: Values) -> None:
    with pytest.raises(Invalid, match="wants one value, not 2"):
        values(expression)
