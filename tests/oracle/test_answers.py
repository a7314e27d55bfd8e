"""The record's answers in SQL are the oracle's: hand-worked, at the edges, and drawn at random."""

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from fellesjournal.errors import Fault
from oracle import coded, named
from oracle.answers import ask, differences
from oracle.cases import CASES, ORDERED, read
from oracle.conftest import Stored
from oracle.edges import ANSWERED, REFUSED, Edge
from oracle.strategies import Search, searches
from world import region

SEARCHES = 500
GENDERS = [named.GENDER, "urn:oid:2.16.840.1.113883.4.642.4.2"]


def test_our_resources_were_stored_whole(stored: Stored) -> None:
    ours = [*region.resources(), *coded.resources(), *named.resources()]
    assert set(stored.oracle.resources) >= {(one["resourceType"], one["id"]) for one in ours}


@pytest.mark.parametrize("search", [search for search, _ in CASES + ORDERED])
def test_hand_worked_searches(stored: Stored, search: str) -> None:
    type_, parameters = read(search)
    assert _differences(stored, Search(type_, tuple(parameters))) == []


@pytest.mark.parametrize("way", ["below", "above", "in", "not-in"])
def test_every_code_and_value_set_of_a_stored_code_system(stored: Stored, way: str) -> None:
    values = coded.VALUE_SETS if way.endswith("in") else coded.CODES
    for value in values:
        for name in (f"code:{way}", f"_has:Condition:patient:code:{way}"):
            search = Search("Patient" if name.startswith("_has") else "Condition", ((name, value),))
            assert _differences(stored, search) == [], value


@pytest.mark.parametrize("way", ["", ":not", ":below", ":above", ":in", ":not-in"])
def test_every_name_of_a_code_system_finds_what_is_stored_under_any(stored: Stored, way: str) -> None:
    values = named.VALUE_SETS if "in" in way else named.CODES if way in (":below", ":above") else named.TOKENS
    for value in values:
        for search in (
            Search("Condition", ((f"code{way}", value),)),
            Search("Observation", ((f"combo-value-concept{way}", value),)),
            Search("Patient", ((f"_has:Condition:patient:code{way}", value),)),
            Search(None, (("_type", "Condition,Basic"), (f"_tag{way}", value))),
        ):
            assert _differences(stored, search) == [], search


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("code-value-concept", [*named.CODES, "mint", "|mint", "urn:x|mint"]),
        ("combo-code-value-concept", named.CODES),
        ("code-value-quantity", ["5", "gt0.001|http://unitsofmeasure.org|kg", "ne5"]),
        ("component-code-value-quantity", ["le5000|http://unitsofmeasure.org|mg"]),
        ("code-value-string", ["fersk"]),
        ("code-value-date", ["2026", "gt2020-01"]),
    ],
)
def test_composites_take_either_name_in_each_of_their_parts(
    stored: Stored, code: str, values: list[str]
) -> None:
    for token in named.TOKENS:
        for value in values:
            search = Search("Observation", ((code, f"{token}${value}"),))
            assert _differences(stored, search) == [], search


@pytest.mark.parametrize("value", [f"{token}|{token.rpartition('|')[2]}" for token in named.CODES])
def test_the_type_of_an_identifier_goes_by_either_name(stored: Stored, value: str) -> None:
    search = Search("Basic", (("identifier:of-type", value),))
    assert _differences(stored, search) == []
    assert (
        stored.oracle.answer("Basic", list(search.parameters)).matches or "herb" in value or "dill" in value
    )


@pytest.mark.parametrize("parameter", ["identifier", "subject:identifier"])
def test_the_system_of_an_identifier_stands_for_itself_alone(stored: Stored, parameter: str) -> None:
    for token in named.TOKENS:
        assert _differences(stored, Search("Basic", ((parameter, token),))) == [], token


@pytest.mark.parametrize("gender", [f"{name}|{code}" for name in GENDERS for code in ("female", "other", "")])
@pytest.mark.parametrize("way", ["", ":not"])
def test_a_code_system_that_an_element_implies_goes_by_either_name(
    stored: Stored, gender: str, way: str
) -> None:
    assert _differences(stored, Search("Patient", ((f"gender{way}", gender),))) == []


@pytest.mark.parametrize("edge", [edge for edge, _ in ANSWERED], ids=str)
def test_searches_at_the_edge_are_answered(stored: Stored, edge: Edge) -> None:
    type_, parameters = edge
    assert _differences(stored, Search(type_, tuple(parameters))) == []


@pytest.mark.parametrize(("why", "edge"), REFUSED, ids=[f"{why}: {edge[1]}" for why, edge in REFUSED])
def test_searches_beyond_the_edge_are_refused(stored: Stored, why: str, edge: Edge) -> None:
    type_, parameters = edge
    with pytest.raises(Fault) as refusal:
        stored.door.run(stored.door.search(type_, parameters, None))
    assert all(issue.diagnostics for issue in refusal.value.issues), why


@pytest.mark.parametrize("down", ["", "-"])
def test_every_order_by_one_reference(stored: Stored, down: str) -> None:
    vocabulary = stored.vocabulary
    kinds = vocabulary.oracle.definitions.parameters
    for type_, code in vocabulary.values:
        if kinds[type_][code].kind == "reference":
            search = Search(type_, (("_count", "200"), ("_sort", down + code)))
            assert _differences(stored, search) == [], search


@settings(max_examples=SEARCHES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_searches_drawn_at_random(stored: Stored, data: st.DataObject) -> None:
    search = data.draw(searches(stored.vocabulary))
    found = _differences(stored, search)
    note(str(found))
    assert found == []


def _differences(stored: Stored, search: Search) -> list[str]:
    answered = stored.door.run(ask(search, stored.door.search))
    return differences(search, answered, stored.oracle)
