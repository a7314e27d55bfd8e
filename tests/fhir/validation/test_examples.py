"""Every official example passes, but for those that break R4's own rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation import Validator

NO_TEXT = "txt-2: the narrative is a <div> of nothing but spaces"
TARGET = "the definition does not let the element point to this type"
NO_BASE = "SearchParameter.base is required"
LONG_ID = "an id has at most 64 characters"
NO_NAME = "ImplementationGuide.name and status are required; and an id has at most 64 characters"

ABSTRACT = "sdf-4: a structure without a base is abstract; this one says that it is not"
TWICE = "bdl-7: a fullUrl stands more than once (that of de-Quantity.value three times)"

BROKEN: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "ActivityDefinition-blood-tubes-supply": (NO_TEXT, {("ActivityDefinition.text.div", "invariant")}),
    "ActivityDefinition-heart-valve-replacement": (NO_TEXT, {("ActivityDefinition.text.div", "invariant")}),
    "Bundle-dataelements": (TWICE, {("Bundle", "invariant")}),
    "DeviceMetric-example": (TARGET, {("DeviceMetric.parent.reference", "value")}),
    "DeviceUseStatement-example": (TARGET, {("DeviceUseStatement.reasonReference[0].reference", "value")}),
    "EventDefinition-example": (NO_TEXT, {("EventDefinition.text.div", "invariant")}),
    "ImplementationGuide-fhir": (
        NO_NAME,
        {
            ("ImplementationGuide.manifest.resource[11904].reference.reference", "value"),
            ("ImplementationGuide.name", "required"),
            ("ImplementationGuide.status", "required"),
        },
    ),
    "MedicationRequest-medrx0301": (
        TARGET,
        {("MedicationRequest.dispenseRequest.performer.reference", "value")},
    ),
    "Observation-clinical-gender": (TARGET, {("Observation.performer[0].reference", "value")}),
    "Questionnaire-zika-virus-exposure-assessment": (NO_TEXT, {("Questionnaire.text.div", "invariant")}),
    **{
        f"SearchParameter-{kind.lower()}-extensions-{kind}-{name}": (
            NO_BASE,
            {("SearchParameter.base", "required")},
        )
        for kind in ("CodeSystem", "ValueSet")
        for name in ("author", "effective", "end", "keyword", "workflow")
    },
    "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject": (
        LONG_ID,
        {("SearchParameter.id", "value")},
    ),
    **{
        f"StructureDefinition-{name}": (ABSTRACT, {("StructureDefinition", "invariant")})
        for name in ("Definition", "Event", "FiveWs", "Request")
    },
    "ig-r4": (
        NO_NAME,
        {
            ("ImplementationGuide.manifest.resource[11904].reference.reference", "value"),
            ("ImplementationGuide.name", "required"),
            ("ImplementationGuide.status", "required"),
        },
    ),
}
"""File -> the rule it breaks, and where: (expression, issue code)."""

NO_LINK_IDS = "Questionnaire-qs1"
"""Breaks one rule in 32 places: Questionnaire.item.linkId is required."""


def examples() -> Iterator[Path]:
    return (path for path in sorted(FHIR_PACKAGE.glob("*.json")) if path.name != "package.json")


def test_every_official_example(validator: Validator) -> None:
    found = {}
    number = 0
    for path in examples():
        number += 1
        issues = validator.validate(parse(path.read_bytes()).tree)
        if issues:
            found[path.stem] = {(issue.expression, issue.code) for issue in issues}
    assert number == 5306
    del found[NO_LINK_IDS]
    assert found == {name: where for name, (_, where) in BROKEN.items()}


def test_the_items_without_a_link_id(validator: Validator) -> None:
    raw = (FHIR_PACKAGE / f"{NO_LINK_IDS}.json").read_bytes()
    issues = validator.validate(parse(raw).tree)
    assert len(issues) == 32
    assert {issue.code for issue in issues} == {"required"}
    assert all(issue.expression.endswith(".linkId") for issue in issues)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_said_can_be_acted_upon(validator: Validator, name: str) -> None:
    for issue in validator.validate(parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree):
        assert issue.expression
        assert issue.diagnostics.endswith((".", "?"))
