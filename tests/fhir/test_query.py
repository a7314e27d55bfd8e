from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir import query


def test_parameters_keep_their_order_and_repeat() -> None:
    found = query.parse(b"code=8480-6&_sort=-date&code=a%7Cb")
    assert found == [("code", "8480-6"), ("_sort", "-date"), ("code", "a|b")]


def test_plus_is_a_space_and_escapes_are_utf8() -> None:
    assert query.parse(b"name=Kari+%C3%85se&x=%2B") == [("name", "Kari Åse"), ("x", "+")]


def test_raw_utf8_is_understood() -> None:
    assert query.parse("name=Åse".encode()) == [("name", "Åse")]


def test_empty_pairs_are_dropped() -> None:
    assert query.parse(b"&&a=1&") == [("a", "1")]


def test_a_name_without_value_stays_for_the_search_to_judge() -> None:
    assert query.parse(b"name") == [("name", "")]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"name=%C3%28", "UTF-8"),
        (b"name=\xff", "UTF-8"),
        (b"name=%zz", "'%zz'"),
        (b"name=%4", "'%4'"),
        (b"name=100%", "'%'"),
        (b"name=a%00b", "NUL"),
        (b"=value", "without a parameter name"),
        (b"a=1&" * 1_001, "at most 1000"),
        (b"name=%ED%A0%80", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes, word: str) -> None:
    with pytest.raises(Invalid, match=word):
        query.parse(raw)


def test_links_read_back_as_they_were_written() -> None:
    parameters = [
        ("code", "http://loinc.org|8480-6,8462-4"),
        ("name:exact", "Åse & co=1+1"),
        ("date", "ge2020"),
    ]
    written = query.written(parameters)
    assert query.parse(written.encode()) == parameters
    assert "http://loinc.org|8480-6,8462-4" in written


@given(st.lists(st.sampled_from(["a", "%", "2", "F", "f", "5", "/", "Å", "%25", "%2F", "\n"])).map("".join))
def test_escapes_are_read_as_the_standard_library_reads_them(text: str) -> None:
    escaped = quote(text, safe="")
    for written in (escaped, escaped.replace("2F", "2f"), quote(escaped)):
        assert query.decoded(written.encode()).encode() == unquote_to_bytes(written)


@given(st.lists(st.text(st.sampled_from("a&=+%;Å 7"), max_size=6), max_size=8))
def test_escaped_separators_separate_nothing(values: list[str]) -> None:
    asked = [("x&y=z" if "%" in value else "name", value) for value in values]
    raw = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in asked)
    assert query.parse(raw.encode()) == asked
