"""Laws of collections (FHIRPath N1, sections 5.2 to 5.5 and 6.4), over whatever collections there are."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values

literals = st.sampled_from(
    ["1", "2", "3", "1.0", "2.5", "'a'", "'b'", "'A'", "true", "false", "@2020", "@2020-01", "@T10", "4 'g'"]
)


def combined(items: list[str]) -> str:
    """A collection with all the items, in their order, also those that are the same."""
    text = "{}"
    for item in items:
        text = f"{text}.combine({item})"
    return text


collections = st.lists(literals, max_size=6).map(combined)


def ask(definitions: Definitions, text: str) -> Any:
    """The one value that the expression has, None for none."""
    found = [item.value for item in Path(text).evaluate(PATIENT, definitions)]
    assert len(found) <= 1
    return found[0] if found else None


def same(definitions: Definitions, a: str, b: str) -> bool:
    """Have two collections the same items, as often, whatever their order?"""
    found = [
        sorted(f"{i.type} {i.value}" for i in Path(text).evaluate(PATIENT, definitions)) for text in (a, b)
    ]
    return found[0] == found[1]


@given(collections, collections)
def test_union_is_combination_without_repetition(definitions: Definitions, a: str, b: str) -> None:
    assert same(definitions, f"{a} | {b}", f"{a}.combine({b}).distinct()")
    assert same(definitions, f"{a}.union({b})", f"{a} | {b}")
    assert ask(definitions, f"({a} | {b}).count() = ({b} | {a}).count()")
    assert ask(definitions, f"({a} | {b}).isDistinct()")
    assert same(definitions, f"{a} | {a}", f"{a}.distinct()")
    assert same(definitions, f"{a} | {{}}", f"{a}.distinct()")


@given(collections, collections)
def test_combination_keeps_all(definitions: Definitions, a: str, b: str) -> None:
    assert ask(definitions, f"{a}.combine({b}).count() = {a}.count() + {b}.count()")
    assert same(definitions, f"{a}.combine({b})", f"{b}.combine({a})")


@given(collections)
def test_first_and_tail_are_the_whole(definitions: Definitions, a: str) -> None:
    assert same(definitions, f"{a}.first().combine({a}.tail())", a)
    assert same(definitions, f"{a}.take(2).combine({a}.skip(2))", a)
    assert ask(definitions, f"{a}.skip({a}.count()).empty()")
    assert ask(definitions, f"{a}.take(0).empty() and {a}.take(-1).empty()")
    assert same(definitions, f"{a}.last()", f"{a}.skip({a}.count() - 1)")
    assert same(definitions, f"{a}.skip(-1)", a)
    assert same(definitions, f"{a}.where($index = 1)", f"{a}[1]")


@settings(deadline=None)
@given(collections, collections)
def test_sets_in_sets(definitions: Definitions, a: str, b: str) -> None:
    assert ask(definitions, f"{a}.subsetOf({a} | {b})")
    assert ask(definitions, f"({a} | {b}).supersetOf({b})")
    assert ask(definitions, f"{a}.intersect({b}).subsetOf({a}) and {a}.intersect({b}).subsetOf({b})")
    assert ask(definitions, f"{a}.intersect({b}).isDistinct()")
    assert ask(definitions, f"{a}.exclude({b}).intersect({b}).empty()")
    assert same(definitions, f"{a}.exclude({a})", "{}")
    assert same(definitions, f"{a}.exclude({{}})", a)
    assert ask(definitions, f"{a}.subsetOf({b}) = {b}.supersetOf({a})")


@given(collections, literals)
def test_in_and_contains_are_one_relation(definitions: Definitions, a: str, one: str) -> None:
    inside = ask(definitions, f"{one} in {a}")
    assert inside is ask(definitions, f"{a} contains {one}")
    assert ask(definitions, f"{one} in ({a} | {one})") is True


@given(collections)
def test_projection_and_choice(definitions: Definitions, a: str) -> None:
    assert same(definitions, f"{a}.select($this)", a)
    assert same(definitions, f"{a}.where(true)", a)
    assert same(definitions, f"{a}.where(false)", "{}")
    assert ask(definitions, f"{a}.select($index).count() = {a}.count()")
    assert ask(definitions, f"{a}.aggregate($total + 1, 0) = {a}.count()")
    assert ask(definitions, f"{a}.exists() = {a}.empty().not()")
    assert ask(definitions, f"{a}.all($this.exists())")
    assert ask(definitions, f"{a} ~ {a}")


@given(collections, collections, collections)
def test_equivalence_is_one_of_all_sides(definitions: Definitions, a: str, b: str, c: str) -> None:
    forth, back = ask(definitions, f"{a} ~ {b}"), ask(definitions, f"{b} ~ {a}")
    assert forth is back
    assert forth is not None
    assert ask(definitions, f"{a} !~ {b}") is not forth
    assert ask(definitions, f"{a}.combine({c}) ~ {c}.combine({a})")


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("(5 | 3 | 4).aggregate($this + $total, 2)", [14]),
        ("(5 | 3 | 4).aggregate(iif($total.empty(), $this, iif($this > $total, $this, $total)))", [5]),
        ("('a' | 'b' | 'c').aggregate($total & $this, '')", ["abc"]),
        ("(1 | 2 | 3).aggregate($total.combine($this * 2))", [2, 4, 6]),
        ("name.given.aggregate(iif($index = 0, $this, $total & ' ' & $this))", ["Kari Marie Kaja"]),
        ("(10 | 20 | 30).select($index)", [0, 1, 2]),
        ("(10 | 20 | 30).where($index > 0)", [20, 30]),
        ("name.select(given.where($index = 0))", ["Kari", "Kaja"]),
        (
            "name.select($index.toString() & given.select($index.toString() & $this).join())",
            ["00Kari1Marie", "10Kaja"],
        ),
        ("(1 | 2).select((10 | 20).select($this))", [10, 20, 10, 20]),
        ("name.repeat(given)", ["Kari", "Marie", "Kaja"]),
        ("1.repeat(iif($this < 4, $this + 1, {}))", [2, 3, 4]),
        ("1.repeat(1)", [1]),
        ("(1 | 2).repeat(iif($this < 3, $this + 1))", [2, 3]),
        ("1.repeat({})", []),
        ("name.children().count()", [6]),
        ("name.first().descendants().ofType(FHIR.string).count()", [4]),
        ("name[1].given", ["Kaja"]),
        ("name[2]", []),
        ("name[-1]", []),
        ("name.given[2]", ["Kaja"]),
        ("name.given.last()", ["Kaja"]),
        ("name[0].single().use", ["official"]),
        ("(1 | 1 | 2)", [1, 2]),
        ("(1).combine(1).combine(2)", [1, 1, 2]),
        ("(1).combine(1).distinct()", [1]),
        ("(1 | 2) = (2 | 1)", [False]),
        ("(1 | 2) ~ (2 | 1)", [True]),
        ("(1).combine(1) ~ (1).combine(2)", [False]),
        ("name.given.distinct().count() = name.given.count()", [True]),
        ("(true | false).allTrue()", [False]),
        ("(true | false).anyTrue()", [True]),
        ("true.combine(true).allTrue()", [True]),
        ("false.combine(false).allFalse()", [True]),
        ("(true | false).anyFalse()", [True]),
    ],
)
def test_worked_examples(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found
