"""The specification's own examples of its functions (FHIRPath N1 and its continuous build, "Functions"), and
what its text says of each at the edges: nothing, several items, another type.
"""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fhir.path.conftest import Values

STRINGS = [
    ("'abcdefg'.indexOf('bc')", [1]),
    ("'abcdefg'.indexOf('x')", [-1]),
    ("'abcdefg'.indexOf('abcdefg')", [0]),
    ("'abcdefg'.indexOf('')", [0]),
    ("'abcdefg'.indexOf({})", []),
    ("'abcdefg'.lastIndexOf('bc')", [1]),
    ("'abcdefg'.lastIndexOf('x')", [-1]),
    ("'abc abc'.lastIndexOf('a')", [4]),
    ("'abcdefg'.substring(3)", ["defg"]),
    ("'abcdefg'.substring(1, 2)", ["bc"]),
    ("'abcdefg'.substring(6, 2)", ["g"]),
    ("'abcdefg'.substring(7, 1)", []),
    ("'abcdefg'.substring(-1, 1)", []),
    ("'abcdefg'.substring(3, 0)", [""]),
    ("'abcdefg'.substring(3, -1)", [""]),
    ("'abcdefg'.substring(-1, -1)", []),
    ("'abcdefg'.substring(3, {})", ["defg"]),
    ("'abcdefg'.startsWith('abc')", [True]),
    ("'abcdefg'.startsWith('xyz')", [False]),
    ("'abcdefg'.startsWith('')", [True]),
    ("'abcdefg'.endsWith('efg')", [True]),
    ("'abcdefg'.endsWith('abc')", [False]),
    ("'abcdefg'.endsWith('')", [True]),
    ("'abc'.contains('bc')", [True]),
    ("'abc'.contains('d')", [False]),
    ("'abc'.contains('')", [True]),
    ("'AbCdefg'.upper()", ["ABCDEFG"]),
    ("'aBcDEFG'.lower()", ["abcdefg"]),
    ("'ÆØÅ'.lower() & 'æøå'.upper()", ["æøåÆØÅ"]),
    ("'abcdefg'.replace('cde', '123')", ["ab123fg"]),
    ("'abcdefg'.replace('cde', '')", ["abfg"]),
    ("'abc'.replace('', 'x')", ["xaxbxcx"]),
    ("'abc'.replace({}, 'x')", []),
    ("'http://fhir.org/guides/cqf/common/Library/FHIR-ModelInfo|4.0.1'.matches('Library')", [True]),
    ("'N8000123123'.matches('^N[0-9]{8}$')", [False]),
    ("'N8000123123'.matches('N[0-9]{8}')", [True]),
    ("'N8000123123'.matchesFull('N[0-9]{8}')", [False]),
    ("'N8000123123'.matchesFull('N[0-9]{10}')", [True]),
    (
        "'11/30/1972'.replaceMatches('\\\\b(?<month>\\\\d{1,2})/(?<day>\\\\d{1,2})/(?<year>\\\\d{2,4})\\\\b'"
        ", '${day}-${month}-${year}')",
        ["30-11-1972"],
    ),
    ("'abc'.toChars()", ["a", "b", "c"]),
    ("'abc'.length()", [3]),
    ("''.length()", [0]),
    ("('A,B,C').split(',')", ["A", "B", "C"]),
    ("('ABC').split(',')", ["ABC"]),
    ("'A,,C'.split(',')", ["A", "", "C"]),
    ("('A' | 'B' | 'C').join()", ["ABC"]),
    ("('A' | 'B' | 'C').join(',')", ["A,B,C"]),
    ("'\\t a b\\n'.trim()", ["a b"]),
    ("'\"1<2\"'.escape('html')", ["&quot;1&lt;2&quot;"]),
    ("'\"1<2\"'.escape('json')", ['\\"1<2\\"']),
    ("'&quot;1&lt;2&quot;'.unescape('html')", ['"1<2"']),
    ("'test'.encode('base64').decode('base64')", ["test"]),
    ("'test'.encode('hex')", ["74657374"]),
]

NUMBERS = [
    ("(-5).abs()", [5]),
    ("(-5.5).abs()", ["5.5"]),
    ("(-5.5 'mg').abs()", ["5.5 'mg'"]),
    ("1.ceiling()", [1]),
    ("1.1.ceiling()", [2]),
    ("(-1.1).ceiling()", [-1]),
    ("1.floor()", [1]),
    ("2.1.floor()", [2]),
    ("(-2.1).floor()", [-3]),
    ("0.exp() = 1.0", [True]),
    ("(-0.0).exp() = 1.0", [True]),
    ("1.ln() = 0.0", [True]),
    ("1.0.ln() = 0.0", [True]),
    ("16.log(2) = 4.0", [True]),
    ("100.0.log(10.0) = 2.0", [True]),
    ("2.power(3)", [8]),
    ("2.5.power(2) = 6.25", [True]),
    ("(-1).power(0.5)", []),
    ("1.round() = 1", [True]),
    ("3.14159.round(3)", ["3.142"]),
    ("0.5.round() = 1", [True]),
    ("81.sqrt() = 9.0", [True]),
    ("(-1).sqrt()", []),
    ("101.truncate()", [101]),
    ("1.00000001.truncate()", [1]),
    ("(-1.56).truncate()", [-1]),
]

