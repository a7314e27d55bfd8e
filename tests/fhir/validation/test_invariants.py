"""Constraints as they are met in resources: one that keeps each rule, one that breaks it."""

from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.fhir.validation import Validator
from fhir.validation.samples import CODE, OTHER_CODE, basic, observation, patient

EMPTY_ENTRY: dict[str, Any] = {"request": {"method": "GET", "url": "Patient/1"}}
UCUM = "http://unitsofmeasure.org"
VALUE = {"value": 1, "unit": "mg", "system": UCUM, "code": "mg"}


def condition(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Condition", "subject": {"reference": "Patient/1"}, **members}


def bundle(kind: str, *entries: Any, **members: Any) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": kind,
        **({"entry": list(entries)} if entries else {}),
        **members,
    }


def status(name: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/condition-{name}", "code": code}]}


def questionnaire(*items: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "status": "draft", "item": list(items)}


def code_system(*concepts: Any) -> dict[str, Any]:
    return {"resourceType": "CodeSystem", "status": "draft", "content": "complete", "concept": list(concepts)}


def encounter(**period: str) -> dict[str, Any]:
    kind = {"code": "AMB", "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode"}
    return {"resourceType": "Encounter", "status": "finished", "class": kind, "period": period}


def ranged(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    return observation(valueRange={"low": low, "high": high})


RULES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    (
        "per-1",
        encounter(start="2020-01-01", end="2020"),
        encounter(start="2021", end="2020-12-31"),
        ".period",
    ),
    (
        "qty-3",
        observation(valueQuantity=VALUE),
        observation(valueQuantity={"value": 1, "code": "mg"}),
        ".value",
    ),
    ("rng-2", ranged(VALUE, VALUE | {"value": 2}), ranged(VALUE | {"value": 2}, VALUE), ".value"),
    ("sqty-1", ranged(VALUE, VALUE), ranged(VALUE | {"comparator": "<"}, VALUE), ".value"),
    (
        "pat-1",
        patient(contact=[{"name": {"text": "X"}}]),
        patient(contact=[{"gender": "male"}]),
        ".contact[0]",
    ),
    (
        "obs-6",
        observation(dataAbsentReason=CODE),
        observation(dataAbsentReason=CODE, valueString="x"),
        "",
    ),
    (
        "obs-7",
        observation(valueString="x", component=[{"code": OTHER_CODE}]),
        observation(valueString="x", component=[{"code": CODE}]),
        "",
    ),
    (
        "obs-3",
        observation(referenceRange=[{"text": "x"}]),
        observation(referenceRange=[{"age": {"low": VALUE}}]),
        "",
    ),
    (
        "con-4",
        condition(clinicalStatus=status("clinical", "resolved"), abatementString="x"),
        condition(clinicalStatus=status("clinical", "active"), abatementString="x"),
        "",
    ),
    (
        "con-5",
        condition(verificationStatus=status("ver-status", "entered-in-error")),
        condition(
            verificationStatus=status("ver-status", "entered-in-error"),
            clinicalStatus=status("clinical", "active"),
        ),
        "",
    ),
    (
        "cpt-2",
        patient(telecom=[{"system": "phone", "value": "1"}]),
        patient(telecom=[{"value": "1"}]),
        ".telecom[0]",
    ),
    (
        "org-1",
        {"resourceType": "Organization", "identifier": [{"value": "1"}]},
        {"resourceType": "Organization", "active": True},
        "",
    ),
    (
        "org-3",
        {
            "resourceType": "Organization",
            "name": "X",
            "telecom": [{"use": "work", "value": "1", "system": "fax"}],
        },
        {
            "resourceType": "Organization",
            "name": "X",
            "telecom": [{"use": "home", "value": "1", "system": "fax"}],
        },
        ".telecom[0]",
    ),
    ("bdl-1", bundle("searchset", total=0), bundle("collection", total=0), ""),
    ("bdl-3", bundle("batch", EMPTY_ENTRY), bundle("collection", EMPTY_ENTRY), ""),
    (
        "bdl-5",
        bundle("collection", {"resource": patient()}),
        bundle("collection", {"fullUrl": "urn:oid:1.2"}),
        "",
    ),
    (
        "bdl-7",
        bundle("collection", *({"fullUrl": f"urn:oid:1.{n}", "resource": patient()} for n in "12")),
        bundle("collection", *({"fullUrl": "urn:oid:1.2", "resource": patient()} for _ in "12")),
        "",
    ),
    (
        "bdl-8",
        bundle("collection", {"fullUrl": "http://x.no/Patient/1", "resource": patient(id="1")}),
        bundle("collection", {"fullUrl": "http://x.no/Patient/1/_history/1", "resource": patient(id="1")}),
        ".entry[0]",
    ),
    (
        "que-2",
        questionnaire({"linkId": "1", "type": "group", "item": [{"linkId": "2", "type": "string"}]}),
        questionnaire({"linkId": "1", "type": "group", "item": [{"linkId": "1", "type": "string"}]}),
        "",
    ),
    (
        "que-1",
        questionnaire({"linkId": "1", "type": "display"}),
        questionnaire({"linkId": "1", "type": "group"}),
        ".item[0]",
    ),
    (
        "que-7",
        questionnaire(
            {
                "linkId": "1",
                "type": "string",
                "enableWhen": [{"question": "2", "operator": "exists", "answerBoolean": True}],
            }
        ),
        questionnaire(
            {
                "linkId": "1",
                "type": "string",
                "enableWhen": [{"question": "2", "operator": "exists", "answerString": "x"}],
            }
        ),
        ".item[0].enableWhen[0]",
    ),
    (
        "csd-1",
        code_system({"code": "a", "concept": [{"code": "b"}]}),
        code_system({"code": "a", "concept": [{"code": "a"}]}),
        "",
    ),
    (
        "cnt-3",
        basic(extension=[{"url": "urn:x", "valueCount": {"value": 3, "system": UCUM, "code": "1"}}]),
        basic(extension=[{"url": "urn:x", "valueCount": {"value": 3.5, "system": UCUM, "code": "1"}}]),
        ".extension[0].value",
    ),
]


@pytest.mark.parametrize(("key", "sound", "broken", "place"), RULES, ids=[rule[0] for rule in RULES])
def test_a_rule_kept_and_broken(
    validator: Validator, key: str, sound: dict[str, Any], broken: dict[str, Any], place: str
) -> None:
    assert validator.validate(sound) == []
    issues = [issue for issue in validator.validate(broken) if issue.diagnostics.startswith(f"{key}: ")]
    assert [(issue.code, issue.severity) for issue in issues] == [("invariant", "error")]
    assert issues[0].expression.startswith(broken["resourceType"] + place)


def test_an_invariant_is_asked_of_what_has_other_faults_too(validator: Validator) -> None:
    issues = validator.validate(observation(dataAbsentReason=CODE, valueString="x", statsu="x"))
    assert {issue.expression for issue in issues} == {"Observation.statsu", "Observation"}


def test_warnings_are_said_only_when_they_are_asked_for(validator: Validator) -> None:
    named = {"resourceType": "ValueSet", "status": "draft", "name": "no name"}
    assert validator.validate(named) == []
    found = [(issue.severity, issue.diagnostics[:5]) for issue in validator.review(named)]
    assert found == [("warning", "vsd-0"), ("warning", "dom-6")]


def test_errors_come_before_warnings(validator: Validator) -> None:
    issues = validator.review(patient(contact=[{"gender": "male"}], gender="x"))
    assert [issue.severity for issue in issues] == ["error", "error", "warning"]


def test_a_resource_that_cannot_have_a_narrative_needs_none(validator: Validator) -> None:
    assert validator.review({"resourceType": "Binary", "contentType": "text/plain"}) == []


@pytest.mark.parametrize(
    ("rule", "meta"),
    [
        ("dom-4", {"versionId": "1"}),
        ("dom-4", {"lastUpdated": "2020-01-01T00:00:00Z"}),
        ("dom-5", {"security": [{"code": "R"}]}),
    ],
)
def test_a_contained_resource_has_no_life_of_its_own(
    validator: Validator, rule: str, meta: dict[str, Any]
) -> None:
    resource = observation(subject={"reference": "#p"}, contained=[patient(id="p", meta=meta)])
    [issue] = validator.validate(resource)
    assert issue.diagnostics.startswith(rule)
    assert issue.expression.startswith("Observation.contained[0].meta.")


LEAF = {"url": "urn:x", "valueBoolean": True}
ABSENT = {"extension": [{"url": "urn:why", "valueCode": "unknown"}]}


@pytest.mark.parametrize(
    "extension",
    [LEAF, {"url": "urn:x", "_valueBoolean": ABSENT}, {"url": "urn:x", "extension": [LEAF], "id": "a"}],
)
def test_an_extension_holds_a_value_or_extensions(validator: Validator, extension: dict[str, Any]) -> None:
    assert validator.validate(patient(extension=[extension])) == []


@pytest.mark.parametrize(
    "extension", [{"url": "urn:x"}, {"url": "urn:x", "id": "a"}, {**LEAF, "extension": [LEAF]}]
)
@pytest.mark.parametrize(
    ("holder", "place"),
    [
        (lambda each: patient(extension=[each]), "Patient.extension[0]"),
        (lambda each: patient(_birthDate={"extension": [each]}), "Patient.birthDate.extension[0]"),
        (
            lambda each: patient(extension=[{"url": "urn:y", "extension": [each]}]),
            "Patient.extension[0].extension[0]",
        ),
        (lambda each: patient(name=[{"extension": [each]}]), "Patient.name[0].extension[0]"),
    ],
)
def test_an_extension_with_neither_or_both_is_refused(
    validator: Validator, extension: dict[str, Any], holder: Callable[[Any], Any], place: str
) -> None:
    [issue] = validator.validate(holder(extension))
    assert (issue.expression, issue.code) == (place, "invariant")
    assert issue.diagnostics.startswith("ext-1: an extension holds one of the two, and this has ")
