"""Where a resource has codes with a system."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fellesjournal.fhir.codings import Placed, codings, named
from fellesjournal.fhir.definitions import Definitions

A = {"system": "http://a.no", "code": "x"}


def places(definitions: Definitions, tree: Any) -> list[str]:
    return [one.expression for one in codings(definitions, tree)]


def test_every_kind_of_place_is_found_in_order(definitions: Definitions) -> None:
    tree = {
        "resourceType": "Observation",
        "meta": {"tag": [A]},
        "contained": [{"resourceType": "Medication", "code": {"coding": [A]}}],
        "extension": [{"url": "http://x.no", "valueCoding": A}],
        "code": {"coding": [{"code": "only"}, A]},
        "valueQuantity": {"value": 1} | A,
        "component": [{"code": {"text": "x"}}, {"valueCodeableConcept": {"coding": [A]}}],
    }
    assert places(definitions, tree) == [
        "Observation.meta.tag[0]",
        "Observation.contained[0].code.coding[0]",
        "Observation.extension[0].value.ofType(Coding)",
        "Observation.code.coding[1]",
        "Observation.value.ofType(Quantity)",
        "Observation.component[1].value.ofType(CodeableConcept).coding[0]",
    ]


def test_resources_of_a_bundle_and_of_parameters_are_looked_into(definitions: Definitions) -> None:
    inner = {"resourceType": "Condition", "code": {"coding": [A]}, "onsetAge": A}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": inner}, {"resource": inner}]}
    assert places(definitions, bundle)[2:] == [
        "Bundle.entry[1].resource.code.coding[0]",
        "Bundle.entry[1].resource.onset.ofType(Age)",
    ]
    parameters = {"resourceType": "Parameters", "parameter": [{"name": "x", "part": [{"resource": inner}]}]}
    assert places(definitions, parameters)[0] == "Parameters.parameter[0].part[0].resource.code.coding[0]"


def test_the_version_comes_with_the_code(definitions: Definitions) -> None:
    tree = {"resourceType": "Basic", "code": {"coding": [A | {"version": "2"}]}}
    assert list(codings(definitions, tree)) == [Placed("Basic.code.coding[0]", "http://a.no", "2", "x")]


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        {},
        {"resourceType": 1},
        {"resourceType": "Nothing", "code": {"coding": [A]}},
        {"resourceType": "Basic", "code": "x"},
        {"resourceType": "Basic", "code": {"coding": A, "other": [A]}, "subject": [A]},
        {"resourceType": "Basic", "code": {"coding": [{"system": 1, "code": []}, None, 7]}},
        {"resourceType": "Basic", "contained": [None, {"code": {"coding": [A]}}]},
    ],
)
def test_what_is_faulty_is_passed_over(definitions: Definitions, tree: Any) -> None:
    assert places(definitions, tree) in ([], ["Basic.code.coding"])


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "coding", "system", "extension", "contained"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(["code", "meta", "contained", "extension"]), _JSON))
def test_no_tree_is_too_odd(definitions: Definitions, members: dict[str, Any]) -> None:
    for one in codings(definitions, {"resourceType": "Basic"} | members):
        assert one.system
        assert one.code


def test_the_codes_that_a_value_set_lists_come_with_their_rule() -> None:
    rule = {"system": "http://a.no", "version": "2", "concept": [{"code": "x", "display": "X"}, {}, 1]}
    tree = {"compose": {"include": [{"valueSet": ["http://v.no"]}, rule], "exclude": [rule]}}
    where = ("ValueSet.compose.include[1]", "ValueSet.compose.exclude[0]")
    assert list(named(tree)) == [
        Placed(f"{place}.concept[0]", "http://a.no", "2", "x", rule=place) for place in where
    ]
    faulty: Any
    for faulty in (None, {}, {"compose": 1}, {"compose": {"include": {}}}, {"compose": {"include": [1]}}):
        assert list(named(faulty)) == []
