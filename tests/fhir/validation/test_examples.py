"""Every official example passes, but for those that break R4's own rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation import MAX_ISSUES, Validator

NO_TEXT = "txt-2: the narrative is a <div> of nothing but spaces"
TARGET = "the definition does not let the element point to this type"
NO_BASE = "SearchParameter.base is required"
LONG_ID = "an id has at most 64 characters"
NO_NAME = "ImplementationGuide.name and status are required; and an id has at most 64 characters"

ABSTRACT = "sdf-4: a structure without a base is abstract; this one says that it is not"
ADDRESS = "a fullUrl is not the address of its resource"
MODIFIER = "modifier extensions that nobody has defined"
TWICE = "bdl-7: a fullUrl stands more than once (that of de-Quantity.value three times)"

BROKEN: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "ActivityDefinition-blood-tubes-supply": (NO_TEXT, {("ActivityDefinition.text.div", "invariant")}),
    "ActivityDefinition-heart-valve-replacement": (NO_TEXT, {("ActivityDefinition.text.div", "invariant")}),
    "Basic-referral": (
        MODIFIER,
        {(f"Basic.modifierExtension[{number}].url", "extension") for number in range(3)},
    ),
    "Bundle-dataelements": (TWICE, {("Bundle", "invariant")}),
    "Bundle-10bb101f-a121-4264-a920-67be9cb82c74": (ADDRESS, {("Bundle.entry[2].fullUrl", "value")}),
    "Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe": (ADDRESS, {("Bundle.entry[3].fullUrl", "value")}),
    "Bundle-lri-example": (
        ADDRESS,
        {(f"Bundle.entry[{number}].fullUrl", "value") for number in range(1, 17)},
    ),
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

MANY: dict[str, tuple[str, str, int]] = {
    "Bundle-valueset-expansions": (
        "the extension translation is for strings and codes, and stands beside them",
        "extension",
        3139,
    ),
    "Bundle-valuesets": ("valueset-concept-comments is for value sets", "extension", 14),
    "CodeSystem-dicom-dcim": ("valueset-concept-comments is for value sets", "extension", 14),
    "Questionnaire-qs1": ("Questionnaire.item.linkId is required", "required", 32),
}
"""File -> the one rule it breaks, the code of the issue, and how often."""


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
    for name in MANY:
        del found[name]
    assert found == {name: where for name, (_, where) in BROKEN.items()}


@pytest.mark.parametrize("name", sorted(MANY))
def test_one_rule_broken_many_times(validator: Validator, name: str) -> None:
    _, code, number = MANY[name]
    issues = validator.validate(parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree)
    listed = issues[:MAX_ISSUES]
    assert {issue.code for issue in listed} == {code}
    more = int(issues[-1].diagnostics.partition(" ")[0]) if len(issues) > MAX_ISSUES else 0
    assert len(listed) + more == number


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_said_can_be_acted_upon(validator: Validator, name: str) -> None:
    for issue in validator.validate(parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree):
        assert issue.expression
        assert issue.diagnostics.endswith((".", "?"))
