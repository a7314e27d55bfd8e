"""What was typed, as slots that must all be met."""

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.question import Kind, Question, ask, begun, typed
from fellesjournal.terminology.finding.synonyms import Synonyms, read

SYNONYMS = Synonyms(
    read(
        [
            "hoftebrudd = brudd i lårhals",
            "kreft = ondartet svulst",
            "høyt blodtrykk = hypertensjon",
            "hofte = coxa",
        ]
    )
)
VOCABULARY = Vocabulary(["hofte", "brudd", "magesekk", "kreft", "blod", "trykk"])


def asked(text: str) -> Question:
    return ask(text, typed(text), SYNONYMS, VOCABULARY)


def ways(question: Question, slot: int = 0) -> set[tuple[Kind, tuple[str, ...]]]:
    return {(way.kind, way.words) for way in question.slots[slot]}


def test_every_telling_word_is_a_slot() -> None:
    question = asked("feber og hoste")
    assert question.words == ("feber", "hoste")
    assert [ways(question, slot) for slot in (0, 1)] == [{(Kind.WORD, ("feber",))}, {(Kind.WORD, ("hoste",))}]


def test_words_that_are_one_name_share_a_slot() -> None:
    question = asked("høyt blodtrykk gravid")
    assert len(question.slots) == 2
    assert (Kind.SYNONYM, ("hypertensjon",)) in ways(question)
    assert (Kind.WORD, ("hoyt", "blodtrykk")) in ways(question)


def test_a_compound_is_met_by_its_parts_and_by_other_phrases_for_it() -> None:
    assert ways(asked("hoftebrudd")) >= {
        (Kind.WORD, ("hoftebrudd",)),
        (Kind.SYNONYM, ("brudd", "larhals")),
        (Kind.COMPOUND, ("hofte", "brudd")),
    }


def test_the_parts_of_a_name_are_the_name() -> None:
    assert (Kind.SYNONYM, ("brudd", "larhals")) in ways(asked("brudd hofte"))


def test_a_name_that_is_begun_is_met_by_other_phrases_less_surely() -> None:
    shares = [way.share for way in asked("hoftebr").slots[0] if way.kind is Kind.SYNONYM]
    assert all(0.5 < share < 1 for share in shares)
    assert shares


def test_only_the_last_word_is_begun() -> None:
    assert not [way for way in asked("hoftebr feber").slots[0] if way.kind is Kind.SYNONYM]


def test_other_words_for_the_end_of_a_compound_are_words_for_the_whole() -> None:
    assert (Kind.SYNONYM, ("magesekk", "ondartet", "svulst")) in ways(asked("magesekkkreft"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("J18.9", "j189"),
        ("j 18.9", "j189"),
        ("HF", "hf"),
        ("kols", "kols"),
        ("brudd", ""),
        ("lårhals 2", ""),
        ("hofteå1", ""),
    ],
)
def test_a_text_may_be_a_code_when_it_is_short_or_has_a_digit(text: str, key: str) -> None:
    assert asked(text).key == key


def test_no_more_than_twelve_words_count() -> None:
    assert len(typed(" ".join(f"ord{letter}" for letter in "abcdefghijklmnop"))) == 12


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("diabetes med", ("diabetes", "med")),
        ("diabetes med ", ()),
        ("diabetes med øye", ()),
        ("med", ()),
        ("brudd i", ("brudd", "i")),
    ],
)
def test_the_last_word_may_be_on_the_way_to_another(text: str, words: tuple[str, ...]) -> None:
    assert begun(text, typed(text)) == words


def test_a_text_of_nothing_but_signs_is_refused() -> None:
    with pytest.raises(Invalid):
        typed("?!")
