"""Required bindings to value sets known in full."""

from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.fhir.codes import DefinedCodes, Unjudged
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fhir.validation.conftest import Faults
from fhir.validation.samples import holding, observation, patient

Words = Callable[[dict[str, Any]], str]
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
SUBJECT = {"reference": "Patient/1"}


def condition(status: Any) -> dict[str, Any]:
    return {"resourceType": "Condition", "subject": SUBJECT, "clinicalStatus": status}


def test_a_code_of_the_value_set(faults: Faults) -> None:
    assert faults(patient(gender="female", contact=[{"gender": "other", "name": {"text": "X"}}])) == []
    assert faults(observation()) == []


def test_a_code_from_elsewhere_is_told_with_what_there_is(faults: Faults, words: Words) -> None:
    assert faults(patient(gender="F")) == [("Patient.gender", "code-invalid")]
    assert "It has: female, male, other, unknown." in words(patient(gender="F"))


def test_the_nearest_code_is_suggested(words: Words) -> None:
    assert 'Did you mean "entered-in-error"?' in words(observation(status="entered in error"))


@pytest.mark.parametrize("wrong", ["Female", "", " female", 7, ["female"], {"code": "female"}])
def test_codes_are_compared_exactly(faults: Faults, wrong: Any) -> None:
    assert [expression for expression, _ in faults(patient(gender=wrong))] == ["Patient.gender"]


def test_a_concept_needs_one_coding_of_the_value_set(faults: Faults) -> None:
    own = {"system": "http://example.org/own", "code": "x"}
    active = {"system": CLINICAL, "code": "active"}
    assert faults(condition({"coding": [active]})) == []
    assert faults(condition({"coding": [own, active], "text": "x"})) == []
    for wrong in (
        {"coding": [own]},
        {"coding": [{"code": "active"}]},
        {"coding": [{"system": CLINICAL, "code": "asleep"}]},
        {"coding": [{"system": CLINICAL}]},
        {"text": "active"},
    ):
        assert faults(condition(wrong)) == [("Condition.clinicalStatus", "code-invalid")]


def test_a_code_system_is_named_once_where_the_value_set_has_no_other(words: Words) -> None:
    said = words(condition({"coding": [{"system": CLINICAL, "code": "activ"}]}))
    assert said.count(CLINICAL) == 1
    assert said.startswith(f"{CLINICAL}|activ is not in the value set ")
    assert "It has: active, inactive, recurrence, relapse, remission, resolved." in said
    assert said.endswith('Did you mean "active"?')


def test_of_another_code_system_it_is_told_which_one_is_meant(words: Words) -> None:
    said = words(
        condition({"coding": [{"system": "http://hl7.org/fhir/condition-clinical", "code": "active"}]})
    )
    assert f"It has: of {CLINICAL} active, inactive, " in said
    assert said.endswith(f'Did you mean "{CLINICAL}|active"?')


def test_extensible_and_example_bindings_bind_no_one(faults: Faults) -> None:
    assert (
        faults(patient(maritalStatus={"coding": [{"system": "http://example.org/own", "code": "x"}]})) == []
    )
    assert faults(patient(communication=[{"language": {"text": "klingon"}}])) == []
    assert faults(patient(meta={"security": [{"system": "http://example.org/own", "code": "x"}]})) == []


def test_value_sets_of_open_systems_are_not_checked_without_a_terminology(faults: Faults) -> None:
    attachment = {"contentType": "application/made-up"}
    assert faults(patient(photo=[attachment])) == []


def test_many_codes_are_not_listed(words: Words) -> None:
    resource = {
        "resourceType": "SearchParameter",
        "url": "http://example.org/x",
        "name": "X",
        "status": "draft",
        "description": "x",
        "code": "x",
        "base": ["Patent"],
        "type": "token",
    }
    said = words(resource)
    assert "It has:" not in said
    assert 'Did you mean "Patient"?' in said


