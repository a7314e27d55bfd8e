"""What JSON is let in, and what is said of the rest."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid, Issue, TooLarge
from fellesjournal.fhir.json import Limits, parse, written_here


def refusal(raw: bytes, limits: Limits | None = None) -> str:
    return "; ".join(issue.diagnostics for issue in refusals(raw, limits))


def refusals(raw: bytes, limits: Limits | None = None) -> tuple[Issue, ...]:
    with pytest.raises(Invalid) as caught:
        parse(raw, limits or Limits())
    return caught.value.issues


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b' {\n "a" : [ 1 , 2.50 ] ,\t"b":"x y"\r\n} \n', b'{"a":[1,2.50],"b":"x y"}'),
        (b'{"a":1.0E+2,"b":-0,"c":-0.0,"d":1e-999}', b'{"a":1.0E+2,"b":-0,"c":-0.0,"d":1e-999}'),
        (rb'{"a":"\u00e5\/\"\\ \n \ud83d\ude00"}', rb'{"a":"\u00e5\/\"\\ \n \ud83d\ude00"}'),
        (b"{}", b"{}"),
        ('{"blåbær":"smør"}'.encode(), '{"blåbær":"smør"}'.encode()),
    ],
)
def test_every_token_is_kept_byte_for_byte(raw: bytes, text: bytes) -> None:
    assert parse(raw).text == text


def test_the_tree_is_what_the_text_says() -> None:
    tree: dict[str, Any] = {"a": [1, 2.5, None, True], "b": {"c": "å"}}
    assert parse(b'{"a":[1,2.50,null,true],"b":{"c":"\\u00e5"}}').tree == tree


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"a":1,}', "line 1, column 8: trailing comma"),
        (b'{\n  "a": 1\n  "b": 2\n}', "line 3, column 3"),
        (b'{"a":1}x', "line 1, column 8: trailing characters"),
        (b'{"a":1} {"b":2}', "trailing characters"),
        (b"{'a':1}", "double quotes"),
        (b'{"a":1 // why\n}', "JSON has no comments"),
        (b'{"a":01}', "line 1, column"),
        (b'{"a":1.}', "line 1, column"),
        (b'{"a":.5}', "line 1, column 6"),
        (b'{"a":tru}', "line 1, column"),
        (rb'{"a":"\x"}', "escape"),
        (b'{"a"', "ends too early, at line 1, column 5"),
        (b'{"a": "unfinished', "ends too early"),
        (b"", "empty"),
        (b" \n ", "empty"),
    ],
)
def test_malformed_json_is_told_with_its_place(raw: bytes, words: str) -> None:
    assert words in refusal(raw)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity"])
def test_there_is_no_nan(number: bytes) -> None:
    assert "no NaN or Infinity" in refusal(b'{"value":' + number + b"}")


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"1" * 5000, b"1e99999999999999999999"])
def test_numbers_no_computer_can_hold(number: bytes) -> None:
    said = refusal(b'{"a": 1,\n "b": ' + number + b"}")
    assert "out of range" in said
    assert "line 2, column 7" in said


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"[]", "an array"),
        (b'"x"', "a string"),
        (b"1", "a number"),
        (b"true", "true or false"),
        (b"null", "null"),
    ],
)
def test_something_else_than_an_object(raw: bytes, kind: str) -> None:
    assert f"this is {kind}" in refusal(raw)


def test_other_encodings_are_recognised() -> None:
    assert "byte order mark (EF BB BF)" in refusal(b"\xef\xbb\xbf{}")
    assert "UTF-16" in refusal('{"a":1}'.encode("utf-16"))
    assert "UTF-16" in refusal('{"a":1}'.encode("utf-16-be"))
    assert "UTF-16" in refusal('{"a":1}'.encode("utf-16-le"))


def test_latin_1_is_told_with_its_place() -> None:
    said = refusal('{"a":1,\n"b":"smør"}'.encode("latin-1"))
    assert "not UTF-8: byte 0xf8 at line 2, column 8" in said


def test_columns_are_counted_in_characters() -> None:
    assert "line 1, column 13" in refusal('{"a":"æøå"  x}'.encode())


@pytest.mark.parametrize("escape", [rb"\ud800", rb"\udc00", rb"\ud83d\ud83d", rb"x\ud83dx"])
def test_half_of_a_surrogate_pair(escape: bytes) -> None:
    assert "half of a surrogate pair" in refusal(b'{"a":"' + escape + b'"}')


def test_surrogates_as_bytes_are_not_utf_8() -> None:
    assert "not UTF-8" in refusal(b'{"a":"\xed\xa0\x80"}')


@pytest.mark.parametrize("written", [rb"\u0000", rb"a\u001Fb", rb"\b", rb"\f", rb"\u000B"])
def test_control_characters_are_refused_with_their_element(written: bytes) -> None:
    raw = b'{"resourceType":"Patient","name":[{"family":"x"},{"given":["y","' + written + b'"]}]}'
    (issue,) = refusals(raw)
    assert issue.code == "value"
    assert issue.expression == "Patient.name[1].given[1]"
    assert "control character U+00" in issue.diagnostics


def test_raw_control_characters_are_malformed() -> None:
    assert "control character 0x00" in refusal(b'{"a":"\x00"}')
    assert "control character 0x0a" in refusal(b'{"a":"x\ny"}')


@pytest.mark.parametrize("written", [rb"\t\r\n", rb"C:\\bin\\format", rb"\\u0000", b"\x7f", rb"\u0020"])
def test_what_only_looks_like_a_control_character(written: bytes) -> None:
    raw = b'{"a":"' + written + b'"}'
    assert parse(raw).text == raw


@pytest.mark.parametrize(
    ("raw", "expression"),
    [
        (b'{"a":1,"a":1}', "a"),
        (b'{"a":1,"b":2,"a":{"c":1}}', "a"),
        (
            b'{"resourceType":"Patient","name":[{"family":"a"},{"family":"b","family":"b"}]}',
            "Patient.name[1].family",
        ),
        (b'{"a":{"b":[[{"c":1,"c":2}]]}}', "a.b[0][0].c"),
        (b'{"a":1,"\\u0061":2}', "a"),
        (b'{"":1,"":2}', ""),
        (b'{"a":{"x":1,"y":2},"a":"\\u0022\\u003a \\u0022: \\":"}', "a"),
    ],
)
def test_a_member_written_twice_is_found_at_any_depth(raw: bytes, expression: str) -> None:
    (issue,) = refusals(raw)
    assert issue.code == "structure"
    assert issue.expression == expression
    assert "stands twice" in issue.diagnostics


def test_every_member_written_twice_is_named() -> None:
    issues = refusals(b'{"a":1,"a":2,"b":{"c":1,"c":2}}')
    assert [issue.expression for issue in issues] == ["a", "b.c"]
    assert "line 1, column 8" in issues[0].diagnostics


@pytest.mark.parametrize(
    "raw",
    [
        rb'{"a":"\u0022: \u003A \":","b":{"a":1}}',
        rb'{"\"\u003a":1,"b":"\":\":"}',
        b'{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}',
    ],
)
def test_what_only_looks_like_a_member_written_twice(raw: bytes) -> None:
    assert parse(raw).text == raw


def test_depth_is_limited() -> None:
    assert parse(nested(128)).tree
    assert "more than 128 levels" in refusal(nested(129))
    assert "more than 3 levels" in refusal(b'{"a":[[[1]]]}', Limits(depth=3))
    assert parse(b'{"a":[[1],[2],[3]],"b":[[4],[5]]}', Limits(depth=3)).tree


def test_an_abyss_is_refused_like_any_other_depth() -> None:
    assert "levels deep" in refusal(b"[" * 1_000_000)
    assert "levels deep" in refusal(nested(100_000))


def test_brackets_in_strings_are_no_depth() -> None:
    assert parse(b'{"a":"' + b"[{" * 500 + b'"}').tree


def test_size_is_limited() -> None:
    with pytest.raises(TooLarge, match="at most 10"):
        parse(b'{"a":12345678}', Limits(size=10))


def test_what_this_program_wrote_is_read_as_if_it_had_been_parsed() -> None:
    body = '{"resourceType":"Basic","code":{"text":"é æ \\"x\\""},"n":[1,2.50,{"a":null}]}'.encode()
    assert written_here(body) == parse(body)
