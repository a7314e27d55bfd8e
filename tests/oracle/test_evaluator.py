"""The oracle's answers over the fictional region, each worked out by hand."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pytest

from oracle.cases import CASES, ORDERED, read
from oracle.evaluator import Oracle, RefusedError
from world import region

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def oracle() -> Oracle:
    return Oracle(region.resources(), NOW)


def found(search: str, compartment: Any = None) -> list[str]:
    return [id_ for _, id_ in oracle().answer(*read(search), compartment).matches]


@pytest.mark.parametrize(("search", "ids"), CASES, ids=[case[0] for case in CASES])
def test_found(search: str, ids: str) -> None:
    assert sorted(found(search)) == sorted(ids.split())


@pytest.mark.parametrize(("search", "ids"), ORDERED)
def test_order(search: str, ids: str) -> None:
    assert found(search)[: len(ids.split())] == ids.split()


def test_compartments() -> None:
    assert set(found("Encounter", ("Patient", "anna"))) == {"anna-inn", "anna-pol"}
    assert set(found("Group", ("Patient", "per"))) == {"vakt"}
    assert found("Organization", ("Patient", "anna")) == []
    assert set(found("Condition?code=13645005", ("Encounter", "anna-inn"))) == {"anna-kols"}


def included(ids: str, *parameters: tuple[str, str]) -> set[str]:
    page = [(type_, id_) for type_, _, id_ in (key.partition("/") for key in ids.split())]
    return {"/".join(key) for key in oracle().included(page, list(parameters))}


def test_includes() -> None:
    kols = "Condition/anna-kols"
    assert included(kols, ("_include", "Condition:subject")) == {"Patient/anna"}
    assert included(kols, ("_include", "Condition:subject:Group")) == set()
    assert included(kols, ("_include", "*")) == {"Patient/anna", "Encounter/anna-inn"}
    assert included(kols, ("_include", "Condition:encounter"), ("_include", "Encounter:location")) == {
        "Encounter/anna-inn"
    }
    rooms = ("_include:iterate", "Location:partof")
    assert included("Location/rom-312", rooms) == {"Location/sengepost-3", "Location/bygg-a"}
    assert included("Location/rom-312", ("_include", "Location:partof")) == {"Location/sengepost-3"}
    assert included("Patient/anna", ("_include:iterate", "Patient:link")) == {"Patient/anna-gammel"}
    assert included("Medication/paracet", ("_revinclude", "MedicationRequest:medication")) == {
        "MedicationRequest/anna-paracet"
    }


def test_what_r4_does_not_have_is_refused() -> None:
    with pytest.raises(RefusedError):
        found("Patient?colour=blue")
    with pytest.raises(RefusedError):
        found("Observation?code-value-quantity=1")