COLLECTIONS = [
    ("(1 | 2 | 3).exclude(2)", [1, 3]),
    ("(1 | 2).combine(2).exclude(1)", [2, 2]),
    ("1.combine(1).combine(2 | 3).union(2 | 3)", [1, 2, 3]),
    ("1.combine(1).combine(2 | 3).union({})", [1, 2, 3]),
    ("1.combine(1).combine({})", [1, 1]),
    ("(1 | 2 | 2).intersect(2.combine(2))", [2]),
    ("{}.all($this = 1)", [True]),
    ("{}.allTrue() and {}.allFalse()", [True]),
    ("{}.anyTrue() or {}.anyFalse()", [False]),
    ("true.combine(false).allTrue()", [False]),
    ("true.combine(false).allFalse()", [False]),
    ("true.combine(false).anyTrue() and true.combine(false).anyFalse()", [True]),
    ("{}.subsetOf(1)", [True]),
    ("1.subsetOf({})", [False]),
    ("1.supersetOf({})", [True]),
    ("{}.supersetOf(1)", [False]),
    ("1.combine(1).isDistinct()", [False]),
    ("{}.isDistinct()", [True]),
    ("{}.count()", [0]),
    ("name.select(use.union(given)) = name.select(use | given)", [True]),
    ("name.where(use = 'official').select(given.first() + ' ' + family)", ["Kari Nordmann"]),
    ("(1 | 2 | 3).skip(0).count()", [3]),
    ("(1 | 2 | 3).skip(-1).count()", [3]),
    ("(1 | 2 | 3).skip(3)", []),
    ("(1 | 2 | 3).take(0)", []),
    ("(1 | 2 | 3).take(5).count()", [3]),
    ("1.tail()", []),
    ("name[2]", []),
    ("{}.single()", []),
    ("iif({}, 'yes', 'no')", ["no"]),
    ("iif(false, 'yes')", []),
    ("iif(true, 'yes', (1 | 2).single())", ["yes"]),
    ("name.given.trace('names', $this.length())", ["Kari", "Marie", "Kaja"]),
    ("Patient.children().ofType(HumanName).count()", [2]),
    ("Patient.descendants().count() = Patient.repeat(children()).count()", [True]),
]

CONVERSIONS = [
    *((f"'{text}'.toBoolean()", [True]) for text in ("true", "T", "yes", "Y", "1", "1.0")),
    *((f"'{text}'.toBoolean()", [False]) for text in ("false", "F", "no", "N", "0", "0.0")),
    ("1.toBoolean() and 1.0.toBoolean()", [True]),
    ("2.toBoolean() | 'maybe'.toBoolean() | 1.5.toBoolean()", []),
    ("2.convertsToBoolean() or @2014.convertsToBoolean()", [False]),
    ("'0'.convertsToBoolean()", [True]),
    ("{}.convertsToBoolean()", []),
    ("'-5'.toInteger()", [-5]),
    ("'+5'.toInteger()", [5]),
    ("true.toInteger() + false.toInteger()", [1]),
    ("'1.0'.toInteger() | 'a'.toInteger() | 1.0.toInteger()", []),
    ("'1.0'.convertsToInteger() or 1.0.convertsToInteger()", [False]),
    ("'12'.convertsToInteger() and true.convertsToInteger()", [True]),
    ("'2012-01'.toDate().toString()", ["2012-01"]),
    ("@2012-01-02T10:00.toDate().toString()", ["2012-01-02"]),
    ("'02.01.2012'.toDate() | 2012.toDate()", []),
    ("'2012-01-02'.convertsToDate() and @2012-01-02T10:00.convertsToDate()", [True]),
    ("'x'.convertsToDate() or 2012.convertsToDate()", [False]),
    ("'2012-01-01T10:00'.toDateTime().toString()", ["2012-01-01T10:00"]),
    ("@2012-01-02.toDateTime() is DateTime", [True]),
    ("@2012.convertsToDateTime() and '2012-01-01T10:00:00.000+01:00'.convertsToDateTime()", [True]),
    ("'ten'.convertsToDateTime() or @T10:00.convertsToDateTime()", [False]),
    ("'+1.5'.toDecimal()", ["1.5"]),
    ("true.toDecimal() = 1.0 and false.toDecimal() = 0.0", [True]),
    ("'1.'.toDecimal() | '.5'.toDecimal() | @2012.toDecimal()", []),
    ("1.convertsToDecimal() and '1.5'.convertsToDecimal() and true.convertsToDecimal()", [True]),
    ("'1,5'.convertsToDecimal()", [False]),
    ("1.toQuantity() = 1 '1' and true.toQuantity() = 1.0 '1'", [True]),
    ("'4 days'.toQuantity() = 4 days", [True]),
    ("'10 \\'mm[Hg]\\''.toQuantity() = 10 'mm[Hg]'", [True]),
    ("(1 'kg').toQuantity('g') = 1000 'g'", [True]),
    ("(1 'kg').toQuantity('m')", []),
    ("'4 dager'.convertsToQuantity() or @2012.convertsToQuantity()", [False]),
    ("'4 days'.convertsToQuantity() and (1 'kg').convertsToQuantity('g')", [True]),
    ("(1 'kg').convertsToQuantity('m')", [False]),
    ("1.toString() & true.toString() & 1.50.toString() & @2014-01.toString()", ["1true1.502014-01"]),
    ("(4 'mg').toString()", ["4 'mg'"]),
    ("1.convertsToString() and @T10:00.convertsToString() and (4 'mg').convertsToString()", [True]),
    ("name.first().convertsToString()", [False]),
    ("'10:00'.toTime().toString()", ["10:00"]),
    ("'ten'.toTime() | 10.toTime()", []),
    ("@T10:00.convertsToTime() and '10:00:00.000'.convertsToTime()", [True]),
    ("'25:00'.convertsToTime() or 10.convertsToTime()", [False]),
    ("5 + 10.0", ["15.0"]),
]

