"""Slices: told apart by value, pattern, type, existence and profile; their number and order, and the rest."""

import re
from typing import Any

import pytest

from fhir.profiles.conftest import Said
from fhir.profiles.samples import CORE, URL, element, observation, patient, profile, sliced, typed

FNR, HPR = "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.4"


def unknown(found: list[tuple[str, str]]) -> list[str]:
    """The slices of which nobody can know whether there are enough."""
    told = [
        re.match("Whether at least 1 of the slice (.+) is here cannot be known", each) for _, each in found
    ]
    assert all(told)
    return [one[1] for one in told if one]


def by_system(**more: Any) -> dict[str, Any]:
    return profile(
        "Patient",
        sliced("Patient.identifier", "value", "system", **more),
        element("Patient.identifier:fnr", min=1, max="1"),
        element("Patient.identifier:fnr.system", min=1, fixedUri=FNR),
        element("Patient.identifier:fnr.value", min=1),
        element("Patient.identifier:hpr", max="1"),
        element("Patient.identifier:hpr.system", min=1, fixedUri=HPR),
    )


def identified(*systems: str) -> dict[str, Any]:
    return patient(identifier=[{"system": system, "value": "1"} for system in systems])


def test_a_slice_has_its_number_and_its_own_rules(said: Said) -> None:
    assert said(identified(FNR, "urn:x", HPR), by_system()) == []
    [(path, message)] = said(identified("urn:x"), by_system())
    assert (path, message) == (
        ".identifier",
        "At least 1 of the slice fnr is required here; there are 0. (profile prove)",
    )
    [(path, message)] = said(identified(FNR, FNR), by_system())
    assert message.startswith("At most 1 of the slice fnr")
    assert [path for path, _ in said(patient(identifier=[{"system": FNR}]), by_system())] == [
        ".identifier[0].value"
    ]


def test_a_closed_slicing_has_nothing_else(said: Said) -> None:
    [(path, message)] = said(identified(FNR, "urn:x"), by_system(rules="closed"))
    assert path == ".identifier[1]"
    assert message.startswith("This is none of the slices allowed here: fnr, hpr.")


def test_what_is_in_no_slice_comes_last_when_only_the_end_is_open(said: Said) -> None:
    assert said(identified(FNR, "urn:x"), by_system(rules="openAtEnd")) == []
    assert [path for path, _ in said(identified("urn:x", FNR), by_system(rules="openAtEnd"))] == [
        ".identifier[1]"
    ]


def test_slices_in_order(said: Said) -> None:
    assert said(identified(FNR, HPR), by_system(ordered=True)) == []
    assert [path for path, _ in said(identified(HPR, FNR), by_system(ordered=True))] == [".identifier[1]"]


def test_told_apart_by_a_pattern_below(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.component", "pattern", "code"),
        element("Observation.component:a", min=1),
        element(
            "Observation.component:a.code", patternCodeableConcept={"coding": [{"system": "s", "code": "a"}]}
        ),
        element("Observation.component:a.value[x]", min=1),
    )
    with_value = {"code": {"coding": [{"system": "s", "code": "a", "display": "A"}]}, "valueString": "x"}
    assert said(observation(component=[{"code": {"text": "b"}}, with_value]), structure) == []
    del with_value["valueString"]
    assert [path for path, _ in said(observation(component=[with_value]), structure)] == [
        ".component[0].value"
    ]
    assert [path for path, _ in said(observation(), structure)] == [".component"]


def test_told_apart_by_a_required_code(said: Said) -> None:
    genders = {"strength": "required", "valueSet": "http://hl7.org/fhir/ValueSet/administrative-gender"}
    structure = profile(
        "Observation",
        sliced("Observation.category", "value", "$this"),
        element("Observation.category:gender", min=1, binding=genders),
    )
    code = {"system": "http://hl7.org/fhir/administrative-gender", "code": "other"}
    assert said(observation(category=[{"coding": [code]}]), structure) == []
    assert [path for path, _ in said(observation(category=[{"text": "x"}]), structure)] == [".category"]


def test_told_apart_by_type(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.value[x]", "type", "$this", rules="closed"),
        element("Observation.value[x]:valueQuantity", type=typed("Quantity")),
        element("Observation.value[x]:valueQuantity.code", min=1),
    )
    assert said(observation(valueQuantity={"code": "mg"}), structure) == []
    assert [path for path, _ in said(observation(valueQuantity={"value": 1}), structure)] == [
        ".value.ofType(Quantity).code"
    ]
    assert [path for path, _ in said(observation(valueString="x"), structure)] == [".value.ofType(string)"]


def test_told_apart_by_the_type_a_reference_points_to(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.performer", "type", "resolve()"),
        element(
            "Observation.performer:who",
            max="1",
            type=typed("Reference", targetProfile=[CORE + "Practitioner"]),
        ),
    )
    one, other = {"reference": "Practitioner/1"}, {"reference": "Organization/1"}
    assert said(observation(performer=[one, other, other]), structure) == []
    assert len(said(observation(performer=[one, one]), structure)) == 1


def test_told_apart_by_what_is_there(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.name", "exists", "period"),
        element("Patient.name:old", max="1"),
        element("Patient.name:old.period", min=1),
        element("Patient.name:now", max="1"),
        element("Patient.name:now.period", max="0"),
    )
    old, now = {"text": "x", "period": {"end": "2020"}}, {"text": "y"}
    assert said(patient(name=[old, now]), structure) == []
    [(_, message)] = said(patient(name=[old, now, old]), structure)
    assert message.startswith("At most 1 of the slice old")


