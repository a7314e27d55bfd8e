"""What a reference points to keeps its target profile, where it is at hand; and nothing goes in circles."""

from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.profiles import Library
from fellesjournal.fhir.validation import Validator
from fhir.profiles.conftest import Said
from fhir.profiles.samples import CORE, URL, element, observation, profile, typed

BASE = "http://lyngdalsfjord.example/fhir"
NURSE = profile("Practitioner", element("Practitioner.qualification", min=1), name="nurse")
QUALIFIED: dict[str, Any] = {"qualification": [{"code": {"text": "x"}}]}


def to(*names: str) -> list[dict[str, Any]]:
    return typed("Reference", targetProfile=[name if ":" in name else URL + name for name in names])


def measured_by(*targets: str) -> dict[str, Any]:
    return profile("Observation", element("Observation.performer", type=to(*targets)))


def person(id: str = "p", **members: Any) -> dict[str, Any]:
    return {"resourceType": "Practitioner", "id": id, **members}


def bundle(kind: str, *resources: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Entries at the addresses that a server would give them."""
    entries = [
        {"fullUrl": f"{BASE}/{each['resourceType']}/{each['id']}", "resource": each} for each in resources
    ]
    return {"resourceType": "Bundle", "type": kind, "entry": entries, **members}


def test_a_contained_target_keeps_its_profile(said: Said) -> None:
    resource = observation(contained=[person(**QUALIFIED)], performer=[{"reference": "#p"}])
    assert said(resource, measured_by("nurse"), NURSE) == []
    del resource["contained"][0]["qualification"]
    [(path, message)] = said(resource, measured_by("nurse"), NURSE)
    assert path == ".performer[0]"
    assert message.startswith(
        f"What this points to does not keep {URL}nurse. Practitioner.qualification: At least 1 is required"
    )


@pytest.mark.parametrize("kind", ["document", "collection", "transaction"])
@pytest.mark.parametrize("reference", ["Practitioner/p", f"{BASE}/Practitioner/p"])
def test_so_does_one_in_the_same_bundle(said: Said, kind: str, reference: str) -> None:
    resource = observation(id="o", performer=[{"reference": reference}])
    sound = bundle(kind, resource, person(**QUALIFIED))
    assert said(resource, measured_by("nurse"), NURSE, holder=sound) == []
    assert len(said(resource, measured_by("nurse"), NURSE, holder=bundle(kind, resource, person()))) == 1


def test_of_one_that_is_only_in_the_record_the_type_is_checked(said: Said) -> None:
    assert said(observation(performer=[{"reference": "Practitioner/p"}]), measured_by("nurse"), NURSE) == []
    [(_, message)] = said(
        observation(performer=[{"reference": "Organization/o"}]), measured_by("nurse"), NURSE
    )
    assert message.startswith('This may point to Practitioner, not to "Organization".')


@pytest.mark.parametrize(
    "targets",
    [
        ("nurse", CORE + "Practitioner"),
        ("nurse", CORE + "Resource"),
        ("nurse", "unknown"),
        (CORE + "Practitioner",),
    ],
)
def test_one_of_the_targets_is_enough(said: Said, targets: tuple[str, ...]) -> None:
    resource = observation(contained=[person()], performer=[{"reference": "#p"}])
    assert said(resource, measured_by(*targets), NURSE) == []


def test_one_of_two_profiles_is_enough_and_that_nearest_is_told_of(said: Said) -> None:
    demanding = [element(f"Practitioner.{name}", min=1) for name in ("name", "birthDate")]
    doctor = profile("Practitioner", *demanding, name="doctor")
    resource = observation(contained=[person(**QUALIFIED)], performer=[{"reference": "#p"}])
    assert said(resource, measured_by("doctor", "nurse"), NURSE, doctor) == []
    resource["contained"] = [person()]
    [(_, message)] = said(resource, measured_by("doctor", "nurse"), NURSE, doctor)
    assert f"{URL}nurse." in message


def test_only_the_profiles_of_the_targets_own_type_are_asked(said: Said) -> None:
    resource = observation(
        contained=[{"resourceType": "Organization", "id": "o"}], performer=[{"reference": "#o"}]
    )
    assert said(resource, measured_by("nurse", CORE + "Organization"), NURSE) == []


def test_warnings_of_the_target_are_its_own(said: Said) -> None:
    rule = {"key": "p-1", "severity": "warning", "human": "a name is good", "expression": "name.exists()"}
    advised = profile("Practitioner", element("Practitioner", constraint=[rule]), name="advised")
    resource = observation(contained=[person()], performer=[{"reference": "#p"}])
    assert said(resource, measured_by("advised"), advised) == []


LINKED = profile(
    "Observation",
    element("Observation.hasMember", type=to("linked")),
    element("Observation.method", min=1),
    name="linked",
)


def linked(id: str, *to: str, **members: Any) -> dict[str, Any]:
    named = {"method": {"text": "x"}} | members
    return observation(id=id, hasMember=[{"reference": f"Observation/{one}"} for one in to], **named)


def test_targets_of_targets_are_asked_too(said: Said) -> None:
    last = observation(id="c")
    whole = bundle("collection", linked("a", "b"), linked("b", "c"), last)
    first = whole["entry"][0]["resource"]
    [(path, message)] = said(first, LINKED, holder=whole)
    assert path == ".hasMember[0]"
    assert message.count("What this points to") == 2
    assert "Observation.method: At least 1" in message
    last["method"] = {"text": "x"}
    assert said(first, LINKED, holder=whole) == []


def test_resources_that_point_to_each_other_are_asked_once(said: Said) -> None:
    whole = bundle("collection", linked("a", "b"), linked("b", "a", "b"))
    assert said(whole["entry"][0]["resource"], LINKED, holder=whole) == []
    resource = observation(
        method={"text": "x"},
        contained=[linked("b") | {"hasMember": [{"reference": "#"}]}],
        hasMember=[{"reference": "#b"}],
    )
    assert said(resource, LINKED) == []


def test_a_long_chain_and_a_wide_web_end(said: Said) -> None:
    chain = [linked(f"n{number}", f"n{number + 1}") for number in range(500)]
    whole = bundle("collection", *chain)
    assert said(chain[0], LINKED, holder=whole) == []
    names = [f"w{number}" for number in range(30)]
    web = bundle("collection", *(linked(name, *names) for name in names))
    for entry in web["entry"]:
        assert said(entry["resource"], LINKED, holder=web) == []


def validator(definitions: Definitions, *structures: dict[str, Any]) -> Validator:
    known = {structure["url"]: structure for structure in structures}
    return Validator(definitions, Library(definitions, [known.get, definitions.structure]))


def test_entries_that_declare_a_profile_are_held_to_its_targets(definitions: Definitions) -> None:
    asking = validator(definitions, measured_by("nurse"), NURSE)
    declaring = observation(
        id="o", meta={"profile": [URL + "prove"]}, performer=[{"reference": "Practitioner/p"}]
    )
    whole = bundle("collection", declaring, person())
    assert [issue.expression for issue in asking.validate(whole)] == ["Bundle.entry[0].resource.performer[0]"]
    whole = bundle("collection", declaring, person(**QUALIFIED))
    assert asking.validate(whole) == []


def test_the_resources_of_a_bundles_profile_see_each_other(definitions: Definitions) -> None:
    letter = profile("Composition", element("Composition.author", type=to("nurse")), name="letter")
    first = element("Bundle.entry:letter.resource", type=typed("Composition", profile=[URL + "letter"]))
    slicing = {"discriminator": [{"type": "profile", "path": "resource"}], "rules": "open"}
    document = profile(
        "Bundle",
        element("Bundle.entry", slicing=slicing),
        element("Bundle.entry:letter", min=1, max="1"),
        first,
        name="document",
    )
    composition = {
        "resourceType": "Composition",
        "id": "c",
        "status": "final",
        "type": {"text": "x"},
        "date": "2026-01-01",
        "title": "x",
        "author": [{"reference": "Practitioner/p"}],
    }
    named = {"identifier": {"system": "urn:x", "value": "1"}, "timestamp": "2026-01-01T00:00:00Z"}

    def said_of(author: dict[str, Any]) -> list[str]:
        whole = bundle("document", composition, author, **named)
        asking = validator(definitions, document, letter, NURSE)
        return [
            issue.expression
            for issue in asking.review(whole, [URL + "document"])
            if issue.severity == "error"
        ]

    assert said_of(person(**QUALIFIED)) == []
    assert said_of(person()) == ["Bundle.entry"]  # the composition is no letter, and there must be one
