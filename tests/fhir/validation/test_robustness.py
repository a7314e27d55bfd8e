"""Whatever tree comes, the validator answers with issues, not with an exception."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import FHIR_PACKAGE
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation import Validator

NAMES = [
    "Patient-example",
    "Observation-blood-pressure",
    "Bundle-bundle-transaction",
    "Questionnaire-f201",
    "MedicationRequest-medrx0301",
    "Claim-100150",
]

leaves = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**400, "", "x", "#", "#x", "Patient/1", "2020-02-30", "\u00e5"]
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "_id",
                    "url",
                    "resourceType",
                    "contained",
                    "extension",
                    "value",
                    "valueCode",
                    "coding",
                    "reference",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: Any = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@pytest.fixture(scope="module")
def trees() -> list[dict[str, Any]]:
    return [parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree for name in NAMES]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(data=st.data())
def test_a_resource_with_a_part_replaced(
    validator: Validator, trees: list[dict[str, Any]], data: st.DataObject
) -> None:
    tree = copy.deepcopy(data.draw(st.sampled_from(trees)))
    place = data.draw(st.sampled_from(places(tree)[1:]))
    holder: Any = tree
    for step in place[:-1]:
        holder = holder[step]
    action = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "replace":
        holder[place[-1]] = data.draw(values)
    elif action == "remove":
        del holder[place[-1]]
    elif isinstance(holder, dict):
        holder[f"_{place[-1]}"] = data.draw(values)
    else:
        holder.append(data.draw(values))
    for issue in validator.validate(tree):
        assert issue.diagnostics
        assert issue.expression


@settings(deadline=None)
@given(tree=st.dictionaries(st.sampled_from(["resourceType", "id", "contained", "text", "name"]), values))
def test_any_tree(validator: Validator, tree: dict[str, Any]) -> None:
    validator.validate(tree)
    validator.validate({**tree, "resourceType": "Patient"})


def test_the_deepest_tree_that_is_let_in(validator: Validator) -> None:
    depth = 60
    deep = b',"extension":[{"url":"urn:x"' * depth + b',"valueBoolean":true' + b"}]" * depth
    raw = b'{"resourceType":"Basic"' + deep + b"}"
    assert [issue.expression for issue in validator.validate(parse(raw).tree)] == ["Basic.code"]
    items = b'"item":[{' * depth + b'"linkId":7' + b"}]" * depth
    raw = b'{"resourceType":"Questionnaire","status":"draft",' + items + b"}"
    assert len(validator.validate(parse(raw).tree)) > depth
