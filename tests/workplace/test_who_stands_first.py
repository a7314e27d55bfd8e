"""What Enter takes in the palette of an open chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellesjournal.workplace.palette.rules import citizens_first

CITIZENS = ["Solfrid Multemyr", "Ferdinand Havsule"]
CHART = ["Ferritin 9 µg/L", "CRP 82 mg/L", "Innkomstnotat", "Kronisk nyresykdom stadium 3"]


@pytest.mark.parametrize(
    ("typed", "names", "titles", "expected"),
    [
        ("Solfrid", CITIZENS[:1], ["Innkomstnotat"], True),
        ("multemyr", CITIZENS[:1], ["Innkomstnotat"], True),
        ("sol mul", CITIZENS[:1], ["Innkomstnotat"], True),
        ("solf", CITIZENS[:1], ["Innkomstnotat"], True),
        ("13897124567", CITIZENS[:1], CHART, True),
        ("05.05.1950", CITIZENS[:1], CHART, True),
        ("fer", CITIZENS[1:], CHART, False),
        ("ferritin", [], CHART[:1], False),
        ("nyre", ["Nyresta Bakke"], CHART[3:], False),
        ("crp", [], [], False),
        ("crp", ["Crp Crpsen"], CHART, False),
        ("solfrid", [], ["Innkomstnotat"], False),
    ],
)
def test_what_fits_better_stands_first(
    typed: str, names: list[str], titles: list[str], expected: bool
) -> None:
    assert citizens_first(typed, names, titles) is expected


@given(some.text(max_size=20), some.lists(some.text(max_size=30)), some.lists(some.text(max_size=30)))
def test_nobody_stands_before_the_chart_unless_somebody_was_found(
    typed: str, names: list[str], titles: list[str]
) -> None:
    assert not citizens_first(typed, [], titles)
    if names and not titles:
        assert citizens_first(typed, names, titles)
