"""Strings (FHIRPath N1, section 5.6, and what is of trial use)."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fhir.path.conftest import Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'abcdefg'.indexOf('bc')", [1]),
        ("'abcdefg'.indexOf('x')", [-1]),
        ("'abcdefg'.indexOf('')", [0]),
        ("'a🔥b'.indexOf('b')", [2]),
        ("{}.indexOf('a') | 'a'.indexOf({})", []),
        ("'abc abc'.lastIndexOf('a')", [4]),
        ("'abcdefg'.substring(3)", ["defg"]),
        ("'abcdefg'.substring(1, 2)", ["bc"]),
        ("'abcdefg'.substring(6, 2)", ["g"]),
        ("'abcdefg'.substring(7, 1)", []),
        ("'abcdefg'.substring(-1, 1)", []),
        ("'abcdefg'.substring(3, 0)", [""]),
        ("'abcdefg'.substring(3, {})", ["defg"]),
        ("'abcdefg'.startsWith('abc') and 'abcdefg'.endsWith('efg')", [True]),
        ("'abc'.startsWith('') and 'abc'.endsWith('') and 'abc'.contains('')", [True]),
        ("'abc'.contains('d')", [False]),
        ("'aBc'.upper() + 'aBc'.lower()", ["ABCabc"]),
        ("'abcdefg'.replace('cde', '123')", ["ab123fg"]),
        ("'abcdefg'.replace('cde', '')", ["abfg"]),
        ("'abc'.replace('', 'x')", ["xaxbxcx"]),
        ("'abc'.replace('a', {})", []),
        ("'abc'.length() + ''.length()", [3]),
        ("{}.length()", []),
        ("'abc'.toChars()", ["a", "b", "c"]),
        ("'  a b '.trim()", ["a b"]),
        ("'A,B,,C'.split(',')", ["A", "B", "", "C"]),
        ("('A' | 'B').join(',')", ["A,B"]),
        ("name.given.join()", ["KariMarieKaja"]),
        ("'abc' & {} & 'def'", ["abcdef"]),
        ("'abc' + {}", []),
    ],
)
def test_strings(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'N8000123123'.matches('^N[0-9]{8,10}$')", [True]),
        ("'xN8000123123'.matches('N[0-9]{8}')", [True]),
        ("'xN8000123123'.matchesFull('N[0-9]{8,10}')", [False]),
        ("'N8000123123'.matchesFull('N[0-9]{8,10}')", [True]),
        ("'a\\nb'.matches('a.b')", [True]),
        ("'ABC'.matches('b')", [False]),
        ("'ABC'.matches('b', 'i')", [True]),
        ("'a'.matches({}) | {}.matches('a')", []),
        ("'abc'.replaceMatches('[ac]', '-')", ["-b-"]),
        ("'17.05.1980'.replaceMatches('(\\\\d+)\\\\.(\\\\d+)\\\\.(\\\\d+)', '$3-$2-$1')", ["1980-05-17"]),
        ("'5/17'.replaceMatches('(?<month>\\\\d+)/(?<day>\\\\d+)', '${day}.${month}')", ["17.5"]),
        ("'abc'.replaceMatches('', 'x')", ["abc"]),
        ("'abc'.replaceMatches('b', '$$')", ["a$c"]),
    ],
)
def test_regular_expressions(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'test'.encode('hex')", ["74657374"]),
        ("'74657374'.decode('hex')", ["test"]),
        ("'test'.encode('base64')", ["dGVzdA=="]),
        ("'dGVzdA=='.decode('base64')", ["test"]),
        ("'subjects?_d'.encode('urlbase64').decode('urlbase64')", ["subjects?_d"]),
        ("'1 < 2 & \"3\"'.escape('html')", ["1 &lt; 2 &amp; &quot;3&quot;"]),
        ("'1 &lt; 2'.unescape('html')", ["1 < 2"]),
        ("'a \"b\"'.escape('json')", ['a \\"b\\"']),
        ("'a \\\\\"b\\\\\"'.unescape('json')", ['a "b"']),
        ("'\"\"a \\\\\\\\\"b\"'.unescape('json')", ['""a \\"b"']),
    ],
)
def test_encoding_and_escaping(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("name.given.startsWith('K')", r"'startsWith\(\)' at character 12 wants one value, not 3"),
        ("1.upper()", r"wants a string, not System.Integer\.$"),
        ("'a'.matches('(')", "no regular expression"),
        ("'a'.matches('(?=a)')", "look-around"),
        ("'a'.matches('a', 'z')", "the flags i and m"),
        ("'a'.replaceMatches('a', '$1')", "has no group '1'"),
        ("'a'.encode('rot13')", "knows hex, base64, urlbase64, not 'rot13'"),
        ("'zz'.decode('hex')", "the string is not hex"),
        ("'a'.unescape('json') & '\\\\'.unescape('json')", "the string is not json"),
    ],
)
def test_what_is_no_string_is_refused(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


def test_no_string_grows_without_bounds(values: Values) -> None:
    doubled = "'aaaaaaaaaa'" + ".select($this + $this)" * 18
    with pytest.raises(Invalid, match="more than 1000000 characters"):
        values(doubled)
    with pytest.raises(Invalid, match="more than 1000000 characters"):
        values("'a'" + ".replace('a', 'aaaaaaaaaa')" * 8)
    with pytest.raises(Invalid, match="more than 1000000 characters"):
        values("'a'" + ".replaceMatches('a', 'aaaaaaaaaa')" * 8)
