"""Slices beside each other: what is left over, what cannot be known, and slices of slices."""

from typing import Any

import pytest

from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles import Library
from fhir.profiles.conftest import Said
from fhir.profiles.samples import CORE, URL, element, observation, patient, profile, sliced, typed

A, B, C = "urn:a", "urn:b", "urn:c"


def identified(*systems: str, **more: Any) -> dict[str, Any]:
    return patient(identifier=[{"system": system, "value": "1", **more} for system in systems])


def slice_of(name: str, system: str, **members: Any) -> list[dict[str, Any]]:
    """A slice of Patient.identifier, known by its system."""
    return [
        element(f"Patient.identifier:{name}", **members),
        element(f"Patient.identifier:{name}.system", min=1, fixedUri=system),
    ]


def messages(found: list[tuple[str, str]]) -> list[str]:
    return [message.removesuffix(" (profile prove)") for _, message in found]


# What is left over


def with_default(**members: Any) -> dict[str, Any]:
    return profile(
        "Patient",
        sliced("Patient.identifier", "value", "system", rules="closed"),
        *slice_of("a", A, max="1"),
        element("Patient.identifier:@default", **members),
        element("Patient.identifier:@default.period", min=1),
    )


def test_the_default_slice_takes_what_no_other_does(said: Said) -> None:
    assert said(identified(A), with_default()) == []
    assert [path for path, _ in said(identified(A, B, C), with_default())] == [
        ".identifier[1].period",
        ".identifier[2].period",
    ]
    assert said(identified(B, period={"end": "2020"}), with_default()) == []


def test_the_default_slice_is_counted_too(said: Said) -> None:
    dated = identified(B, C, period={"end": "2020"})
    assert messages(said(dated, with_default(max="1"))) == [
        "At most 1 of the slice @default may be written here; there are 2."
    ]
    assert messages(said(identified(A), with_default(min=1))) == [
        "At least 1 of the slice @default is required here; there are 0."
    ]


@pytest.mark.parametrize(("rules", "faulty"), [("open", []), ("closed", [1]), ("openAtEnd", [2])])
def test_what_is_in_no_slice_stands_where_the_rules_let_it(said: Said, rules: str, faulty: list[int]) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.identifier", "value", "system", rules=rules),
        *slice_of("a", A),
        *slice_of("b", B),
    )
    found = said(identified(A, C, B), structure)
    assert [path for path, _ in found] == [f".identifier[{number}]" for number in faulty]


def test_order_is_that_of_the_slices_whatever_stands_between(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.identifier", "value", "system", ordered=True),
        *slice_of("a", A),
        *slice_of("b", B),
        *slice_of("c", C),
    )
    assert said(identified(A, A, "urn:x", C, "urn:x"), structure) == []
    assert [path for path, _ in said(identified(C, A, B), structure)] == [
        ".identifier[1]",
        ".identifier[2]",
    ]


# What cannot be known


UNKNOWN_SET = {"strength": "required", "valueSet": "http://example.org/ValueSet/unknown"}


def by_unknown_set(**more: Any) -> dict[str, Any]:
    return profile(
        "Observation",
        sliced("Observation.category", "value", "$this", **more),
        element("Observation.category:unknown", min=1, binding=UNKNOWN_SET),
        element("Observation.category:known", min=1, patternCodeableConcept={"text": "k"}),
    )


def test_a_value_set_that_is_not_known_refuses_nothing(said: Said) -> None:
    coded = {"coding": [{"system": "s", "code": "a"}]}
    assert messages(said(observation(category=[coded, {"text": "k"}]), by_unknown_set())) == [
        "Whether at least 1 of the slice unknown is here cannot be known."
    ]
    assert messages(said(observation(category=[coded, {"text": "k"}]), by_unknown_set(rules="closed"))) == [
        "Whether at least 1 of the slice unknown is here cannot be known."
    ]


def test_the_other_slices_are_asked_all_the_same(said: Said) -> None:
    assert messages(said(observation(category=[{"text": "x"}]), by_unknown_set())) == [
        "At least 1 of the slice unknown is required here; there are 0.",
        "At least 1 of the slice known is required here; there are 0.",
    ]


