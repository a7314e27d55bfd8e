"""What a release is found by."""

from collections.abc import Sequence

import pytest

from fellesjournal.errors import NotFound
from fellesjournal.terminology.finding import index
from fellesjournal.terminology.release import Concept, Designation
from terminology.finding.shelves import Shelves

SYSTEM = "urn:example:indexing"
CONCEPTS = [
    Concept("1", "Brudd i ankel, kronisk og lenge varende"),
    Concept("2", "Ankelbrudd", designations=(Designation("en", "synonym", "Ankle fracture"),)),
    Concept("3", "Brudd", designations=(Designation("nb", "synonym", "Fraktur"),)),
    Concept("4", "Br", active=False),
]


def rows(shelves: Shelves, query: str, *values: object) -> Sequence[Sequence[object]]:
    found: Sequence[Sequence[object]] = shelves.run(shelves.connection.fetch(query, *values))
    return found


def test_a_release_has_a_shelf_for_each_language_with_its_entries_in_order(shelves: Shelves) -> None:
    number = shelves.load(SYSTEM, CONCEPTS)
    counted = rows(
        shelves, "select language, main, entries, active from code_text where system = $1 order by 1", number
    )
    assert [tuple(row) for row in counted] == [("en", False, 1, 1), ("nb", True, 4, 3)]
    order = rows(
        shelves,
        "select e.concept from code_text_entry e join code_text t on t.number = e.shelf"
        " where t.system = $1 and t.main order by e.place",
        number,
    )
    assert [row[0] for row in order] == [3, 2, 1, 4], "active and short first"


def test_indexing_anew_changes_nothing(shelves: Shelves) -> None:
    number = shelves.load(SYSTEM, CONCEPTS, version="again")

    def words() -> list[tuple[object, ...]]:
        query = (
            "select w.word, t.language, w.whole, w.shown, w.beside from code_text_word w"
            " join code_text t on t.number = w.shelf where t.system = $1 order by 1, 2"
        )
        return [tuple(row) for row in rows(shelves, query, number)]

    before = words()
    assert shelves.run(index(shelves.connection, number)) == 5
    assert words() == before


def test_a_release_that_goes_takes_what_it_was_found_by_along(shelves: Shelves) -> None:
    number = shelves.load("urn:example:gone", [Concept("1", "Forsvinnende ord")])
    assert shelves.codes("forsvinnende") == ["1"]
    shelves.run(shelves.connection.execute("delete from code_system where number = $1", number))
    assert shelves.codes("forsvinnende") == []
    assert rows(shelves, "select from code_text_word where word = 'forsvinnende'") == []


def test_a_parent_comes_before_a_text_of_the_same_length(shelves: Shelves) -> None:
    concepts = [Concept("1", "Varme A"), Concept("2", "Varme B"), Concept("3", "Underlig", parents=("2",))]
    shelves.load("urn:example:parents", concepts)
    number = rows(shelves, "select number from code_system where url = 'urn:example:parents'")[0][0]
    order = rows(
        shelves,
        "select e.concept from code_text_entry e join code_text t on t.number = e.shelf"
        " where t.system = $1 order by e.place",
        number,
    )
    assert [row[0] for row in order] == [2, 1, 3]


def test_an_empty_release_is_no_fault(shelves: Shelves) -> None:
    shelves.load("urn:example:empty", [])
    assert shelves.codes("noe", systems=["urn:example:empty"]) == []


def test_a_named_release_that_was_never_indexed_is_told_of(shelves: Shelves) -> None:
    number = shelves.load("urn:example:unindexed", [Concept("1", "Uten hylle")])
    shelves.run(shelves.connection.execute("delete from code_text where system = $1", number))
    with pytest.raises(NotFound, match="unindexed 1 was loaded without being made searchable"):
        shelves.find("hylle", systems=["urn:example:unindexed"])
    assert shelves.codes("hylle") == []