def test_told_apart_by_the_profile_of_what_is_referred_to(said: Said) -> None:
    nurse = profile("Practitioner", element("Practitioner.qualification", min=1), name="nurse")
    structure = profile(
        "Observation",
        sliced("Observation.performer", "profile", "resolve()"),
        element("Observation.performer:nurse", min=1, type=typed("Reference", targetProfile=[URL + "nurse"])),
    )
    person: dict[str, Any] = {"resourceType": "Practitioner", "id": "p"}
    resource = observation(contained=[person], performer=[{"reference": "#p"}])
    assert [path for path, _ in said(resource, structure, nurse)] == [".performer"]
    person["qualification"] = [{"code": {"text": "x"}}]
    assert said(resource, structure, nurse) == []
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"fullUrl": "http://x.no/Practitioner/p", "resource": person}],
    }
    outside = observation(performer=[{"reference": "Practitioner/p"}])
    assert said(outside, structure, nurse, holder=bundle) == []
    assert unknown(said(outside, structure, nurse)) == ["nurse"]  # the target is only in the record
    [(_, message)] = said(observation(performer=[{"reference": "Organization/o"}]), structure, nurse)
    assert message.startswith("At least 1 of the slice nurse")


def test_told_apart_by_its_own_profile(said: Said) -> None:
    full = profile("HumanName", element("HumanName.family", min=1), name="full")
    structure = profile(
        "Patient",
        sliced("Patient.name", "profile", "$this"),
        element("Patient.name:full", min=1, type=typed("HumanName", profile=[URL + "full"])),
    )
    assert said(patient(name=[{"text": "x"}, {"family": "Nes"}]), structure, full) == []
    assert [path for path, _ in said(patient(name=[{"text": "x"}]), structure, full)] == [".name"]


def test_extensions_are_told_apart_by_their_url(said: Said) -> None:
    url = "http://hl7.org/fhir/StructureDefinition/patient-citizenship"
    structure = profile(
        "Patient",
        element("Patient.extension:citizenship", min=1, max="1", type=typed("Extension", profile=[url])),
    )
    code = {"url": "code", "valueCodeableConcept": {"text": "NO"}}
    assert said(patient(extension=[{"url": "urn:x"}, {"url": url, "extension": [code]}]), structure) == []
    assert [path for path, _ in said(patient(), structure)] == [".extension"]
    wrong = patient(extension=[{"url": url, "extension": [{"url": "code", "valueString": "NO"}]}])
    assert len(said(wrong, structure)) == 1


def test_slices_within_a_slice(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.identifier", "value", "system"),
        {**sliced("Patient.identifier:fnr", "value", "use"), "max": "2"},
        element("Patient.identifier:fnr.system", fixedUri=FNR, min=1),
        element("Patient.identifier:fnr/official", max="1"),
        element("Patient.identifier:fnr/official.use", fixedCode="official", min=1),
    )
    official, old = {"system": FNR, "use": "official"}, {"system": FNR, "use": "old"}
    assert said(patient(identifier=[official, old]), structure) == []
    [(_, message)] = said(patient(identifier=[official, official]), structure)
    assert message.startswith("At most 1 of the slice fnr/official")


@pytest.mark.parametrize("slicing", [{"rules": "open", "description": "as people see it"}, None])
def test_slices_that_only_people_can_tell_apart_are_left_to_them(said: Said, slicing: Any) -> None:
    structure = profile(
        "Patient",
        element("Patient.identifier", **({"slicing": slicing} if slicing else {})),
        element("Patient.identifier:a", min=1),
    )
    assert unknown(said(patient(identifier=[{"value": "1"}]), structure)) == ["a"]


def test_told_apart_by_a_value_of_what_is_referred_to(said: Said) -> None:
    weight = profile(
        "Observation", element("Observation.code", patternCodeableConcept={"text": "w"}), name="weight"
    )
    structure = profile(
        "Observation",
        sliced("Observation.hasMember", "value", "resolve().code"),
        element(
            "Observation.hasMember:weight", min=1, type=typed("Reference", targetProfile=[URL + "weight"])
        ),
    )
    inner = observation(id="i", code={"text": "w"})
    resource = observation(contained=[inner], hasMember=[{"reference": "#i"}])
    assert said(resource, structure, weight) == []
    inner["code"] = {"text": "other"}
    assert [path for path, _ in said(resource, structure, weight)] == [".hasMember"]
    assert unknown(said(resource, structure)) == ["weight"]  # the profile that tells is not known


def test_told_apart_by_the_value_of_an_extension(said: Said) -> None:
    kind = {"url": "urn:kind", "valueCode": "a"}
    structure = profile(
        "Patient",
        sliced("Patient.name", "value", "extension('urn:kind').value"),
        element("Patient.name:a", max="1"),
        element("Patient.name:a.extension:kind"),
        element("Patient.name:a.extension:kind.url", fixedUri="urn:kind"),
        element("Patient.name:a.extension:kind.value[x]", fixedCode="a"),
    )
    other = {"text": "y", "extension": [kind | {"valueCode": "b"}]}
    assert said(patient(name=[{"text": "x", "extension": [kind]}, other, other]), structure) == []
    assert len(said(patient(name=[{"text": "x", "extension": [kind]}] * 2), structure)) == 1
