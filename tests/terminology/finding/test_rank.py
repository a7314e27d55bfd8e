"""Which text answers a question better."""

import pytest

from fellesjournal.terminology.finding import rank
from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.question import Kind, ask, typed
from fellesjournal.terminology.finding.synonyms import Synonyms, read

SYNONYMS = Synonyms(
    read(["hoftebrudd = brudd i lårhals", "depresjon > depressiv episode", "slag = hjerneslag"])
)
VOCABULARY = Vocabulary(["hofte", "brudd", "kne", "smerter"])


def merit(typed_text: str, display: str, *others: str) -> rank.Merit:
    question = ask(typed_text, typed(typed_text), SYNONYMS, VOCABULARY)
    return rank.best(question, display, others)


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("astma", "Astma", "Allergisk astma"),
        ("astma", "Uspesifisert astma", "Allergisk astma"),
        ("astma", "Allergisk astma", "Allergisk astma hos voksne"),
        ("ang", "Angst", "Angstlidelse"),
        ("angst", "Kronisk angst", "Kronisk angstlidelse"),
        ("feber", "Feber etter vaksine", "Vaksine ga feber"),
        ("feber", "Feber ved malaria", "Observasjon ved mistanke om feber"),
        ("hoftebrudd", "Brudd i lårhals", "Hofte med gammelt brudd"),
        ("hoftebrudd", "Hoftebrudd", "Brudd i lårhals"),
        ("depresjon", "Depressiv episode", "Post-schizofren depresjon hos ung voksen etter lang tid"),
        ("feber", "Feber uten komplikasjoner", "Feber med frysninger"),
        ("feber", "Feber, ikke spesifisert som høy eller lav", "Feber, høy"),
        ("depresjon", "Depressiv episode", "Uklar depresjon"),
        ("slag", "Hjerneslag", "Regelmessige og uregelmessige hjerteslag"),
    ],
)
def test_one_text_answers_better_than_another(text: str, better: str, worse: str) -> None:
    assert merit(text, better).score > merit(text, worse).score


def test_the_exact_term_in_any_order_has_the_score_of_one() -> None:
    assert merit("lårhals brudd i", "Brudd i lårhals").score == rank.TERM


def test_the_text_that_answers_is_told() -> None:
    found = merit("svangerskap", "Graviditet", "Svangerskap", "Venter barn")
    assert (found.text, found.kind) == ("Svangerskap", Kind.WORD)


def test_the_name_that_was_needed_is_told() -> None:
    assert merit("hoftebrudd", "Brudd i lårhals").heard == "hoftebrudd"
    assert merit("hoftebrudd", "Hoftebrudd, lukket").heard == ""


def test_the_display_is_told_when_others_answer_as_well() -> None:
    assert merit("feber", "Feber A", "Feber B").text == "Feber A"


def test_what_no_single_text_shows_is_scored_as_a_compound() -> None:
    assert merit("kne rygg", "Knesmerter", "Vond rygg").kind is Kind.COMPOUND


@pytest.mark.parametrize("text", ["feber", "hoftebrudd", "slag", "kne smerter"])
@pytest.mark.parametrize(
    "display", ["Feber", "Knesmerter etter fall", "Brudd i lårhals", "Observasjon", "IKA"]
)
def test_a_score_is_between_nothing_and_the_exact_term(text: str, display: str) -> None:
    assert 0 <= merit(text, display).score <= rank.TERM
