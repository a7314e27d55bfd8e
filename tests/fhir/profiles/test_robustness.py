"""Whatever resource or definition comes, there is an answer."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import FHIR_PACKAGE
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.profiles import Library
from fellesjournal.fhir.validation import Validator
from fhir.profiles.samples import CORE, URL, element, patient, profile, typed
from fhir.validation.test_robustness import places, values

PROFILES = ("bp", "vitalsigns", "hlaresult", "shareablevalueset", "picoelement", "clinicaldocument")
DECLARING = (
    "Observation-blood-pressure",
    "Patient-example",
    "DiagnosticReport-f201",
    "ValueSet-abstract-types",
    "Composition-example",
)


def read(name: str) -> dict[str, Any]:
    return parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree


def changed(tree: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """The tree with one part replaced or taken away."""
    tree = copy.deepcopy(tree)
    place = data.draw(st.sampled_from(places(tree)[1:]))
    holder: Any = tree
    for step in place[:-1]:
        holder = holder[step]
    if data.draw(st.booleans()):
        holder[place[-1]] = data.draw(values)
    else:
        del holder[place[-1]]
    return tree


@pytest.fixture(scope="module")
def validator(definitions: Definitions) -> Validator:
    return Validator(definitions)


@pytest.fixture(scope="module")
def trees() -> list[dict[str, Any]]:
    return [read(name) for name in DECLARING]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(data=st.data())
def test_a_resource_with_a_part_changed(
    validator: Validator, trees: list[dict[str, Any]], data: st.DataObject
) -> None:
    tree = changed(data.draw(st.sampled_from(trees)), data)
    for issue in validator.review(tree, [CORE + name for name in PROFILES]):
        assert issue.diagnostics


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(data=st.data())
def test_a_definition_with_a_part_changed(
    definitions: Definitions, trees: list[dict[str, Any]], data: st.DataObject
) -> None:
    structure = definitions.structure(CORE + data.draw(st.sampled_from(PROFILES)))
    assert structure is not None
    library = Library(definitions, [definitions.structure])
    with suppress(Invalid):
        made = library.compiled(changed(structure, data))
        for tree in trees:
            made.faults(tree, Local(tree, tree))


def test_a_profile_that_is_based_on_itself(definitions: Definitions) -> None:
    ours = profile("Patient", base=URL + "prove")
    with pytest.raises(Invalid, match="based on itself"):
        Library(definitions, [{ours["url"]: ours}.get]).profile(ours["url"])


def test_a_profile_based_on_one_that_is_not_there(definitions: Definitions) -> None:
    ours = profile("Patient", base=URL + "nowhere")
    with pytest.raises(Invalid, match="nowhere, which is not known here"):
        Library(definitions, [{ours["url"]: ours}.get]).profile(ours["url"])


def test_a_profile_of_something_that_is_not_in_r4(definitions: Definitions) -> None:
    with pytest.raises(Invalid, match="no type of FHIR R4"):
        Library(definitions, []).compiled(profile("Nothing"))


def test_a_value_that_is_to_keep_the_profile_it_is_part_of(definitions: Definitions) -> None:
    ours = profile(
        "Patient", {"id": "Patient", "path": "Patient", "type": typed("Patient", profile=[URL + "prove"])}
    )
    made = Library(definitions, [{ours["url"]: ours}.get]).profile(ours["url"])
    assert made is not None
    resource = patient()
    assert [
        each for each in made.faults(resource, Local(resource, resource)) or () if each.severity == "error"
    ] == []


def test_names_that_are_not_in_the_type_are_passed_over(definitions: Definitions) -> None:
    made = Library(definitions, []).compiled(profile("Patient", element("Patient.nothing.below", min=1)))
    resource = patient()
    assert made.faults(resource, Local(resource, resource)) is None
