"""Codes found as people type them, in invented code systems."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.terminology.finding import MOST, find, places
from fellesjournal.terminology.finding.kept import Kept
from fellesjournal.terminology.finding.words import STOP, tokens
from fellesjournal.terminology.release import Concept, Designation
from terminology.finding import shelves as databases
from terminology.finding.shelves import Shelves

BODY = "urn:example:body"
TOOLS = "urn:example:tools"


def called(code: str, display: str, *others: str, language: str = "nb", parents: str = "") -> Concept:
    designations = tuple(Designation(language, "synonym", other) for other in others)
    return Concept(code, display, tuple(parents.split()), designations=designations)


CONCEPTS = [
    called("A1", "Brudd i lårhals"),
    called("A1.0", "Brudd i lårhals, lukket", parents="A1"),
    called("A1.1", "Brudd i lårhals, åpent", parents="A1"),
    called("A2", "Lungebetennelse", "pneumonia"),
    called("A2.1", "Bakteriell lungebetennelse etter operasjon", parents="A2"),
    called("A3", "Øyesykdom"),
    called("A4", "Høyt blodtrykk hos gravid"),
    called("A5", "Kronisk obstruktiv lungesykdom"),
    called("A6", "Smerter i kneet"),
    called("A7", "Blærebetennelse"),
    called("A8", "Engstelig for blærebetennelse"),
    called("B10", "Kolera"),
    called("B100", "Kolikk"),
    called("B1", "Kolesterol, forhøyet"),
    called("C1", "Appendisitt"),
    called("C2", "Diabetes type 2"),
    called("C3", "Diabetes type 1"),
]
OLD = [called("T1", "Gammel stetoskopmodell")]
NEW = [
    called("T1", "Stetoskop", "Stethoscope", language="en"),
    Concept("T2", "Stetoskopholder", active=False),
    Concept("T3", "Stetoskoppose", valid_to=date(2020, 12, 31)),
    Concept("T4", "Stetoskoper og slikt", abstract=True),
]


@pytest.fixture(scope="module")
def filled(postgres: str, template: str) -> Iterator[Shelves]:
    with databases.opened(postgres, template) as shelves:
        shelves.load(BODY, CONCEPTS, version="2026")
        shelves.load(TOOLS, OLD, version="1", valid_from=date(2010, 1, 1))
        shelves.load(TOOLS, NEW, version="2", valid_from=date(2020, 1, 1))
        shelves.load(TOOLS, OLD, version="3", valid_from=date(2021, 1, 1), loaded=False)
        yield shelves


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lungebet", "A2"),
        ("LUNGEBETENNELSE", "A2"),
        ("brudd lårh", "A1"),
        ("br lårh", "A1"),
        ("larhals brudd", "A1"),
        ("laarhals", "A1"),
        ("hoyt blodtrykk", "A4"),
        ("hoeyt blodtr", "A4"),
        ("knesmerter", "A6"),
        ("smerten kne", "A6"),
        ("blaerebetennelsen", "A7"),
        ("lunge betennelse", "A2"),
        ("augesjukdom", "A3"),
        ("sykdom øye", "A3"),
        ("diabetes 2", "C2"),
        ("diabetes type 1", "C3"),
        ("brudd i", "A1"),
    ],
)
def test_what_is_typed_is_met_in_the_words(filled: Shelves, typed: str, code: str) -> None:
    assert filled.codes(typed)[0] == code


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("hoftebr", "A1", "synonym"),
        ("hoftebrudd", "A1", "synonym"),
        ("kols", "A5", "synonym"),
        ("blindtarmbet", "C1", "synonym"),
        ("pneumonia", "A2", "term"),
        ("lårhalsbrudd", "A1", "synonym"),
        ("lårhalsbruddet åpent", "A1.1", "synonym"),
    ],
)
def test_another_word_for_it_is_as_good(filled: Shelves, typed: str, code: str, how: str) -> None:
    found = filled.find(typed)
    assert (found[0].code, found[0].how) == (code, how)


def test_a_phrase_of_common_words_is_met_however_many_texts_have_each(postgres: str, template: str) -> None:
    common = [called(f"X{n}", f"Brudd {n}") for n in range(1500)] + [
        called(f"Y{n}", f"Lårhals {n}") for n in range(1500)
    ]
    with databases.opened(postgres, template) as shelves:
        shelves.load(BODY, [*common, called("Z", "Annet og sjeldnere brudd på høyde med lårhals")])
        assert shelves.codes("hoftebrudd") == ["Z"]
        assert len(shelves.codes("brudd", limit=MOST)) == MOST
        assert len(shelves.codes("X1", limit=MOST)) == MOST


@pytest.mark.parametrize("typed", ["A1.0", "a10", "A 1.0"])
def test_a_code_is_found_first_however_it_is_written(filled: Shelves, typed: str) -> None:
    first = filled.find(typed)[0]
    assert (first.code, first.how, first.score) == ("A1.0", "code", 1.0)


def test_the_beginning_of_a_code_finds_the_code_itself_then_what_is_below(filled: Shelves) -> None:
    assert filled.codes("B1") == ["B1", "B10", "B100"]
    assert filled.codes("A1") == ["A1", "A1.0", "A1.1"]


def test_letters_alone_are_the_beginning_of_words_not_of_codes(filled: Shelves) -> None:
    assert set(filled.codes("ko")) <= {"B1", "B10", "B100", "A5"}
    assert [one.how for one in filled.find("ko")] != []


def test_the_exact_term_comes_before_longer_ones_and_general_before_special(filled: Shelves) -> None:
    assert filled.codes("brudd i lårhals") == ["A1", "A1.0", "A1.1"]
    assert filled.codes("lungebetennelse") == ["A2", "A2.1"]


def test_a_text_about_a_condition_comes_after_the_condition(filled: Shelves) -> None:
    assert filled.codes("blærebetennelse") == ["A7", "A8"]
    assert filled.codes("engstelig blære")[0] == "A8"


def test_every_word_must_be_met(filled: Shelves) -> None:
    assert filled.codes("brudd lungebetennelse") == []


def test_who_has_it_may_be_left_unmet(filled: Shelves) -> None:
    assert filled.codes("lungebetennelse barn") == ["A2", "A2.1"]


def test_one_wrong_letter_is_forgiven_and_said(filled: Shelves) -> None:
    for typed in (
        "lungebetenelse",
        "lungbetennelse",
        "lungebetennelsse",
        "lugnebetennelse",
        "lungebetemnelse",
    ):
        found = filled.find(typed)
        assert (found[0].code, found[0].how) == ("A2", "spelling"), typed
        assert found[0].score < 0.4


def test_two_wrong_letters_in_a_long_word_are_forgiven(filled: Shelves) -> None:
    assert filled.codes("lungebettenelse")[0] == "A2"
    assert filled.codes("lungebettenel")[0] == "A2"


def test_what_is_corrected_comes_after_what_was_found_as_typed(filled: Shelves) -> None:
    found = filled.find("kohlera")
    assert {one.how for one in found} == {"spelling"}
    assert [one.how for one in filled.find("brudd lårhlas")] == ["spelling"] * 3


def test_a_word_that_may_be_begun_is_not_thrown_away(filled: Shelves) -> None:
    assert filled.codes("lungebetennelse et") == ["A2.1", "A2"], "etter operasjon first"
    assert filled.codes("lungebetennelse et ") == ["A2", "A2.1"], "the word is done"
    assert filled.codes("lungebetennelse med") == ["A2", "A2.1"], "no word begins so"


def test_the_name_that_was_heard_is_told(filled: Shelves) -> None:
    assert filled.find("hoftebr")[0].heard == "hoftebrudd"
    assert filled.find("kols")[0].heard == "KOLS"
    assert filled.find("kolera")[0].heard == ""


def test_a_short_word_is_not_corrected(filled: Shelves) -> None:
    assert filled.codes("kxx") == []


def test_nothing_is_corrected_when_something_is_found_as_typed(filled: Shelves) -> None:
    assert {one.how for one in filled.find("kolera")} == {"term"}


def test_one_letter_finds_the_shortest_terms_that_begin_so(filled: Shelves) -> None:
    assert filled.codes("k") == ["B10", "B100", "B1", "A5", "A6"]


@pytest.mark.parametrize("typed", ["", "   ", "-", "…/."])
def test_a_search_for_nothing_is_told_so(filled: Shelves, typed: str) -> None:
    with pytest.raises(Invalid, match="nothing to search for"):
        filled.find(typed)


def test_too_long_a_text_and_too_many_codes_are_refused_with_the_bounds(filled: Shelves) -> None:
    with pytest.raises(Invalid, match="at most 200"):
        filled.find("brudd " * 40)
    for limit in (0, MOST + 1):
        with pytest.raises(Invalid, match="1 to 100"):
            filled.find("brudd", limit=limit)


def test_no_more_than_asked_for(filled: Shelves) -> None:
    assert filled.codes("brudd", limit=2) == ["A1", "A1.0"]


@pytest.mark.parametrize(
    "typed", ["'; drop table concept", "a & b | !c", "kol:*", "\\", "%_", "😀", "\x00kol"]
)
def test_signs_are_no_language(filled: Shelves, typed: str) -> None:
    if any(c.isalnum() for c in typed):
        filled.find(typed)


def test_a_find_names_its_system_release_and_text(filled: Shelves) -> None:
    found = filled.find("pneumonia")[0]
    assert (found.system, found.version, found.code) == (BODY, "2026", "A2")
    assert (found.display, found.text) == ("Lungebetennelse", "pneumonia")
    assert not found.abstract


def test_all_systems_are_searched_unless_some_are_named(filled: Shelves) -> None:
    assert filled.codes("stetoskop") != []
    assert filled.codes("stetoskop", systems=[BODY]) == []
    assert filled.codes("stetoskop", systems=[]) == []


def test_many_shelves_are_read_as_a_few_are(filled: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("brudd", "brudd i larhals", "stetoskop", "gammel", "pneumonia", "a1", "lungebet")
    few = [filled.codes(text, limit=98) for text in asked]
    monkeypatch.setattr(places, "_FEW", 0)
    monkeypatch.setattr(places, "_ROWS", Kept[places.Rows](1_000_000, len))
    assert [filled.codes(text, limit=99) for text in asked] == few
    assert few[0]
    assert not few[3]


def test_a_system_that_is_not_loaded_is_told_by_name(filled: Shelves) -> None:
    with pytest.raises(NotFound, match=r"urn:example:none .* today"):
        filled.find("brudd", systems=[BODY, "urn:example:none"])
    with pytest.raises(NotFound, match="2009-12-31"):
        filled.find("stetoskop", systems=[TOOLS], on=date(2009, 12, 31))


def test_only_the_newest_whole_release_is_searched_or_the_one_of_a_day(filled: Shelves) -> None:
    assert {one.version for one in filled.find("stetoskop")} == {"2"}
    assert filled.codes("gammel") == []
    found = filled.find("gammel", on=date(2015, 6, 1))
    assert [(one.version, one.code) for one in found] == [("1", "T1")]


def test_a_retired_code_is_found_only_when_asked_for(filled: Shelves) -> None:
    assert "T2" not in filled.codes("stetoskop")
    assert "T2" in filled.codes("stetoskop", active_only=False)
    assert "T2" not in filled.codes("T2")


def test_a_code_is_found_on_the_days_it_is_valid(filled: Shelves) -> None:
    assert "T3" not in filled.codes("stetoskop")
    assert "T3" in filled.codes("stetoskop", on=date(2020, 6, 1))


def test_a_group_says_that_it_is_one(filled: Shelves) -> None:
    assert {one.code: one.abstract for one in filled.find("stetoskop")} == {"T1": False, "T4": True}


def test_a_group_comes_after_what_can_be_chosen_unless_its_code_is_typed(filled: Shelves) -> None:
    assert filled.codes("stetoskoper og slikt") == ["T4"]
    assert filled.codes("stetoskoper") == ["T1", "T4"]
    assert filled.codes("T4")[0] == "T4"


def test_texts_are_looked_in_by_language(filled: Shelves) -> None:
    assert filled.codes("stethoscope", languages=["en"]) == ["T1"]
    assert "T1" not in filled.codes("stethosc", languages=["nb"], systems=[BODY])
    assert filled.codes("stetoskop", languages=["en"]) == []
    assert filled.codes("T1", languages=["en"]) == ["T1"]


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.code)
def test_a_display_finds_its_own_code_first_in_any_order_and_spelling(
    filled: Shelves, concept: Concept
) -> None:
    words = [word for word in concept.display.replace(",", " ").split() if word.lower() not in STOP]
    for order in permutations(words):
        typed = " ".join(order)
        for spelt in (typed, typed.upper(), typed.replace("å", "aa").replace("ø", "oe").replace("æ", "ae")):
            assert filled.codes(spelt)[0] == concept.code, spelt


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CONCEPTS), st.data())
def test_the_beginnings_of_a_displays_words_find_it(
    filled: Shelves, concept: Concept, data: st.DataObject
) -> None:
    words = [word for word in tokens(concept.display) if word not in STOP]
    begun = [word[: data.draw(st.integers(min(3, len(word)), len(word)))] for word in words]
    assert concept.code in filled.codes(" ".join(data.draw(st.permutations(begun))))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_with_a_letter_is_answered_in_order_each_code_once(filled: Shelves, text: str) -> None:
    if not tokens(text):
        with pytest.raises(Invalid):
            filled.find(text)
        return
    found = filled.find(text)
    scores = [one.score for one in found]
    assert all(earlier > later - 0.001 for earlier, later in pairwise(scores))
    assert len({(one.system, one.code) for one in found}) == len(found)


async def test_a_search_where_nothing_is_loaded_finds_nothing(pool: object) -> None:
    async with pool.acquire() as connection:  # type: ignore[attr-defined] # asyncpg has no types
        assert await find(connection, "brudd") == []


def test_of_equal_finds_in_many_systems_the_first_systems_are_given(shelves: Shelves) -> None:
    for name in "dbca":
        shelves.load(f"urn:example:equal-{name}", [Concept("QXZ", f"Ord {name}"), Concept("QXZY", "Annet")])
    found = shelves.find("qxz", limit=3)
    assert [one.system[-1] for one in found] == ["a", "b", "c"]
    assert {(one.code, one.how, one.score) for one in found} == {("QXZ", "code", 1.0)}
