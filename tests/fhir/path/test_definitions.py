"""R4's own expressions: its invariants and its search parameters, over its own examples."""

import json
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.json import decode_exact
from fellesjournal.fhir.path import Environment, Item, Path, resolve_locally, root
from fellesjournal.fhir.path.model import model_of
from fellesjournal.fhir.path.stepping import below

WRONG = {
    "que-7": "asks for answer is Boolean, which no element of FHIR is: its type is boolean",
}
"""Invariants that are false for resources they were not meant to refuse, by what is wrong in them."""
MISSPELT = {
    "cid-0": "asks for the name of a ChargeItemDefinition, which has none in R4",
}
"""Invariants that name an element that there is not."""
SAMPLE = (
    "Bundle",
    "CapabilityStatement",
    "Claim",
    "Observation",
    "Patient",
    "Questionnaire",
    "TestScript",
    "ValueSet",
)
LARGEST = 100_000
"""Bytes of an example that is taken."""

Invariants = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def invariants() -> Invariants:
    """Expressions by the path they stand at and their key."""
    found: Invariants = {}
    for file in sorted(FHIR_PACKAGE.glob("StructureDefinition-*.json")):
        definition = json.loads(file.read_bytes())
        if definition.get("derivation") != "constraint" and definition["kind"] != "logical":
            for path, key, text in _constraints(definition):
                found.setdefault(path, {})[key] = text
    return found


def _constraints(definition: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for element in definition.get("snapshot", {}).get("element", ()):
        for constraint in element.get("constraint", ()):
            if "expression" in constraint:
                yield element["path"], constraint["key"], constraint["expression"]


def _examples() -> Iterator[dict[str, Any]]:
    for kind in SAMPLE:
        files = [file for file in FHIR_PACKAGE.glob(f"{kind}-*.json") if _size(file) < LARGEST]
        for file in sorted(files)[:25]:
            yield decode_exact(file.read_bytes())


def _size(file: File) -> int:
    return file.stat().st_size


def test_every_invariant_of_r4_and_its_profiles_compiles() -> None:
    files = FHIR_PACKAGE.glob("StructureDefinition-*.json")
    expressions = {text for file in files for _, _, text in _constraints(json.loads(file.read_bytes()))}
    assert len(expressions) > 200
    for text in expressions:
        Path(text)


def test_every_search_parameter_of_r4_compiles(definitions: Definitions) -> None:
    expressions = {p["expression"] for p in definitions.search_parameters if "expression" in p}
    assert len(expressions) > 900
    for text in expressions:
        Path(text)


def test_invariants_name_elements_that_there_are(invariants: Invariants, definitions: Definitions) -> None:
    misspelt: set[str] = set()
    for path, standing in invariants.items():
        for key, text in standing.items():
            try:
                Path(text).check(path.removesuffix("[x]"), definitions)
            except Invalid:
                misspelt.add(key)
    assert misspelt == MISSPELT.keys()


def test_search_parameters_of_one_type_name_elements_that_there_are(definitions: Definitions) -> None:
    for parameter in definitions.search_parameters:
        if "expression" in parameter and len(parameter.get("base", ())) == 1:
            Path(parameter["expression"]).check(parameter["base"][0], definitions)


def test_invariants_can_be_evaluated_over_the_examples(
    invariants: Invariants, definitions: Definitions
) -> None:
    broken: set[str] = set()
    for tree in _examples():
        whole = root(tree)
        environment = Environment(definitions, whole, resolve_locally)
        for item, path, resource in _elements(whole, whole.type, whole, environment):
            standing = invariants.get(path, {}) | invariants.get(item.path or item.type, {})
            for key, text in standing.items():
                if Path(text).holds(item, environment, {"resource": [resource]}) is False:
                    broken.add(key)
    # What is left are recommendations: narratives (dom-6) and names that are identifiers (…-0).
    assert {key for key in broken if key != "dom-6" and not key.endswith("-0")} <= WRONG.keys()


def test_search_parameters_can_be_evaluated_over_the_examples(definitions: Definitions) -> None:
    for tree in _examples():
        environment = Environment(definitions, root(tree), resolve_locally)
        for parameter in definitions.search_parameters:
            if tree["resourceType"] in parameter.get("base", ()) and "expression" in parameter:
                Path(parameter["expression"]).find(root(tree), environment)


def test_an_invariant_that_is_wrong_in_r4_is_listed_with_the_reason(definitions: Definitions) -> None:
    asked = {
        "resourceType": "Questionnaire",
        "item": [{"enableWhen": [{"operator": "exists", "answerBoolean": True}]}],
    }
    written = Path("item.enableWhen.all(operator = 'exists' implies (answer is Boolean))")
    meant = Path("item.enableWhen.all(operator = 'exists' implies (answer is boolean))")
    environment = Environment(definitions, root(asked), resolve_locally)
    assert written.holds(root(asked), environment) is False
    assert meant.holds(root(asked), environment) is True
    with pytest.raises(Invalid, match="no type 'Bool'"):
        Path("item.enableWhen.answer is Bool").holds(root(asked), environment)


def _elements(
    item: Item, path: str, resource: Item, environment: Environment
) -> Iterator[tuple[Item, str, Item]]:
    """Every element, the path its invariants stand at, and the innermost resource that it is in."""
    yield item, path, resource
    model = model_of(environment.definitions)
    here = item.path if isinstance(item.value, dict) else "Element"
    for name in model.steps[here]:
        for child in below([item], model, name):
            inside = child if model.is_a(child.type, "Resource") else resource
            yield from _elements(child, f"{here}.{name}", inside, environment)
