"""Taking names and values apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.query import Name, escape, plain, read_name, read_prefix, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a,b", ["a", "b"]),
        (r"a\,b", [r"a\,b"]),
        (r"a\\,b", [r"a\\", "b"]),
        (r"a\\\,b", [r"a\\\,b"]),
        (",", ["", ""]),
        ("", [""]),
        ("a\\", ["a\\"]),
    ],
)
def test_only_a_separator_without_backslash_separates(text: str, parts: list[str]) -> None:
    assert split(text, ",") == parts


@given(st.lists(st.text(), min_size=1))
def test_what_is_escaped_and_joined_comes_apart_again(parts: list[str]) -> None:
    joined = ",".join(map(escape, parts))
    assert [plain(part) for part in split(joined, ",")] == parts


def test_names() -> None:
    assert read_name("code") == Name("code")
    assert read_name("subject:Patient.name:exact") == Name("subject", "Patient", "name:exact")
    assert read_name("a.b:X.c") == Name("a", "", "b:X.c")


def test_prefixes() -> None:
    assert read_prefix("ge2020") == ("ge", "2020")
    assert read_prefix("2020") == ("eq", "2020")