class Currencies:
    """A terminology that knows one more value set than the definitions can list."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        return code in ("NOK", "EUR") if value_set.endswith("/currencies") else None

    def unjudged(self, value_set: str) -> Unjudged:
        return Unjudged()


def test_a_required_code_is_asked_of_the_terminology_there_is(
    definitions: Definitions, validator: Validator
) -> None:
    knowing = Validator(definitions, codes=Currencies())
    for currency, faulty in (("NOK", False), ("FJO", True)):
        paid = holding("Money", {"value": 1, "currency": currency})
        assert [issue.code for issue in knowing.validate(paid)] == ["code-invalid"] * faulty
        assert validator.validate(paid) == []


def test_a_code_outside_an_extensible_value_set_is_advised_against(validator: Validator) -> None:
    strange = patient(maritalStatus={"coding": [{"system": "urn:x", "code": "Q"}]})
    assert validator.validate(strange) == []
    told = [issue for issue in validator.review(strange) if issue.code == "code-invalid"]
    assert [(issue.severity, issue.expression) for issue in told] == [("warning", "Patient.maritalStatus")]
    free = patient(maritalStatus={"text": "samboer"})
    assert [issue.code for issue in validator.review(free)] == ["invariant"]


@pytest.fixture(scope="module")
def written(definitions: Definitions) -> Validator:
    """A validator that knows the value sets that a grammar decides."""
    return Validator(definitions, codes=DefinedCodes(definitions))


def test_a_media_type_is_one_by_its_syntax(written: Validator) -> None:
    for kind, sound in (("application/made-up", True), ("text/plain; charset=utf-8", True), ("pdf", False)):
        told = written.validate(patient(photo=[{"contentType": kind, "url": "http://example.no/1"}]))
        assert [issue.code for issue in told] == ["code-invalid"] * (not sound)
        assert all("A media type is written as type/subtype" in issue.diagnostics for issue in told)
    assert [issue.expression for issue in written.validate(patient(photo=[{"contentType": "xml"}]))] == [
        "Patient.photo[0].contentType"
    ]


def test_what_a_program_speaks_may_be_said_by_fhirs_short_words(written: Validator) -> None:
    speaks = {
        "resourceType": "CapabilityStatement",
        "status": "draft",
        "date": "2026-11-26",
        "kind": "requirements",
        "description": "x",
        "fhirVersion": "4.0.1",
        "rest": [{"mode": "server"}],
    }
    assert written.validate(speaks | {"format": ["json", "application/fhir+xml"]}) == []
    told = written.validate(speaks | {"format": ["yaml"], "patchFormat": ["json"]})
    assert [issue.expression for issue in told] == [
        "CapabilityStatement.format[0]",
        "CapabilityStatement.patchFormat[0]",
    ]


def test_a_language_that_is_not_among_the_common_ones_is_a_tag_all_the_same(written: Validator) -> None:
    tag = {"system": "urn:ietf:bcp:47"}
    for code, sound in (("se", True), ("nn-NO", True), ("norsk_bokmål", False), ("klingonish", False)):
        spoken = patient(language=code, communication=[{"language": {"coding": [tag | {"code": code}]}}])
        told = written.validate(spoken)
        assert [issue.expression for issue in told] == [
            *["Patient.language"] * (not sound),
            *["Patient.communication[0].language"] * (not sound),
        ]
    assert written.validate(patient(communication=[{"language": {"text": "klingon"}}])) == []


def test_a_required_unit_is_ucums(written: Validator) -> None:
    study = {"resourceType": "ResearchElementDefinition", "status": "draft", "type": "population"}
    for code, sound in (("mmol/L", True), ("tableskjeer", False)):
        unit = {"coding": [{"system": "http://unitsofmeasure.org", "code": code}]}
        asked = study | {"characteristic": [{"definitionCanonical": "http://x", "unitOfMeasure": unit}]}
        assert [issue.code for issue in written.validate(asked)] == ["code-invalid"] * (not sound)