BOUNDARIES = [
    ("1.587.lowBoundary(8)", ["1.58650000"]),
    ("1.587.highBoundary(8)", ["1.58750000"]),
    ("@2014.lowBoundary(6).toString()", ["2014-01"]),
    ("@2014.highBoundary(6).toString()", ["2014-12"]),
    ("@2014-01-01T08.lowBoundary(17).toString()", ["2014-01-01T08:00:00.000"]),
    ("@2014-01-01T08.highBoundary(17).toString()", ["2014-01-01T08:59:59.999"]),
    ("@T10:30.lowBoundary(9).toString()", ["10:30:00.000"]),
    ("@T10:30.highBoundary(9).toString()", ["10:30:59.999"]),
    ("1.58700.precision()", [5]),
    ("@2014.precision()", [4]),
    ("@2014-01-05T10:30:00.000.precision()", [17]),
    ("@T10:30.precision()", [4]),
    ("@T10:30:00.000.precision()", [9]),
    ("@2014-01-05T10:30:00.000.yearOf()", [2014]),
    ("@2014-01-05T10:30:00.000.monthOf()", [1]),
    ("@2012.monthOf()", []),
    ("@2014-01-05T10:30:00.000.dayOf()", [5]),
    ("@2012-01-01T16:30:40.002-07:00.hourOf()", [16]),
    ("@2012-01-01T12:30:40.002-07:00.minuteOf()", [30]),
    ("@2012-01-01T12:30:40.002-07:00.secondOf()", [40]),
    ("@2012-01-01T12:30:00.002-07:00.millisecondOf()", [2]),
]


@pytest.mark.parametrize(
    ("expression", "found"), [*STRINGS, *NUMBERS, *COLLECTIONS, *CONVERSIONS, *BOUNDARIES]
)
def test_a_worked_example_gives_what_the_specification_says(
    expression: str, found: list[Any], written: Values
) -> None:
    assert written(expression) == found


ONE_ITEM = (
    *("toBoolean()", "convertsToBoolean()", "toInteger()", "convertsToInteger()", "toDate()"),
    *("convertsToDate()", "toDateTime()", "convertsToDateTime()", "toDecimal()", "convertsToDecimal()"),
    *("toQuantity()", "convertsToQuantity()", "toString()", "convertsToString()", "toTime()"),
    *("convertsToTime()", "indexOf('a')", "substring(0)", "startsWith('a')", "endsWith('a')"),
    *("contains('a')", "upper()", "lower()", "replace('a', 'b')", "matches('a')", "matchesFull('a')"),
    *("replaceMatches('a', 'b')", "length()", "toChars()", "abs()", "ceiling()", "exp()", "floor()"),
    *("ln()", "log(2)", "power(2)", "round()", "sqrt()", "truncate()", "trim()", "split(',')"),
    *("encode('hex')", "decode('hex')", "escape('html')", "unescape('html')", "single()"),
    *("lowBoundary()", "highBoundary()", "precision()", "yearOf()"),
)


@pytest.mark.parametrize("call", ONE_ITEM)
def test_a_function_of_one_item_finds_nothing_in_nothing_and_refuses_several(
    call: str, values: Values
) -> None:
    assert values(f"{{}}.{call}") == []
    with pytest.raises(Invalid):
        values(f"('a' | 'b').{call}")
