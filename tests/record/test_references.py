"""References rewritten in the bytes of an entry: whatever stands in a string, the text round it stays."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.transaction.references import Rewriter

URN = "urn:uuid:6f0c5a52-6f5e-4b7a-9a3e-0d5c8b1f2a11"


def rewriter(definitions: Definitions) -> Rewriter:
    return Rewriter(definitions, {URN: "Patient/1"}, lambda target: 3)


def observation(reference: str, text: str = "") -> bytes:
    made = {
        "resourceType": "Observation",
        "subject": {"reference": reference},
        "note": [{"text": text}],
        "focus": [{"reference": reference, "display": text}],
    }
    return msgspec.json.encode(made)


@given(text=st.text())
def test_only_the_references_change(definitions: Definitions, text: str) -> None:
    assert rewriter(definitions).rewrite(observation(URN, text), URN) == observation("Patient/1", text)


@given(text=st.text())
def test_a_text_that_looks_like_a_reference_stays(definitions: Definitions, text: str) -> None:
    body = observation("Patient/2", f'"reference":"{URN}"{text}')
    assert rewriter(definitions).rewrite(body, URN) == body


@pytest.mark.parametrize("tail", ['\\"', "\\\\", "\\\\\\", '"', "å"])
def test_a_reference_with_escapes_ends_where_its_string_ends(definitions: Definitions, tail: str) -> None:
    body = observation(f"Patient/2{tail}", "after")
    assert rewriter(definitions).rewrite(body, URN) == body


def test_a_reference_spelt_with_escapes_is_the_same_reference(definitions: Definitions) -> None:
    body = b'{"resourceType":"Observation","subject":{"reference":"\\u0075%b"}}' % URN[1:].encode()
    found = rewriter(definitions).rewrite(body, URN)
    assert found == b'{"resourceType":"Observation","subject":{"reference":"Patient/1"}}'


def test_a_reference_to_an_entry_that_is_not_there_is_told(definitions: Definitions) -> None:
    one = rewriter(definitions)
    missing = URN.replace("6f0c", "7f0c")
    assert one.rewrite(observation(missing), URN) == observation(missing)
    assert one.unresolved == [missing, missing]


def test_a_versioned_reference_gets_the_version_that_is_written(definitions: Definitions) -> None:
    found = rewriter(definitions).rewrite(observation(f"{URN}/_history/1"), URN)
    assert found == observation("Patient/1/_history/3")
