"""Existence, filtering, subsetting and combining (FHIRPath N1, sections 5.1 to 5.4)."""

from contextlib import suppress
from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fhir.path.conftest import Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("{}.empty()", [True]),
        ("name.empty()", [False]),
        ("photo.exists()", [False]),
        ("{}.exists($this = 1)", [False]),
        ("name.exists(use = 'official' and given.count() = 2)", [True]),
        ("{}.all(false)", [True]),
        ("name.all(given.exists())", [True]),
        ("name.all(family.exists())", [False]),
        ("name.all(family = 'Nordmann')", [False]),
        ("{}.allTrue() and {}.allFalse()", [True]),
        ("{}.anyTrue() or {}.anyFalse()", [False]),
        ("(true | false).allTrue()", [False]),
        ("(true | false).anyTrue()", [True]),
        ("(true | false).allFalse()", [False]),
        ("(true | false).anyFalse()", [True]),
        ("name.given.subsetOf('Kari' | 'Marie' | 'Kaja' | 'Ola')", [True]),
        ("name.given.subsetOf('Kari')", [False]),
        ("{}.subsetOf(name) and name.supersetOf({})", [True]),
        ("name.supersetOf(name.first())", [True]),
        ("{}.supersetOf(name)", [False]),
        ("{}.count()", [0]),
        ("(1 | 1.0 | 2).count()", [2]),
        ("name.given.combine('Kari').distinct().count()", [3]),
        ("name.given.combine('Kari').isDistinct()", [False]),
        ("{}.isDistinct()", [True]),
    ],
)
def test_existence(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("name.where(use = 'official').family", ["Nordmann"]),
        ("name.where({}).family", []),
        ("name.where(family.startsWith('N')).use", ["official"]),
        ("name.select(given.first() + '!')", ["Kari!", "Kaja!"]),
        ("name.select($index)", [0, 1]),
        ("name.select(given.select($index))", [0, 1, 0]),
        ("(1 | 2).repeat(iif($this < 5, $this + 2, {}))", [3, 4, 5, 6]),
        ("repeat(contained | name).ofType(Organization).name", ["Legesenteret"]),
        ("children().ofType(HumanName).use", ["official", "nickname"]),
        ("name.given.ofType(string).count()", [3]),
        ("name.given.ofType(System.String)", []),
        ("extension.value.ofType(FHIR.Quantity).unit", ["kg"]),
    ],
)
def test_filtering_and_projection(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("name.given[2]", ["Kaja"]),
        ("name.given[3]", []),
        ("name.given[-1]", []),
        ("name.given[{}]", []),
        ("name[0].given[0]", ["Kari"]),
        ("{}.single()", []),
        ("birthDate.single()", ["1980-05-17"]),
        ("name.given.first() | name.given.last()", ["Kari", "Kaja"]),
        ("{}.first() | {}.last() | {}.tail()", []),
        ("name.given.tail()", ["Marie", "Kaja"]),
        ("name.given.skip(-1).count()", [3]),
        ("name.given.skip(2)", ["Kaja"]),
        ("name.given.skip(9)", []),
        ("name.given.take(2)", ["Kari", "Marie"]),
        ("name.given.take(0)", []),
        ("name.given.take({})", []),
        ("(1 | 2 | 3).intersect(2 | 4)", [2]),
        ("(1 | 2 | 3).exclude(2)", [1, 3]),
        ("name.given.combine('Kari').exclude('Marie')", ["Kari", "Kaja", "Kari"]),
        ("(1 | 2).union(2 | 3)", [1, 2, 3]),
        ("(1 | 1.0).count()", [1]),
        ("(1 'm' | 100 'cm' | 1 's').count()", [2]),
        ("name.select(use | given)", ["official", "Kari", "Marie", "nickname", "Kaja"]),
        ("(1 | 2).combine(2)", [1, 2, 2]),
        ("coalesce(photo, name.family, name.given)", ["Nordmann"]),
    ],
)
def test_subsetting_and_combining(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("name.single()", r"'single\(\)' at character 6 wants one value, not 2"),
        ("name.all(given)", r"'given' at character 10 is a condition and wants one value, not 2"),
        ("name['a']", r"'\[\]' at character 5 wants a whole number"),
        ("name.take(1 | 2)", r"'take\(\)' at character 6 wants one value"),
        ("name.where(given = 'x', 1)", "takes 1 arguments, not 2"),
        ("(true | 'foo').allTrue()", r"'allTrue\(\)' at character 16 wants booleans, not System.String"),
        ("name.anyFalse()", "wants booleans, not HumanName"),
        ("1.repeat($this + 1)", "more than 500000 items"),
    ],
)
def test_what_cannot_be_found_is_refused_with_its_place(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("(3 | 1 | 2).sort()", [1, 2, 3]),
        ("('3' | '1' | '10').sort()", ["1", "10", "3"]),
        ("(3 | 1 | 2).sort($this desc)", [3, 2, 1]),
        ("(3 | 1 | 2).sort(-$this)", [3, 2, 1]),
        ("('a' | 'c' | 'b').sort(-$this)", ["c", "b", "a"]),
        ("name.given.sort(length() desc, $this asc)", ["Marie", "Kaja", "Kari"]),
        ("name.sort(family).use", ["nickname", "official"]),
        ("{}.sort()", []),
        ("(1 | 2).repeatAll(iif($this < 3, $this + 1, {}))", [2, 3, 3]),
    ],
)
def test_sorting_and_repeating(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


_MANY = ".select($this + $this)"


@pytest.mark.parametrize(
    "expression",
    [
        ".repeatAll('a')",
        _MANY * 15 + ".toChars().where(" + " or ".join(["1 = 2"] * 100) + ")",
        _MANY * 15 + ".toChars().aggregate($total & $this, '')",
        _MANY * 10 + ".toChars().select(children().count()).sort() ~ 'aaaaaaaaaa'.toChars()",
    ],
)  # fmt: skip
def test_no_expression_works_for_ever(expression: str, values: Values) -> None:
    with suppress(Invalid):
        values(f"'aaaaaaaaaa'{expression}")
