"""From what is typed to FHIR's value, and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable, clean, parse, said, written

CHOICE: dict[str, Any] = {
    "type": "choice",
    "answerOption": [{"valueCoding": {"system": "s", "code": "god", "display": "God"}}],
}
CODED = {"type": "open-choice", "answerValueSet": "http://hl7.org/fhir/sid/icd-10-no?fhir_vs"}


@pytest.mark.parametrize(
    ("item", "text", "answer", "read"),
    [
        ({"type": "decimal"}, "37,8", {"valueDecimal": 37.8}, "37,8"),
        ({"type": "decimal"}, "\N{MINUS SIGN}2.5", {"valueDecimal": -2.5}, "-2,5"),
        ({"type": "integer"}, "80", {"valueInteger": 80}, "80"),
        ({"type": "boolean"}, "true", {"valueBoolean": True}, "Ja"),
        ({"type": "boolean"}, "false", {"valueBoolean": False}, "Nei"),
        ({"type": "date"}, "5.3.2026", {"valueDate": "2026-03-05"}, "05.03.2026"),
        ({"type": "date"}, "2026-03-05", {"valueDate": "2026-03-05"}, "05.03.2026"),
        ({"type": "time"}, "08.30", {"valueTime": "08:30:00"}, "08:30"),
        (
            {"type": "dateTime"},
            "2026-07-01T08:30",
            {"valueDateTime": "2026-07-01T08:30:00+02:00"},
            "01.07.2026 08:30",
        ),
        (
            {"type": "dateTime"},
            "1.7.2026 kl. 8.30",
            {"valueDateTime": "2026-07-01T08:30:00+02:00"},
            "01.07.2026 08:30",
        ),
        ({"type": "dateTime"}, "1.7.2026", {"valueDateTime": "2026-07-01"}, "01.07.2026"),
        ({"type": "dateTime"}, "7.2026", {"valueDateTime": "2026-07"}, "07.2026"),
        ({"type": "dateTime"}, "2019", {"valueDateTime": "2019"}, "2019"),
        ({"type": "string"}, "æ 😀", {"valueString": "æ 😀"}, "æ 😀"),
        ({"type": "url"}, "https://example.org/x", {"valueUri": "https://example.org/x"}, "https://example.org/x"),
        ({"type": "quantity"}, "3", {"valueQuantity": {"value": 3}}, "3"),
        ({"type": "attachment"}, "bilde.jpg", {"valueAttachment": {"title": "bilde.jpg"}}, "bilde.jpg"),
        ({"type": "reference"}, "Medisin", {"valueReference": {"display": "Medisin"}}, "Medisin"),
        (
            {"type": "attachment"},
            "sår.png #0123456789abcdef",
            {"valueAttachment": {"id": "0123456789abcdef", "title": "sår.png"}},
            "sår.png",
        ),
        (
            {"type": "reference"},
            "Pneumoni [høyre] [Condition/a-1]",
            {"valueReference": {"reference": "Condition/a-1", "display": "Pneumoni [høyre]"}},
            "Pneumoni [høyre]",
        ),
        (CHOICE, "god", {"valueCoding": CHOICE["answerOption"][0]["valueCoding"]}, "God"),
        (
            CODED,
            "S720 Brudd i lårhals",
            {"valueCoding": {
                "system": "http://hl7.org/fhir/sid/icd-10-no", "code": "S720", "display": "Brudd i lårhals"
            }},
            "Brudd i lårhals",
        ),
        (CODED, "vondt i hofta", {"valueString": "vondt i hofta"}, "vondt i hofta"),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood_and_read_back(
    item: dict[str, Any], text: str, answer: dict[str, Any], read: str
) -> None:
    assert parse(item, text) == answer
    assert said(answer) == read
    assert parse(item, written(item, answer)) == answer


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("decimal", "mye", "number"),
        ("decimal", "1e99", "number"),
        ("decimal", "nan", "number"),
        ("integer", "2,5", "whole"),
        ("integer", "99999999999", "number"),
        ("date", "31.2.2026", "date"),
        ("dateTime", "i går", "moment"),
        ("dateTime", "1.7.2026 25.10", "moment"),
        ("dateTime", "13.2026", "moment"),
        ("dateTime", "2026-", "moment"),
        ("time", "25:00", "time"),
        ("url", "ikke en adresse", "address"),
        ("choice", "noe annet", "choice"),
    ],
)
def test_what_is_no_answer_says_what_it_should_have_been(kind: str, text: str, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse({"type": kind}, text)
    assert caught.value.kind == why


@given(st.text())
def test_text_keeps_everything_but_what_fhir_cannot_hold(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert all(one in "\n\t" or ord(one) >= 32 for one in kept)
    assert clean(kept) == kept


@given(
    st.sampled_from(["decimal", "integer", "date", "dateTime", "time", "url", "quantity", "text"]),
    st.text(min_size=1),
)
def test_nothing_that_is_typed_breaks_a_field(kind: str, text: str) -> None:
    if not text.strip():
        return
    try:
        answer = parse({"type": kind}, text)
    except Unreadable:
        return
    assert answers.said(answer) is not None
