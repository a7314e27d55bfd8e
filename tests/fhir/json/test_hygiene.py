"""Whatever bytes come, the answer is a document or a Fault that says why not."""

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from fellesjournal.errors import Fault
from fellesjournal.fhir.json import Limits, decode_exact, encode, parse

LIMITS = Limits(size=100_000, depth=20)

SAMPLE = (
    r"""{"resourceType":"Patient","id":"a","text":{"status":"generated","div":"<div\n xmlns="""
    r"""\"http://www.w3.org/1999/xhtml\">Bj\u00f8rn \ud83d\ude00</div>"},"name":[{"family":"Ås","given":["""
    r""""Per",null]}],"x":[1,-2.50,1e3,true,false,null,{}],"y":"\"\\\/\n\t:"}"""
).encode()

TOKENS = ["{", "}", "[", "]", ",", ":", '"a"', '"b"', '"\\u0061"', '"\\":"', "1", "2.0", "null"]

text = st.text(
    st.characters(codec="utf-8", exclude_characters=[chr(c) for c in range(32) if c not in (9, 10, 13)])
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text
)
trees = st.dictionaries(
    text,
    st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4)
    ),
    max_size=6,
)


def answer(raw: bytes) -> Any:
    """The document, None for a refusal that says why."""
    try:
        return parse(raw, LIMITS)
    except Fault as fault:
        return None if all(issue.diagnostics and issue.code for issue in fault.issues) else fault


def test_the_sample_is_sound() -> None:
    assert parse(SAMPLE, LIMITS).text == SAMPLE


@given(st.binary(max_size=300))
@example(b"\x00")
@example(b"-")
@example(b'{"a":"\\u')
@example(b'"\xff')
def test_any_bytes(raw: bytes) -> None:
    answer(raw)


@given(st.integers(0, len(SAMPLE)), st.integers(0, 8), st.binary(max_size=6))
def test_a_resource_with_a_part_replaced(start: int, length: int, put: bytes) -> None:
    answer(SAMPLE[:start] + put + SAMPLE[start + length :])


@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 7))
def test_a_resource_with_one_bit_flipped(at: int, bit: int) -> None:
    answer(SAMPLE[:at] + bytes([SAMPLE[at] ^ (1 << bit)]) + SAMPLE[at + 1 :])


@given(st.lists(st.sampled_from(TOKENS), max_size=20))
def test_any_tokens_are_let_in_only_when_no_name_comes_twice(tokens: list[str]) -> None:
    written = " ".join(tokens)
    assert (answer(written.encode()) is not None) == _is_clean_object(written)


def _is_clean_object(written: str) -> bool:
    twice = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.append(len({name for name, _ in members}) < len(members))
        return dict(members)

    try:
        tree = json.loads(written, object_pairs_hook=pairs)
    except ValueError:
        return False
    return isinstance(tree, dict) and not any(twice)


@given(trees, st.booleans(), st.sampled_from([None, 2]))
def test_what_a_writer_writes_is_let_in_and_kept(
    tree: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    written = json.dumps(tree, ensure_ascii=ascii_only, indent=indent).encode()
    document = parse(written)
    assert document.tree == tree
    assert document.text == json.dumps(tree, ensure_ascii=ascii_only, separators=(",", ":")).encode()
    assert decode_exact(encode(decode_exact(document.text))) == decode_exact(document.text)
