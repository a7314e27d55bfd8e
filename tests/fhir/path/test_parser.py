"""FHIRPath's grammar."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path, parse
from fellesjournal.fhir.path.syntax import Binary, Call, Literal, Member, TypeTest


def test_operators_bind_as_the_specification_orders_them() -> None:
    tightly = ["implies", "or", "and", "in", "=", "<", "|", "is", "+", "*"]
    for loose, tight in pairwise(tightly):
        right = "Quantity" if tight == "is" else "c"
        parsed = (
            parse(f"a {loose} b {tight} {right}") if loose != "is" else parse(f"b {tight} c {loose} Quantity")
        )
        operator = parsed.operator if isinstance(parsed, Binary | TypeTest) else ""
        assert operator == loose


def test_operators_of_one_strength_group_from_the_left() -> None:
    match parse("a - b - c"):
        case Binary(left=Binary(left=Member(name="a")), right=Member(name="c")):
            return
    raise AssertionError


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("'it\\'s \\u00e5'", "string", "it's å"),
        ("42", "integer", "42"),
        ("4.20", "decimal", "4.20"),
        ("true", "boolean", "true"),
        ("{}", "empty", ""),
        ("@2020-05", "date", "2020-05"),
        ("@2020-05-17T10:00:00+02:00", "datetime", "2020-05-17T10:00:00+02:00"),
        ("@2020T", "datetime", "2020"),
        ("@T10:30", "time", "10:30"),
        ("5 'mg'", "quantity", "5"),
        ("3 days", "quantity", "3"),
    ],
)
def test_literals(text: str, kind: str, value: str) -> None:
    found = parse(text)
    assert isinstance(found, Literal)
    assert (found.kind, found.text) == (kind, value)


def test_keywords_may_be_names() -> None:
    assert isinstance(parse("a.as(Quantity)"), Call)
    assert isinstance(parse("contains"), Member)
    assert isinstance(parse("`div`"), Member)
    assert parse("a // note\n /* more */ . b") == Member(Member(None, "a"), "b", 24)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "character 1"),
        ("a.", "character 3"),
        ("a b", "character 3"),
        ("a.where(", "character 9"),
        ("(a", "character 3"),
        ("a[", "character 3"),
        ("a ==  b", "character 4"),
        ("a is", "character 5"),
        ("'open", "character 1"),
        ("a # b", "character 3"),
        ("a.$this", "character 3"),
        ("{a}", "character 2"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(Invalid, match=where):
        parse(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name.frist()", "no function 'frist' here .at character 6."),
        ("name.where()", r"where\(\) takes 1 arguments, not 0"),
        ("a.ofType(1)", "a type is written"),
    ],
)
def test_what_is_not_known_is_named(text: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        Path(text)


@pytest.mark.parametrize(
    "deep", ["(" * 5000 + "a" + ")" * 5000, "a" + ".a" * 5000, "a" + "|a" * 5000, "-" * 5000 + "1"]
)
def test_depth_is_refused_not_crashed_on(deep: str) -> None:
    with pytest.raises(Invalid, match="too deeply"):
        parse(deep)


@given(st.text(alphabet="ab.()[]'`|=<>+-*/&~! 0123@%${}:T,", max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with suppress(Invalid):
        parse(text)


@pytest.mark.parametrize(
    "nested",
    [
        "name" + ".where(given.exists()" * 150 + ")" * 150,
        "name" + ".select($this" * 190 + ")" * 190,
        "(" * 190 + "1" + " + 1)" * 190,
        "iif(true, " * 150 + "1" + ")" * 150,
        "true" + ".not()" * 190,
    ],
)
def test_what_is_as_deep_as_allowed_is_answered_or_refused(nested: str, definitions: Definitions) -> None:
    with suppress(Invalid):
        Path(nested).evaluate({"resourceType": "Patient", "name": [{"given": ["Kari"]}]}, definitions)


def test_an_expression_is_not_longer_than_anyone_reads() -> None:
    with pytest.raises(Invalid, match="at most 20000 characters, not 20004"):
        parse("'" + "a" * 20_002 + "'")
