"""What a profile says of elements and their values."""

from typing import Any

import pytest

from fellesjournal.fhir.codes import Unjudged
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles import Library
from fhir.profiles.conftest import Said
from fhir.profiles.samples import CORE, URL, element, observation, patient, profile, typed

NAMED = profile("Patient", element("Patient.name", min=1), element("Patient.name.family", min=1, maxLength=5))
RULE = {
    "key": "p-1",
    "severity": "error",
    "human": "a dead patient is not active",
    "expression": ("deceased.exists() implies active = false"),
}
UNITS = "http://unitsofmeasure.org"

CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    ("min", NAMED, patient(name=[{"family": "Nes"}]), patient(), ".name"),
    (
        "min below",
        NAMED,
        patient(name=[{"family": "Nes"}]),
        patient(name=[{"text": "Nes"}]),
        ".name[0].family",
    ),
    (
        "maxLength",
        NAMED,
        patient(name=[{"family": "Nes"}]),
        patient(name=[{"family": "Nesset"}]),
        ".name[0].family",
    ),
    (
        "max",
        profile("Patient", element("Patient.name", max="1")),
        patient(name=[{"family": "Nes"}]),
        patient(name=[{"family": "Nes"}, {"family": "Vik"}]),
        ".name",
    ),
    (
        "max 0",
        profile("Patient", element("Patient.photo", max="0")),
        patient(),
        patient(photo=[{"title": "x"}]),
        ".photo",
    ),
    (
        "fixed",
        profile("Patient", element("Patient.identifier.system", fixedUri="urn:x")),
        patient(identifier=[{"system": "urn:x"}]),
        patient(identifier=[{"system": "urn:x"}, {"system": "urn:y"}]),
        ".identifier[1].system",
    ),
    (
        "fixed boolean",
        profile("Patient", element("Patient.active", fixedBoolean=True)),
        patient(active=True),
        patient(active=False),
        ".active",
    ),
    (
        "pattern",
        profile(
            "Observation",
            element("Observation.code", patternCodeableConcept={"coding": [{"system": "s", "code": "c"}]}),
        ),
        observation(code={"coding": [{"code": "b"}, {"system": "s", "code": "c", "display": "d"}]}),
        observation(code={"coding": [{"system": "s", "code": "b"}]}),
        ".code",
    ),
    (
        "type",
        profile("Observation", element("Observation.value[x]", type=[*typed("Quantity"), *typed("string")])),
        observation(valueString="x"),
        observation(valueInteger=1),
        ".value.ofType(integer)",
    ),
    (
        "type by its own name",
        profile("Observation", element("Observation.valueQuantity", max="0")),
        observation(valueString="x"),
        observation(valueQuantity={"value": 1}),
        ".value",
    ),
    (
        "below a type by its own name",
        profile("Observation", element("Observation.valueQuantity.code", min=1)),
        observation(valueQuantity={"code": "mg", "system": UNITS}),
        observation(valueQuantity={"value": 1}),
        ".value.ofType(Quantity).code",
    ),
    (
        "rule",
        profile(
            "Patient",
            element("Patient.active", min=0),
            {"id": "Patient", "path": "Patient", "constraint": [RULE]},
        ),
        patient(deceasedBoolean=True, active=False),
        patient(deceasedBoolean=True, active=True),
        "",
    ),
    (
        "rule on a primitive",
        profile(
            "Patient",
            element(
                "Patient.birthDate",
                constraint=[RULE | {"expression": "toString().length() = 10 or length() = 10"}],
            ),
        ),
        patient(),
        patient(birthDate="1999"),
        ".birthDate",
    ),
    (
        "required code",
        profile(
            "Patient",
            element(
                "Patient.maritalStatus",
                binding={
                    "strength": "required",
                    "valueSet": "http://hl7.org/fhir/ValueSet/administrative-gender",
                },
            ),
        ),
        patient(
            maritalStatus={
                "coding": [{"system": "http://hl7.org/fhir/administrative-gender", "code": "other"}]
            }
        ),
        patient(
            maritalStatus={"coding": [{"system": "http://hl7.org/fhir/administrative-gender", "code": "x"}]}
        ),
        ".maritalStatus",
    ),
    (
        "target",
        profile(
            "Patient",
            element(
                "Patient.generalPractitioner", type=typed("Reference", targetProfile=[CORE + "Practitioner"])
            ),
        ),
        patient(generalPractitioner=[{"reference": "Practitioner/1"}, {"display": "x"}]),
        patient(generalPractitioner=[{"reference": "Organization/1"}]),
        ".generalPractitioner[0]",
    ),
    (
        "content reference",
        profile(
            "Questionnaire",
            element("Questionnaire.item.text", min=1),
            element("Questionnaire.item.item", contentReference="#Questionnaire.item"),
        ),
        {"resourceType": "Questionnaire", "item": [{"text": "x", "item": [{"text": "x"}]}]},
        {"resourceType": "Questionnaire", "item": [{"text": "x", "item": [{"linkId": "x"}]}]},
        ".item[0].item[0].text",
    ),
    (
        "beside a primitive",
        profile("Patient", element("Patient.birthDate.extension", min=1)),
        patient(birthDate="1999", _birthDate={"extension": [{"url": "urn:x", "valueCode": "a"}]}),
        patient(birthDate="1999", _birthDate={"id": "x"}),
        ".birthDate.extension",
    ),
]


