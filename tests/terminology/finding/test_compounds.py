"""Compounds taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.compounds import NOT_PARTS, Vocabulary, candidates

WORDS = [
    *("brudd", "hofte", "larhals", "hals", "lar", "lunge", "betennelse", "urin", "vei", "infeksjon"),
    *("hjerte", "infarkt", "svikt", "blod", "trykk", "maling", "ben"),
]
VOCABULARY = Vocabulary(WORDS)
LONG = [word for word in WORDS if len(word) >= 4]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("larhalsbrudd", ("larhals", "brudd")),
        ("hoftebrudd", ("hofte", "brudd")),
        ("lungebetennelse", ("lunge", "betennelse")),
        ("hjerteinfarkt", ("hjerte", "infarkt")),
        ("blodtrykksmaling", ("blod", "trykk", "maling")),
        ("benbrudd", ("ben", "brudd")),
    ],
)
def test_a_compound_is_its_words_with_or_without_a_link(word: str, parts: tuple[str, ...]) -> None:
    assert VOCABULARY.split(word) == parts


def test_the_fewest_parts_win() -> None:
    assert Vocabulary([*WORDS, "blodtrykk"]).split("blodtrykksmaling") == ("blodtrykk", "maling")


@pytest.mark.parametrize("inflected", ["hoftebruddet", "hoftebruddene", "lungebetennelser"])
def test_the_last_part_may_be_inflected(inflected: str) -> None:
    assert len(VOCABULARY.split(inflected)) == 2


def test_a_word_that_is_no_compound_has_no_parts() -> None:
    assert VOCABULARY.split("hofte") == ()
    assert VOCABULARY.split("betennelse") == ()
    assert VOCABULARY.split("kolesterol") == ()


def test_the_last_part_may_be_only_begun_when_that_is_said() -> None:
    assert VOCABULARY.split("hoftebr") == ()
    assert VOCABULARY.split("hoftebr", begun=True) == ("hofte", "br")
    assert VOCABULARY.split("hofteb", begun=True) == ()


def test_an_ending_is_no_part_though_a_text_has_it_as_a_word() -> None:
    assert "sjon" in NOT_PARTS
    assert Vocabulary(["infek", "sjon"]).split("infeksjon") == ()


def test_a_very_long_word_is_left_whole() -> None:
    assert VOCABULARY.split("hofte" * 9) == ()
    assert candidates("hofte" * 9) == set()


@given(st.lists(st.sampled_from(LONG), min_size=2, max_size=4), st.sampled_from(["", "s", "e"]))
def test_what_is_put_together_is_taken_apart(parts: list[str], link: str) -> None:
    word = link.join(parts)
    found = VOCABULARY.split(word)
    if len(word) <= 40:
        assert 2 <= len(found) <= len(parts)


@given(st.lists(st.sampled_from(LONG), min_size=2, max_size=3))
def test_a_vocabulary_is_asked_for_all_that_may_be_a_part(parts: list[str]) -> None:
    word = "".join(parts)
    if len(word) <= 40:
        asked = candidates(word)
        assert set(VOCABULARY.split(word)) <= asked
        assert Vocabulary(set(WORDS) & asked).split(word) == VOCABULARY.split(word)
