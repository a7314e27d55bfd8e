"""Texts as words that can be compared."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.words import STOP, code_key, fold, stem, telling, tokens, variants

NORWEGIAN = st.text(alphabet="abcdefghijklmnoprstuvyæøåéÆØÅ -/.,;()0123456789", max_size=40)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("høyt blodtrykk", "hoyt blodtrykk"),
        ("høyt blodtrykk", "Hoeyt Blodtrykk"),
        ("lårhals", "larhals"),
        ("lårhals", "laarhals"),
        ("blære", "blaere"),
        ("diaré", "diare"),
        ("Ménière", "meniere"),
        ("ÅREKNUTER", "åreknuter"),
    ],
)
def test_letters_are_typed_in_more_than_one_way(written: str, other: str) -> None:
    assert fold(written) == fold(other)


@given(NORWEGIAN)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()


@given(NORWEGIAN)
def test_letters_without_a_keyboard_fold_as_the_letters_themselves(text: str) -> None:
    typed = text.lower().replace("å", "aa").replace("ø", "oe").replace("æ", "ae")
    assume("aaa" not in typed)
    assert fold(typed) == fold(text)


def test_three_a_are_initials_and_no_letter() -> None:
    assert fold("AAA") == "aaa"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brudd lårben/lårhals", ["brudd", "larben", "larhals"]),
        ("DM2", ["dm", "2"]),
        ("type 2-diabetes", ["type", "2", "diabetes"]),
        ("B12-mangel", ["b", "12", "mangel"]),
        ("Tr.uly buss;bolig", ["tr", "uly", "buss", "bolig"]),
        ("«fugue» [PTSD]", ["fugue", "ptsd"]),
        (" . / ", []),
    ],
)
def test_a_text_is_words_and_numbers(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("hjartesvikt", "hjertesvikt"),
        ("sjukdom", "sykdom"),
        ("beinbrot", "benbrudd"),
        ("augesjukdom", "øyesykdom"),
        ("gallestein", "gallesten"),
        ("nevropati", "neuropati"),
    ],
)
def test_what_is_written_in_two_ways_is_one_word(nynorsk: str, bokmal: str) -> None:
    assert tokens(nynorsk) == tokens(bokmal)


@pytest.mark.parametrize(
    ("begun", "kept"), [("sju", "sy"), ("hjar", "hjer"), ("augesju", "augesy"), ("nev", "neu")]
)
def test_a_spelling_that_is_begun_is_met_in_the_other_too(begun: str, kept: str) -> None:
    assert kept in variants(begun)


def test_what_is_already_on_the_way_to_the_kept_spelling_has_no_variant() -> None:
    assert variants("hoste") == ["hoste"]


@pytest.mark.parametrize(
    "forms",
    [
        "brudd bruddet bruddene",
        "infeksjon infeksjoner infeksjonen infeksjonene",
        "sykdom sykdommen sykdommer sykdommene",
        "lidelse lidelsen lidelser",
        "svulst svulsten svulster",
        "akutt akutte",
        "ondartet ondartede ondartete",
        "muskel muskelen muskler musklene",
        "fødsel fødselen fødsler",
        "nyre nyren nyrer nyrene",
        "hjerte hjertet hjerter",
        "tumor tumoren tumorer",
        "medfødt medfødte",
        "sår såret sårene",
        "kne kneet",
    ],
)
def test_inflections_share_a_stem(forms: str) -> None:
    assert len({stem(word) for form in forms.split() for word in tokens(form)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("hjerne", "hjerte"), ("hud", "hus"), ("artritt", "artrose"), ("psykose", "psykisk"), ("legg", "lege")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(alphabet="abcdefghijklmnoprstuvy", max_size=20))
def test_a_stem_begins_the_word_and_is_not_nothing(word: str) -> None:
    assert word.startswith(stem(word))
    assert bool(stem(word)) == bool(word)


def test_words_that_tell_nothing_are_left_out_unless_they_are_all() -> None:
    assert telling(["brudd", "i", "larhals"]) == ["brudd", "larhals"]
    assert telling(["i", "og"]) == ["i", "og"]
    assert "ikke" not in STOP


@pytest.mark.parametrize("typed", ["J18.9", "j189", "J 18.9", "j18-9"])
def test_a_code_is_the_same_with_and_without_punctuation(typed: str) -> None:
    assert code_key(typed) == "j189"
