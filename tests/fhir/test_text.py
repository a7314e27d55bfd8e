"""Text made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.text import contact_point, fold, grams, plain_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Øyvind Ås-Hansen", "oyvind as hansen"),
        ("ÆRLIG", "aerlig"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("  St. Olavs\thospital, avd. 2 ", "st olavs hospital avd 2"),
        ("Müller", "muller"),
        ("straße", "strasse"),
        ("Čáhcesuolu", "cahcesuolu"),
        ("Guđrun Þór", "gudrun thor"),
        ("ﬁ ½", "fi 1 2"),
        ("Ольга", "ольга"),
        ("---", ""),
        ("", ""),
    ],
)
def test_folding_leaves_what_one_would_type(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcæøåé ÆØÅÉ-'."))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_the_grams_of_a_part_are_among_those_of_the_whole(text: str, start: int, end: int) -> None:
    folded = fold(text)
    assert set(grams(folded[start:end], 7)) <= set(grams(folded, 7))


@given(st.text(max_size=30), st.integers(-(2**31), 2**31 - 1))
def test_grams_fit_in_32_bits_and_come_once(text: str, path: int) -> None:
    found = grams(fold(text), path)
    assert found == sorted(set(found))
    assert all(-(2**31) <= gram < 2**31 for gram in found)


def test_the_same_letters_at_another_path_are_other_grams() -> None:
    assert not set(grams("bergen", 1)) & set(grams("bergen", 1 << 30))


def test_a_narrative_is_what_a_person_reads() -> None:
    div = '<div xmlns="x"><p>Blodtrykk&nbsp;120&lt;130</p><!-- skjult --><b>Fint</b></div>'
    assert plain_text(div) == "Blodtrykk 120<130 Fint"


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("+47 912 34 567", "+4791234567"),
        ("(03) 5555 6473", "0355556473"),
        ("Kari.Nordmann@Example.NO", "kari.nordmann@example.no"),
        ("ring 91234567", "ring 91234567"),
        ("112", "112"),
    ],
)
def test_contact_points_are_compared_without_their_spacing(written: str, compared: str) -> None:
    assert contact_point(written) == compared
    assert contact_point(compared) == compared
