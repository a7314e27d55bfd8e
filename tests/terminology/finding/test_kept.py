"""What is kept in the process, and that it never answers for something else."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.finding.kept import Kept
from fellesjournal.terminology.release import Concept
from terminology.finding import shelves as databases
from terminology.finding.shelves import Shelves, load

URL = "urn:example:kept"


@pytest.fixture
def two(postgres: str, template: str) -> Iterator[tuple[Shelves, Shelves]]:
    with databases.opened(postgres, template) as one, databases.opened(postgres, template) as other:
        yield one, other


@given(st.lists(st.tuples(st.integers(0, 9), st.text(min_size=1, max_size=8))))
def test_what_is_kept_weighs_no_more_than_it_may(puts: list[tuple[int, str]]) -> None:
    kept: Kept[str] = Kept(20, len)
    for key, value in puts:
        kept.put(key, value)
        assert kept.weight <= 20
        assert kept.get(key) == value
    there = [one for one in map(kept.get, range(10)) if one is not None]
    assert sum(map(len, there)) == kept.weight


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    kept: Kept[str] = Kept(2, len)
    kept.put(1, "a")
    kept.put(2, "b")
    assert kept.get(1) == "a"
    kept.put(3, "c")
    assert (kept.get(1), kept.get(2), kept.get(3)) == ("a", None, "c")


def test_what_weighs_too_much_is_not_kept() -> None:
    kept: Kept[str] = Kept(2, len)
    kept.put(1, "abc")
    assert kept.get(1) is None
    assert kept.weight == 0


def test_databases_with_the_same_numbers_answer_for_themselves(two: tuple[Shelves, Shelves]) -> None:
    one, other = two
    numbers = one.load(URL, [Concept("1", "Feber")]), other.load(URL, [Concept("2", "Feber, høy")])
    assert numbers[0] == numbers[1]
    for _ in range(2):
        assert one.codes("feber") == ["1"]
        assert other.codes("feber") == ["2"]


def test_a_newer_release_is_found_at_once(two: tuple[Shelves, Shelves]) -> None:
    shelves = two[0]
    shelves.load(URL, [Concept("1", "Feber")], version="1")
    assert shelves.codes("feber") == ["1"]
    shelves.load(URL, [Concept("2", "Feber, høy")], version="2")
    assert shelves.codes("feber") == ["2"]


def test_a_release_that_is_taken_away_is_not_found(two: tuple[Shelves, Shelves]) -> None:
    shelves = two[0]
    number = shelves.load(URL, [Concept("1", "Feber")])
    assert shelves.codes("feber") == ["1"]
    shelves.run(shelves.connection.execute("delete from code_system where number = $1", number))
    assert shelves.codes("feber") == []


def test_a_release_is_found_by_compounds_of_words_that_came_later(two: tuple[Shelves, Shelves]) -> None:
    shelves = two[0]
    shelves.load(URL, [Concept("1", "Zyxwa med qropn")])
    assert shelves.codes("zyxwaqropn") == ["1"], "its own words"
    shelves.load("urn:example:more", [Concept("2", "Gnurf")])
    shelves.load(URL, [Concept("1", "Zyxwa med gnurf")], version="2")
    assert shelves.codes("zyxwagnurf") == ["1"]


def test_what_is_given_may_be_changed_by_who_asked(two: tuple[Shelves, Shelves]) -> None:
    shelves = two[0]
    shelves.run(load(shelves.connection, URL, [Concept("1", "Feber")]))
    shelves.find("feber").clear()
    assert shelves.codes("feber") == ["1"]
