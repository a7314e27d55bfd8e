"""PEVS: the sum of what is judged, and how it is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellesjournal.workplace.vitals.pevs import PARTS, Score, judged, strange

POINTS = some.dictionaries(some.sampled_from(PARTS), some.integers(0, 3))


def form(*points: str, **more: str) -> dict[str, str]:
    return {f"pevs-{name}": text for name, text in zip(PARTS, points, strict=True)} | more


@pytest.mark.parametrize(
    ("points", "before", "band"),
    [
        ("000", None, "usual"),
        ("110", None, "usual"),
        ("110", 0, "watch"),
        ("110", 1, "usual"),
        ("300", None, "watch"),
        ("111", 3, "watch"),
        ("211", None, "call"),
        ("333", 9, "call"),
    ],
)
def test_a_sum_is_answered_as_the_procedure_says(points: str, before: int | None, band: str) -> None:
    found = judged(form(*points, forrige="" if before is None else str(before)))
    assert found.total == sum(map(int, points))
    assert found.band == band


def test_two_more_are_given_where_the_form_gives_them() -> None:
    assert judged(form("1", "0", "1") | {"pevs-tillegg": "ja"}).total == 4


@given(POINTS, some.booleans(), some.none() | some.integers(0, 11))
def test_what_is_not_judged_can_only_add_to_the_sum(
    points: dict[str, int], extra: bool, before: int | None
) -> None:
    so_far = Score(points, extra, before)
    whole = Score(dict.fromkeys(PARTS, 0) | points, extra, before)
    assert (so_far.total is None) == bool(so_far.lacking)
    assert so_far.least == whole.total
    order = ("usual", "watch", "call")
    worse = Score(dict.fromkeys(PARTS, 3) | points, extra, before)
    assert order.index(so_far.band) <= order.index(worse.band)


@given(some.text(), some.text())
def test_what_is_no_point_is_not_judged(typed: str, before: str) -> None:
    found = judged({"pevs-atferd": typed, "forrige": before})
    said = typed.strip()
    assert found.points == ({"atferd": int(said)} if said in ("0", "1", "2", "3") else {})
    assert bool(strange({"pevs-atferd": typed})) == bool(said and not found.points)
    assert found.total is None
