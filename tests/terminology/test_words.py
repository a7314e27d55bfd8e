"""The words of a filter against the names of concepts in systems that were posted."""

import pytest

from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.words import is_named, words


@pytest.mark.parametrize(
    ("display", "typed"),
    [
        ("Øyesykdommer hos barn", "oyesykdom"),
        ("Øyesykdommer hos barn", "øyesykdommen"),
        ("Ørebetennelse", "orebet"),
        ("Måling av blodtrykk", "maling"),
        ("Måling av blodtrykk", "maaling blodtrykket"),
        ("Svelgsmerter", "svelg"),
        ("Sjukdom i auga", "sykdom øye"),
    ],
)
def test_how_it_is_spelt_does_not_matter(display: str, typed: str) -> None:
    assert is_named(Concept("x-1", display), words(typed))


@pytest.mark.parametrize("typed", ["øre", "hånd barn", "ykdom"])
def test_other_words_and_the_inside_of_words_are_not_found(typed: str) -> None:
    assert not is_named(Concept("x-1", "Øyesykdommer hos barn"), words(typed))


def test_a_code_is_found_by_its_beginning() -> None:
    assert is_named(Concept("J18.9", "Pneumoni"), words("j18"))
    assert not is_named(Concept("J18.9", "Pneumoni"), words("8"))
