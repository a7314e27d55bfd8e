"""Words corrected by a letter or two."""

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.spelling import corrections, distance, edits
from fellesjournal.terminology.finding.synonyms import Synonyms, read
from fellesjournal.terminology.release import Concept
from terminology.finding.shelves import Shelves

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
SYNONYMS = Synonyms(read(["forkjølelse = snue"]))


@given(WORDS, st.data())
def test_one_letter_more_less_other_or_swapped_is_one_edit(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    fewer, more, other = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    )
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert {fewer, more, other, swapped} <= edits(word) | {word}


@given(WORDS)
def test_an_edit_can_be_undone(word: str) -> None:
    assert all(word in edits(other) for other in list(edits(word))[:20])


def test_what_words_may_have_been_meant_to_be(shelves: Shelves) -> None:
    shelves.load("urn:example:spelling", [Concept("1", "Lungebetennelse kronisk"), Concept("2", "Hostesaft")])

    def corrected(*words: str) -> list[tuple[str, ...]]:
        return shelves.run(corrections(shelves.connection, words, SYNONYMS))

    assert corrected("lungebetenelse") == [("lungebetennelse",)]
    assert corrected("kronisk", "lungebetenelse") == [("kronisk", "lungebetennelse")]
    assert corrected("hotse") == [("hoste",)]
    assert corrected("forkjlelse") == [("forkjolelse",)]
    assert corrected("lungebet", "kron") == [], "all of it is in use"
    assert corrected("xyxyxyxy", "kronisk") == [], "one cannot be corrected"
    assert corrected("krom") == [], "too short to guess"


def test_two_wrong_letters_are_forgiven_in_long_words(shelves: Shelves) -> None:
    shelves.load("urn:example:long", [Concept("1", "Nyrebekkensvikt"), Concept("2", "Galopp")])

    def corrected(*words: str) -> list[tuple[str, ...]]:
        return shelves.run(corrections(shelves.connection, words, SYNONYMS))

    assert corrected("nyrebbekensvikt") == [("nyrebekkensvikt",)]
    assert corrected("nyrebbeken") == [("nyrebekkensvikt",)], "as far as it is typed"
    assert corrected("forkjlelsse") == [("forkjolelse",)]
    assert corrected("mnrebbekensvikt") == [], "the first letter is another"
    assert corrected("gallpop") == [], "too short for two"


@given(WORDS)
def test_the_beginning_of_a_word_needs_no_edits(word: str) -> None:
    assert all(distance(word[:length], word, 2) == 0 for length in range(1, len(word) + 1))


@given(WORDS, st.data())
def test_an_edit_of_a_beginning_is_at_most_one_away(word: str, data: st.DataObject) -> None:
    begun = word[: data.draw(st.integers(1, len(word)))]
    assert distance(data.draw(st.sampled_from(sorted(edits(begun)))), word, 2) <= 1


@given(WORDS, WORDS, st.integers(0, 12))
def test_what_is_too_far_is_not_counted_to_the_end(begun: str, word: str, most: int) -> None:
    whole = distance(begun, word, 100)
    assert min(distance(begun, word, most), most + 1) == min(whole, most + 1)
