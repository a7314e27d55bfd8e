"""NEWS2 row by row, as the chart of the Royal College of Physicians (2017) has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellesjournal.workplace.vitals.rules import PARAMETERS, Taken, score

WELL = {"resp": 16.0, "spo2": 97.0, "sys": 125.0, "puls": 70.0, "temp": 37.0}

CHART: dict[str, dict[float, int]] = {
    "resp": {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3, 60: 3, 0: 3, 1600: 3},
    "spo2": {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0, 100: 0, 40: 3},
    "sys": {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3, 300: 3},
    "puls": {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3, 1280: 3},
    "temp": {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2, 43.0: 2, 3750.0: 2},
}
SCALE_2_ON_AIR = {83: 3, 84: 2, 85: 2, 86: 1, 87: 1, 88: 0, 92: 0, 93: 0, 97: 0, 100: 0}
SCALE_2_ON_OXYGEN = {83: 3, 85: 2, 87: 1, 88: 0, 92: 0, 93: 1, 94: 1, 95: 2, 96: 2, 97: 3, 100: 3}


def taken(oxygen: bool | None = False, level: str = "A", scale: int = 1, **values: float) -> Taken:
    return Taken(WELL | values, oxygen, level, 2 if scale == 2 else 1)


@pytest.mark.parametrize(
    ("name", "value", "points"), [(name, *row) for name, rows in CHART.items() for row in rows.items()]
)
def test_each_row_of_the_chart(name: str, value: float, points: int) -> None:
    found = score(Taken(WELL | {name: value}, False, "A"))
    assert found.points[name] == points
    assert found.total == points


@pytest.mark.parametrize(
    ("oxygen", "value", "points"),
    [(False, *row) for row in SCALE_2_ON_AIR.items()] + [(True, *row) for row in SCALE_2_ON_OXYGEN.items()],
)
def test_scale_2_counts_too_much_oxygen(oxygen: bool, value: float, points: int) -> None:
    found = score(taken(oxygen, scale=2, spo2=value))
    assert found.points["spo2"] == points
    assert found.total == points + (2 if oxygen else 0)


@pytest.mark.parametrize(("level", "points"), [("A", 0), ("C", 3), ("V", 3), ("P", 3), ("U", 3)])
def test_who_is_not_alert_has_three_points(level: str, points: int) -> None:
    assert score(taken(level=level)).total == points


def test_oxygen_is_two_points() -> None:
    assert score(taken(oxygen=True)).total == 2


@pytest.mark.parametrize(
    ("taken", "total", "band"),
    [
        (taken(), 0, "none"),
        (taken(puls=95), 1, "low"),
        (taken(True, puls=115), 4, "low"),
        (taken(level="C"), 3, "single"),
        (taken(puls=135, resp=9), 4, "single"),
        (taken(True, puls=135), 5, "medium"),
        (taken(True, resp=21, puls=115), 6, "medium"),
        (taken(True, resp=25, temp=39.1), 7, "high"),
        (taken(True, "U", resp=25, spo2=80, sys=60, puls=150, temp=34), 20, "high"),
    ],
)
def test_each_sum_is_answered_as_the_college_says(taken: Taken, total: int, band: str) -> None:
    found = score(taken)
    assert (found.total, found.band) == (total, band)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_set_that_is_not_whole_says_what_is_lacking_and_has_no_score(name: str) -> None:
    values = {each: value for each, value in WELL.items() if each != name}
    set_ = Taken(values, None if name == "oksygen" else False, "" if name == "bevissthet" else "A")
    found = score(set_)
    assert found.lacking == (name,)
    assert found.total is None
    assert found.least == 0


def test_on_scale_2_a_high_saturation_has_no_points_until_the_oxygen_is_known() -> None:
    found = score(taken(None, scale=2, spo2=95))
    assert found.lacking == ("spo2", "oksygen")
    assert score(taken(None, scale=2, spo2=90)).lacking == ("oksygen",)


VALUES = some.fixed_dictionaries(
    {},
    optional={
        "resp": some.integers(0, 80).map(float),
        "spo2": some.integers(30, 100).map(float),
        "sys": some.integers(30, 280).map(float),
        "puls": some.integers(10, 250).map(float),
        "temp": some.integers(280, 430).map(lambda tenths: tenths / 10),
    },
)
SETS = some.builds(
    Taken,
    VALUES,
    some.sampled_from([None, False, True]),
    some.sampled_from(["", *"ACVPU"]),
    some.sampled_from([1, 2]),
)


@given(SETS)
def test_what_is_lacking_can_only_add(found: Taken) -> None:
    known = score(found)
    for oxygen in (False, True) if found.oxygen is None else (found.oxygen,):
        whole = score(Taken(WELL | dict(found.values), oxygen, found.consciousness or "A", found.scale))
        assert whole.total is not None
        assert known.least <= whole.total <= 20


@given(SETS)
def test_every_parameter_has_points_or_is_lacking(found: Taken) -> None:
    known = score(found)
    assert set(known.points) | set(known.lacking) == set(PARAMETERS)
    assert not set(known.points) & set(known.lacking)
    assert all(0 <= points <= 3 for points in known.points.values())
