"""The bench's own right answers, on resources small enough to see through."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bench.answers import READERS, RULES, answers, span
from bench.search import Searches
from bench.shapes import Query, Shape, shapes

from bench import seed, synthea

STATED_KILOBYTES = {
    "Patient": 4.7,
    "Location": 0.8,
    "Organization": 0.8,
    "Practitioner": 1.0,
    "Encounter": 1.9,
    "Observation": 1.1,
    "MedicationRequest": 0.8,
    "Claim": 1.4,
    "ExplanationOfBenefit": 7.8,
}


def pressure(id: str, systolic: float) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}
    return {
        "resourceType": "Observation",
        "id": id,
        "code": {"coding": [{"system": "http://loinc.org", "code": "55284-4"}]},
        "effectiveDateTime": "2020-05-04T12:00:00+02:00",
        "component": [{"code": code, "valueQuantity": {"value": systolic}}],
    }


def found(shape: Shape, trees: list[dict[str, Any]]) -> list[list[str]]:
    """The ids that each query of the shape finds."""
    made = answers(trees, [shape])
    return [[tree["id"] for tree in trees if made.has(query, tree["id"])] for query in shape.queries]


def test_a_composite_needs_both_parts_in_one_component() -> None:
    name = "component-code-value-quantity"
    shape = Shape(
        "Observation", name, "composite", ("8480-6$gt140", "http://loinc.org|8480-6$120", "x|8480-6$gt0")
    )
    trees = [pressure("0a", 150), pressure("0b", 120.4), pressure("0c", 140)]
    assert found(shape, trees) == [["0a"], ["0b"], []]


def test_a_date_prefix_compares_ranges() -> None:
    shape = Shape(
        "Observation", "date", "date", ("2020-05-04T10:00:00Z",), prefixes=("", "lt", "ge", "sa", "eb")
    )
    assert found(shape, [pressure("0a", 1)]) == [["0a"], [], ["0a"], [], []]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2020", datetime(2019, 12, 31, 23, tzinfo=UTC), datetime(2020, 12, 31, 23, tzinfo=UTC)),
        ("2020-07", datetime(2020, 6, 30, 22, tzinfo=UTC), datetime(2020, 7, 31, 22, tzinfo=UTC)),
        ("2020-12-31", datetime(2020, 12, 30, 23, tzinfo=UTC), datetime(2020, 12, 31, 23, tzinfo=UTC)),
        ("2020-01-01T00:00:00Z", datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_partial_dates_are_spans_of_norwegian_time(written: str, low: datetime, high: datetime) -> None:
    assert span(written) == (low, high)


def test_there_are_24_shapes_and_each_can_be_answered() -> None:
    ids = {type: [f"{n}" for n in range(20)] for type in ("Patient", "Encounter", "Practitioner")}
    made = shapes(ids)
    assert len(made) == 24
    assert all(shape.name in READERS and shape.family in RULES for shape in made)
    assert len({query for shape in made for query in shape.queries}) == sum(
        len(shape.queries) for shape in made
    )


def test_a_page_with_a_wrong_or_missing_resource_is_noticed() -> None:
    shape = Shape("Observation", "component-value-quantity", "quantity", ("140",), prefixes=("gt",))
    trees = [pressure("0a", 150), pressure("0b", 120), pressure("0c", 160)]
    searches = Searches((shape,), answers(trees, [shape]))
    [query] = shape.queries
    assert searches.wrong_page(shape, query, ["0a", "0c"]) == []
    assert searches.wrong_page(shape, query, ["0a", "0b"]) == ["0b does not match"]
    assert len(searches.wrong_page(shape, query, ["0a"])) == 1
    assert "twice" in searches.wrong_page(shape, query, ["0a", "0a"])[0]


def test_a_query_is_written_with_its_separators() -> None:
    query = Query("Observation", "code", "", "", "http://loinc.org|1,2$gt3")
    assert query.path("/fhir", "_count=20") == "/fhir/Observation?code=http://loinc.org%7C1,2$gt3&_count=20"


def test_the_copies_of_the_set_never_meet_and_lead_back() -> None:
    text = b'{"id":"0a5f7f6e-0f3b-4c53-9b3c-2f6d6f1a9f10","code":"29463-7"}'
    copies = [synthea.renamed(text, copy) for copy in range(16)]
    assert len(set(copies)) == 16
    assert all(synthea.renamed(other, copy) == text for copy, other in enumerate(copies))
    assert all(other.endswith(b'"code":"29463-7"}') for other in copies)


@pytest.mark.parametrize("type", seed.ORDER)
def test_the_seed_is_about_as_large_as_the_published_one_and_changes(type: str) -> None:
    size = (Path(seed.__file__).with_name("seed") / f"{type}.json").stat().st_size / 1000
    assert size == pytest.approx(STATED_KILOBYTES[type], rel=0.15)
    tree = seed.fresh(type, {name: {"id": "x1"} for name in seed.ORDER})
    before = msgspec.json.encode(tree)
    assert b"to-be-set" not in before
    seed.change(tree)
    assert msgspec.json.encode(tree) != before
