"""What was sought, marked where it stands, and the sentence round it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.question import ask, typed
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import tokens
from fellesjournal.terminology.wording.marking import Marker, Markers
from fellesjournal.terminology.wording.sought import LONGEST, Sought, parted, sought

NOTE = "Innlagt med feber. Knatrelyder over høyre lunge, og betennelsen ses på bildet. Delprotese i hofta."


def wanted(text: str) -> Sought:
    """What some text asks for, heard by the table of synonyms alone."""
    phrases, rest = parted(text)
    if not tokens(rest):
        return sought(text, None, phrases)
    question = ask(rest, typed(rest), norwegian(), Vocabulary(norwegian().words))
    return sought(text, question, phrases)


def hits(text: str, asked: str) -> list[str]:
    return [piece.text for piece in Marker(wanted(asked)).marked(text) if piece.is_hit]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lunge", ["lunge"]),
        ("knatrelyd", ["Knatrelyder"]),
        ("protese", ["Delprotese", "hofta"]),
        ("hofter", ["hofta"]),
        ("kna", ["Knatrelyder"]),
        ("atrel", []),
        ('"feber knatrelyder"', ["feber", "Knatrelyder"]),
        ("hogre lunge", ["lunge"]),
    ],
)
def test_a_word_is_marked_whole_where_it_begins_or_ends_so(asked: str, found: list[str]) -> None:
    assert hits(NOTE, asked) == found


def test_a_compound_is_marked_by_its_parts() -> None:
    assert {"lunge", "betennelsen"} <= set(hits(NOTE, "lungebetennelse"))


@pytest.mark.parametrize(
    ("asked", "texts", "found"),
    [
        ("depresjon", ["Ny episode i natt.", "Kjent depressiv episode."], [[], ["depressiv", "episode"]]),
        ("depresjon", ["Ny episode i natt.", "Kjent depresjon."], [[], ["depresjon"]]),
        (
            '"i to dager"',
            ["Feber i to dager, i natt mer.", "Ligger i to senger."],
            [["i", "to", "dager", "i"], []],
        ),
        ("lungebetennelse", ["Hosten kommer fra lunge.", "Betennelse."], [["lunge"], ["Betennelse"]]),
    ],
)
def test_the_words_of_a_phrase_are_marked_where_they_stand_together_or_else_apart(
    asked: str, texts: list[str], found: list[list[str]]
) -> None:
    marker = Markers(wanted(asked)).of(texts)
    assert [[piece.text for piece in marker.marked(text) if piece.is_hit] for text in texts] == found


@given(st.text(), st.text(min_size=1, max_size=30))
def test_marking_loses_no_letter(text: str, asked: str) -> None:
    assert "".join(piece.text for piece in Marker(wanted(asked)).marked(text)) == text


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_sentence_holds_what_was_sought_and_is_short(before: int, after: int) -> None:
    text = f"{'ord ' * before}krykker {'mer ' * after}"
    sentence = Marker(wanted("krykke")).excerpt(text)
    assert [piece.text for piece in sentence if piece.is_hit] == ["krykker"]
    assert len("".join(piece.text for piece in sentence)) < 200


def test_the_sentence_is_where_most_of_what_was_sought_stands_together() -> None:
    text = f"feber. {'x ' * 200} feber og hoste samtidig"
    said = "".join(piece.text for piece in Marker(wanted("feber hoste")).excerpt(text))
    assert said.endswith("feber og hoste samtidig")


def test_no_sentence_is_made_where_nothing_stands() -> None:
    assert Marker(wanted("mareritt")).excerpt(NOTE) == []


def test_quotation_marks_of_every_kind_hold_a_phrase_and_need_not_be_closed() -> None:
    assert parted('feber "i to dager" «og mer» hos') == (["i to dager", "og mer"], "feber     hos".strip())
    assert parted('"ble ligg') == (["ble ligg"], "")
    assert parted("a" * 500) == ([], "a" * LONGEST)
