"""Strings of every sort of character (FHIRPath N1, sections 2.1 and 5.6): escapes, patterns, Unicode."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        # Escapes.
        (r"'a\'b'", ["a'b"]),
        (r"'a\"b'", ['a"b']),
        (r"'a\`b'", ["a`b"]),
        (r"'a\\b'", ["a\\b"]),
        (r"'a\/b'", ["a/b"]),
        (r"'a\r\n\t\fb'", ["a\r\n\t\fb"]),
        (r"'\u00e6\u00f8\u00e5'", ["æøå"]),
        (r"'\u00E6' = 'æ'", [True]),
        (r"'a\\nb'.length()", [4]),
        ("'æøå' & '漢字'", ["æøå漢字"]),
        # Case and length go by characters, not bytes.
        ("'ÆØÅ'.lower()", ["æøå"]),
        ("'æøå'.upper()", ["ÆØÅ"]),
        ("'æøå'.length()", [3]),
        ("'漢字'.toChars()", ["漢", "字"]),
        ("'blåbær'.indexOf('bær')", [3]),
        ("'blåbær'.substring(2, 1)", ["å"]),
        ("'æøå'.startsWith('æ') and 'æøå'.endsWith('å') and 'æøå'.contains('ø')", [True]),
        ("'ÆØÅ' ~ 'æøå'", [True]),
        ("'ÆØÅ' = 'æøå'", [False]),
        # Signs of patterns mean themselves outside patterns.
        ("'a.b.c'.replace('.', '-')", ["a-b-c"]),
        ("'1+1'.replace('+', '$1')", ["1$11"]),
        ("'a|b'.split('|')", ["a", "b"]),
        ("'a.b'.indexOf('.')", [1]),
        ("'(a)'.contains('(')", [True]),
        (r"'a\\b'.replace('\\', '/')", ["a/b"]),
        ("''.replace('', 'x')", ["x"]),
        ("'aaa'.replace('aa', 'b')", ["ba"]),
        # And in patterns what they mean there.
        ("'a.b'.matches('^a.b$') and 'axb'.matches('^a.b$')", [True]),
        (r"'axb'.matches('^a\\.b$')", [False]),
        (r"'2026-11-25'.matches('^\\d{4}-\\d{2}-\\d{2}$')", [True]),
        (r"'blåbær'.matches('^[a-zæøå]+$')", [True]),
        ("'x' & 'y' = 'xy'", [True]),
        (r"'a1b22'.replaceMatches('[0-9]+', '#')", ["a#b#"]),
        (r"'a1'.replaceMatches('([a-z])([0-9])', '$2$1')", ["1a"]),
        (
            r"'11/30/1972'.replaceMatches('(?<m>\\d+)/(?<d>\\d+)/(?<y>\\d+)', '${y}-${m}-${d}')",
            ["1972-11-30"],
        ),
        ("'abc'.replaceMatches('', 'x')", ["abc"]),
        ("'abc'.replaceMatches('b', '')", ["ac"]),
        ("'a\\nb'.matches('a.b')", [True]),
        ("'a\\nb'.matches('^b')", [False]),
        ("''.matches('^$')", [True]),
        # Edges.
        ("'abc'.substring(0)", ["abc"]),
        ("'abc'.substring(0, 99)", ["abc"]),
        ("'abc'.substring(3)", []),
        ("'abc'.substring(-1)", []),
        ("''.substring(0)", []),
        ("'abc'.substring(1, -1)", [""]),
        ("''.length() = 0 and ''.toChars().empty()", [True]),
        ("''.upper() = '' and ''.trim() = ''", [True]),
        ("''.indexOf('')", [0]),
        ("''.contains('a')", [False]),
        ("'a' < 'b' and 'a' < 'aa' and 'B' < 'a'", [True]),
        ("'abc' > 'ABC'", [True]),
        ("'10' < '9'", [True]),
        (r"' \t x \n '.trim()", ["x"]),
        (r"'a  b' ~ 'a b'", [False]),
        (r"'a\tb' ~ 'a b'", [True]),
        # Names in backquotes, and words that are also operators.
        ("Patient.`name`.`given`.first()", ["Kari"]),
        ("Patient.`is`", []),
        ("name.where(`use` = 'official').family", ["Nordmann"]),
        # Comments.
        ("1 /* two */ + /* 3 */ 4 // five", [5]),
        ("'/* no */ // comment'", ["/* no */ // comment"]),
    ],
)
def test_characters(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    "expression", ["'abc", "`abc", "'a'.matches('(')", "'a'.matches('[')", "1 /* never", "'a' 'b'"]
)
def test_what_is_not_well_formed_is_refused(expression: str, values: Values) -> None:
    with pytest.raises(Invalid):
        values(expression)


texts = st.text(st.characters(codec="utf-8"), max_size=20)


def quoted(text: str) -> str:
    """The text as a literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def one(definitions: Definitions, text: str) -> Any:
    [item] = Path(text).evaluate(PATIENT, definitions)
    return item.value


@given(texts)
def test_a_literal_is_what_is_written(definitions: Definitions, text: str) -> None:
    assert one(definitions, quoted(text)) == text
    assert one(definitions, f"{quoted(text)}.length()") == len(text)
    assert one(definitions, f"{quoted(text)}.toChars().join('')" if text else "''") == text


@given(texts, texts)
def test_parts_of_a_text_are_found_in_it(definitions: Definitions, a: str, b: str) -> None:
    whole = f"({quoted(a)} + {quoted(b)})"
    assert one(definitions, f"{whole}.startsWith({quoted(a)}) and {whole}.endsWith({quoted(b)})") is True
    assert one(definitions, f"{whole}.contains({quoted(b)})") is True
    assert one(definitions, f"{whole}.indexOf({quoted(b)})") == (a + b).index(b)
    assert one(definitions, f"{whole} = {quoted(a)} & {quoted(b)}") is True
    assert one(definitions, f"{whole}.length() = {quoted(a)}.length() + {quoted(b)}.length()") is True


@given(texts, texts, texts)
def test_replacing_is_what_it_is_elsewhere(definitions: Definitions, text: str, old: str, new: str) -> None:
    found = one(definitions, f"{quoted(text)}.replace({quoted(old)}, {quoted(new)})")
    assert found == text.replace(old, new)


@given(texts, st.integers(-3, 25), st.integers(0, 25))
def test_a_substring_is_a_slice(definitions: Definitions, text: str, start: int, length: int) -> None:
    found = Path(f"{quoted(text)}.substring({start}, {length})").evaluate(PATIENT, definitions)
    inside = 0 <= start < len(text)
    assert [item.value for item in found] == ([text[start : start + length]] if inside else [])
