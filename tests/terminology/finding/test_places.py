"""Which entries meet a question, by the places of words."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.indexing import Places, beginnings
from fellesjournal.terminology.finding.places import Lists, Met, Plan, Term, terms
from fellesjournal.terminology.finding.question import Kind, Question, Way, ask, typed
from fellesjournal.terminology.finding.synonyms import Synonyms
from fellesjournal.terminology.finding.words import stem

TEXTS = ["Feber", "Feber og hoste", "Hoste", "Høyfeber", "Hostesaft", "Knesmerter", "Vond i kneet"]
SETS = st.lists(st.sets(st.integers(1, 300)), max_size=4)


def met(text: str) -> tuple[set[int], set[int]]:
    """The places (from 1) of TEXTS that meet a typed text: directly, and in any way."""
    vocabulary = Vocabulary(["feber", "hoste", "saft", "kne", "smerter"])
    places = Places(vocabulary)
    for place, one in enumerate(TEXTS, 1):
        places.put(place, one, [])
    question = ask(text, typed(text), Synonyms([]), vocabulary)
    found = Met(Plan(question))
    for term in terms(question):
        for word, shown, beside in places.written():
            start, stop = term.bounds
            if start <= word < stop:
                found.add(term, (array("i", shown), array("i", beside)))
    return found.direct(), found.related()


def test_words_meet_where_all_are() -> None:
    assert met("feber hoste") == ({2}, {2})


def test_a_beginning_meets_every_word_that_begins_so() -> None:
    assert met("ho")[0] == {2, 3, 4, 5}
    assert met("host")[0] == {2, 3, 5}
    assert met("fe ho")[0] == {2}


def test_a_part_of_a_compound_is_met_beside() -> None:
    direct, related = met("smerter kne")
    assert direct == set()
    assert related == {6}


def test_an_inflected_word_is_met_by_its_stem() -> None:
    assert met("kneet")[0] == {7}


def test_beginnings_of_up_to_three_letters_have_places() -> None:
    assert beginnings("brudd") == ("b*", "br*", "bru*")
    assert beginnings("os") == ("o*", "os*")


@given(SETS, st.sets(st.integers(1, 300)))
def test_long_lists_asked_one_by_one_answer_as_sets_do(lists: list[set[int]], places: set[int]) -> None:
    united = set().union(*lists)
    assert Lists(array("i", sorted(one)) for one in lists).among(places) == united & places
    assert Lists(array("i", sorted(one)) for one in lists).all() == united


def test_a_way_is_met_where_each_of_its_words_is() -> None:
    question = Question(
        ("kneet",),
        (
            (
                Way(Kind.WORD, ("kneet",), frozenset({"kne"})),
                Way(Kind.SYNONYM, ("feber", "hoste"), frozenset({"feb", "host"})),
            ),
        ),
    )
    shelf = Met(Plan(question))
    assert not shelf.can_meet()
    for word, places in (("feb", [1, 2]), ("host", [2, 3])):
        shelf.add(Term(stem(word)), (array("i", places), array("i")))
    assert shelf.can_meet()
    assert (shelf.direct(), shelf.related()) == (set(), {2})
