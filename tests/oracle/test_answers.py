"""The record's answers in SQL are the oracle's: hand-worked, at the edges, and drawn at random."""

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from fellesjournal.errors import Fault
from oracle import coded
from oracle.answers import ask, differences
from oracle.cases import CASES, ORDERED, read
from oracle.conftest import Stored
from oracle.edges import ANSWERED, REFUSED, Edge
from oracle.strategies import Search, searches
from world import region

SEARCHES = 500
OURS = {(resource["resourceType"], resource["id"]) for resource in region.resources()}


def test_the_region_was_stored_whole(stored: Stored) -> None:
    assert set(stored.oracle.resources) >= OURS


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