def test_slices_known_by_a_profile_that_is_not_here_refuse_nothing(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.name", "profile", "$this", rules="closed"),
        element("Patient.name:full", min=1, max="1", type=typed("HumanName", profile=[URL + "full"])),
    )
    found = messages(said(patient(name=[{"text": "x"}, {"text": "y"}]), structure))
    assert found == ["Whether at least 1 of the slice full is here cannot be known."]


def test_what_cannot_be_known_is_no_error(library: Library) -> None:
    made = library.compiled(by_unknown_set())
    resource = observation(category=[{"coding": [{"system": "s", "code": "a"}]}, {"text": "k"}])
    found = made.faults(resource, Local(resource, resource))
    assert found is not None
    assert [each.severity for each in found] == ["information"]


# Several discriminators


def test_a_value_is_in_the_slice_that_all_discriminators_name(said: Said) -> None:
    structure = profile(
        "Patient",
        element(
            "Patient.telecom",
            slicing={
                "discriminator": [{"type": "value", "path": "system"}, {"type": "value", "path": "use"}],
                "rules": "open",
            },
        ),
        element("Patient.telecom:mobile", max="1"),
        element("Patient.telecom:mobile.system", fixedCode="phone", min=1),
        element("Patient.telecom:mobile.use", fixedCode="mobile", min=1),
    )
    mobile, home = {"system": "phone", "use": "mobile"}, {"system": "phone", "use": "home"}
    assert said(patient(telecom=[mobile, home, home, {"system": "email", "use": "mobile"}]), structure) == []
    assert len(said(patient(telecom=[mobile, mobile]), structure)) == 1


# The ways of telling apart, at the places where they are usual


def test_told_apart_by_the_value_itself(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.name.given", "value", "$this"),
        element("Patient.name.given:munter", min=1, max="1", fixedString="Munter"),
    )
    assert said(patient(name=[{"given": ["Kvikk", "Munter"]}]), structure) == []
    assert len(said(patient(name=[{"given": ["Munter", "Munter"]}]), structure)) == 1
    assert len(said(patient(name=[{"given": ["munter"]}]), structure)) == 1


def test_told_apart_by_a_pattern_of_codings(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.code.coding", "pattern", "$this"),
        element("Observation.code.coding:loinc", min=1, patternCoding={"system": "http://loinc.org"}),
        element("Observation.code.coding:loinc.display", min=1),
    )
    loinc = {"system": "http://loinc.org", "code": "8480-6", "display": "x"}
    assert said(observation(code={"coding": [{"system": "s", "code": "c"}, loinc]}), structure) == []
    del loinc["display"]
    assert [path for path, _ in said(observation(code={"coding": [loinc]}), structure)] == [
        ".code.coding[0].display"
    ]


def test_told_apart_by_a_code_within_a_concept(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.component", "value", "code.coding.code"),
        element("Observation.component:a", min=1, max="1"),
        element("Observation.component:a.code.coding.code", min=1, fixedCode="a"),
    )
    one = {"code": {"coding": [{"code": "a"}]}}
    assert said(observation(component=[one, {"code": {"text": "x"}}]), structure) == []
    assert len(said(observation(component=[one, one]), structure)) == 1
    # One of its codings puts it in the slice; the slice then asks for that code in all of them.
    both = {"code": {"coding": [{"code": "z"}, {"code": "a"}]}}
    assert [path for path, _ in said(observation(component=[both]), structure)] == [
        ".component[0].code.coding[0].code"
    ]


def test_told_apart_by_a_value_of_one_type_of_a_choice(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.component", "value", "value.ofType(CodeableConcept).text"),
        element("Observation.component:yes", max="1"),
        element("Observation.component:yes.value[x].text", fixedString="yes"),
    )
    yes = {"code": {"text": "x"}, "valueCodeableConcept": {"text": "yes"}}
    other = {"code": {"text": "x"}, "valueString": "yes"}
    assert said(observation(component=[yes, other, other]), structure) == []
    assert len(said(observation(component=[yes, yes]), structure)) == 1