@pytest.mark.parametrize(
    ("structure", "sound", "faulty", "place"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_profile_kept_and_not_kept(
    said: Said, structure: dict[str, Any], sound: dict[str, Any], faulty: dict[str, Any], place: str
) -> None:
    assert said(sound, structure) == []
    [(path, message)] = said(faulty, structure)
    assert path == place
    assert message.endswith("(profile prove)")


def test_the_type_of_the_profile(said: Said) -> None:
    [(path, message)] = said(observation(), NAMED)
    assert (path, message) == ("", "The profile prove is for Patient, not for Observation.")


def test_a_profile_of_a_profile_says_what_both_say(said: Said) -> None:
    narrower = profile("Patient", element("Patient.name.given", min=1), name="narrow", base=URL + "prove")
    found = said(patient(name=[{"text": "x"}]), narrower, NAMED)
    assert {path for path, _ in found} == {".name[0].family", ".name[0].given"}


def test_a_value_keeps_the_profile_of_its_type(said: Said) -> None:
    named = profile("HumanName", element("HumanName.family", min=1), name="named")
    used = profile("Patient", element("Patient.name", type=typed("HumanName", profile=[URL + "named"])))
    assert said(patient(name=[{"family": "Nes"}]), used, named) == []
    [(path, message)] = said(patient(name=[{"text": "x"}]), used, named)
    assert path == ".name[0].family"
    assert message.endswith("(profile named)")


def test_a_profile_that_is_not_known_for_a_type_is_not_asked(said: Said) -> None:
    used = profile("Patient", element("Patient.name", type=typed("HumanName", profile=[URL + "nowhere"])))
    assert said(patient(name=[{"text": "x"}]), used) == []


def test_the_type_of_a_target_is_that_of_its_profile(said: Said) -> None:
    ours = profile("Practitioner", name="ours")
    to = typed("Reference", targetProfile=[URL + "ours"])
    used = profile("Patient", element("Patient.generalPractitioner", type=to))
    assert said(patient(generalPractitioner=[{"reference": "Practitioner/1"}]), used, ours) == []
    assert len(said(patient(generalPractitioner=[{"reference": "Organization/1"}]), used, ours)) == 1
    assert said(patient(generalPractitioner=[{"reference": "Organization/1"}]), used) == []


def test_an_extensible_code_is_a_warning(definitions: Definitions) -> None:
    genders = {"strength": "extensible", "valueSet": "http://hl7.org/fhir/ValueSet/administrative-gender"}
    structure = profile("Patient", element("Patient.maritalStatus", binding=genders))
    made = Library(definitions, []).compiled(structure)
    resource = patient(maritalStatus={"coding": [{"system": "s", "code": "x"}]})
    [found] = made.faults(resource, Local(resource, resource)) or []
    assert (found.severity, found.code) == ("warning", "code-invalid")
    assert made.faults(patient(maritalStatus={"text": "x"}), Local(resource, resource)) is None


class Unsure:
    """A terminology that can judge nothing, for a reason."""

    def __init__(self, *, faulty: bool) -> None:
        self._faulty = faulty

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        return None

    def unjudged(self, value_set: str) -> Unjudged:
        return Unjudged("A filter asks for the property 'colur'.", self._faulty)


@pytest.mark.parametrize(
    ("strength", "faulty", "expected"),
    [
        ("required", True, "warning"),
        ("required", False, "information"),
        ("extensible", True, "warning"),
        ("extensible", False, None),
        ("preferred", True, None),
    ],
)
def test_why_a_code_was_not_judged_is_told(
    definitions: Definitions, strength: str, faulty: bool, expected: str | None
) -> None:
    bound = {"strength": strength, "valueSet": "http://example.no/ValueSet/colours"}
    structure = profile("Patient", element("Patient.maritalStatus", binding=bound))
    made = Library(definitions, [], Unsure(faulty=faulty)).compiled(structure)
    resource = patient(maritalStatus={"coding": [{"system": "s", "code": "x"}]})
    found = made.faults(resource, Local(resource, resource)) or []
    assert [one.severity for one in found] == [expected] * (expected is not None)
    assert all("colours is not known here. A filter asks for the property" in one.message for one in found)


def test_a_snapshot_goes_before_a_differential(said: Said) -> None:
    whole = NAMED | {
        "snapshot": {"element": [{"id": "Patient", "path": "Patient"}, element("Patient.photo", max="0")]}
    }
    assert [path for path, _ in said(patient(photo=[{"title": "x"}]), whole)] == [".photo"]