def test_entries_are_told_apart_by_the_type_of_their_resource(said: Said) -> None:
    structure = profile(
        "Bundle",
        sliced("Bundle.entry", "type", "resource", rules="closed"),
        element("Bundle.entry:who", min=1, max="1"),
        element("Bundle.entry:who.resource", type=typed("Patient")),
        element("Bundle.entry:what"),
        element("Bundle.entry:what.resource", type=typed("Observation")),
    )

    def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
        return {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": resource} for resource in resources],
        }

    assert said(bundle(observation(), patient(), observation()), structure) == []
    assert [path for path, _ in said(bundle(observation()), structure)] == [".entry"]
    assert [path for path, _ in said(bundle(patient(), {"resourceType": "Basic"}), structure)] == [
        ".entry[1]"
    ]


def test_told_apart_by_whether_an_extension_is_there(said: Said) -> None:
    structure = profile(
        "Patient",
        sliced("Patient.name", "exists", "extension('urn:x')"),
        element("Patient.name:marked", max="1"),
        element("Patient.name:marked.extension:x", min=1),
        element("Patient.name:marked.extension:x.url", fixedUri="urn:x"),
        element("Patient.name:plain", max="1"),
        element("Patient.name:plain.extension:x", max="0"),
        element("Patient.name:plain.extension:x.url", fixedUri="urn:x"),
    )
    marked, plain = {"text": "a", "extension": [{"url": "urn:x", "valueCode": "y"}]}, {"text": "b"}
    assert said(patient(name=[marked, plain]), structure) == []
    assert messages(said(patient(name=[plain, marked, plain]), structure)) == [
        "At most 1 of the slice plain may be written here; there are 2."
    ]


def test_references_are_told_apart_by_what_is_contained(said: Said) -> None:
    structure = profile(
        "Observation",
        sliced("Observation.performer", "type", "resolve()", rules="closed"),
        element("Observation.performer:who", type=typed("Reference", targetProfile=[CORE + "Practitioner"])),
    )
    resource = observation(
        contained=[{"resourceType": "Practitioner", "id": "p"}, {"resourceType": "Organization", "id": "o"}],
        performer=[{"reference": "#p"}, {"reference": "#o"}, {"display": "somebody"}],
    )
    assert [path for path, _ in said(resource, structure)] == [".performer[1]"]


# Slices of slices


BASE = profile(
    "Patient",
    sliced("Patient.identifier", "value", "system"),
    *slice_of("a", A, min=1),
    name="base",
)


def test_a_derived_profile_slices_a_slice(said: Said) -> None:
    derived = profile(
        "Patient",
        {**sliced("Patient.identifier:a", "value", "use", rules="closed"), "max": "3"},
        element("Patient.identifier:a/official", min=1, max="1"),
        element("Patient.identifier:a/official.use", min=1, fixedCode="official"),
        element("Patient.identifier:a/old", max="1"),
        element("Patient.identifier:a/old.use", min=1, fixedCode="old"),
        base=URL + "base",
    )

    def used(*uses: str) -> dict[str, Any]:
        return patient(identifier=[{"system": A, "use": use} for use in uses])

    assert said(used("official", "old"), derived, BASE) == []
    assert messages(said(used("old"), derived, BASE)) == [
        "At least 1 of the slice a/official is required here; there are 0."
    ]
    assert messages(said(used("official", "usual"), derived, BASE)) == [
        "This is none of the slices allowed here: a/official, a/old."
    ]
    assert messages(said(identified(B), derived, BASE))[0].startswith("At least 1 of the slice a is required")
    assert said(used("official") | {}, BASE) == []


def test_a_derived_profile_adds_a_slice_and_tightens_one(said: Said) -> None:
    derived = profile(
        "Patient",
        element("Patient.identifier:a", max="1"),
        element("Patient.identifier:a.value", min=1),
        *slice_of("b", B, min=1),
        base=URL + "base",
    )
    assert said(identified(A, B), derived, BASE) == []
    assert len(said(identified(A), derived, BASE)) == 1
    assert [path for path, _ in said(patient(identifier=[{"system": A}, {"system": B}]), derived, BASE)] == [
        ".identifier[0].value"
    ]
    assert len(said(identified(A, A, B), derived, BASE)) == 1
