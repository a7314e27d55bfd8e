"""Code systems with their hierarchy, value sets with their codes."""

from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions, compile_definitions, load
from fellesjournal.fhir.definitions.codes import CodeSystem

ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SYSTEM = "http://example.org/animals"

ANIMALS: dict[str, Any] = {
    "resourceType": "CodeSystem",
    "url": SYSTEM,
    "content": "complete",
    "concept": [
        {
            "code": "animal",
            "display": "Animal",
            "concept": [
                {"code": "bird", "concept": [{"code": "tern"}, {"code": "skua"}]},
                {"code": "fish", "property": [{"code": "child", "valueCode": "cod"}]},
            ],
        },
        {"code": "cod"},
        {"code": "puffin", "property": [{"code": "parent", "valueCode": "bird"}]},
        {"code": "stone"},
    ],
}


def system_of(definitions: Definitions, url: str) -> CodeSystem:
    found = definitions.code_system(url)
    assert found is not None
    return found


def value_set(*include: dict[str, Any], exclude: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    compose: dict[str, Any] = {"include": list(include)}
    if exclude:
        compose["exclude"] = exclude
    return {"resourceType": "ValueSet", "url": "http://example.org/vs", "compose": compose}


def codes(*resources: dict[str, Any]) -> set[str] | None:
    found = load(compile_definitions([ANIMALS, *resources])).value_set_codes("http://example.org/vs")
    return None if found is None else {code for _, code in found}


def filtered(op: str, value: str, on: str = "concept") -> dict[str, Any]:
    return {"system": SYSTEM, "filter": [{"property": on, "op": op, "value": value}]}


def test_displays(definitions: Definitions) -> None:
    assert definitions.display("http://hl7.org/fhir/administrative-gender", "female") == "Female"
    assert definitions.display("http://hl7.org/fhir/administrative-gender", "nothing") == ""
    assert definitions.display("http://example.org/nothing", "female") == ""


def test_codes_at_and_below(definitions: Definitions) -> None:
    below = system_of(definitions, ACT_CODE).at_and_below("_ActEncounterCode")
    assert {"_ActEncounterCode", "AMB", "IMP", "ACUTE"} <= below
    assert "_ActAccountCode" not in below


def test_codes_at_and_above(definitions: Definitions) -> None:
    expected = frozenset(("ACUTE", "IMP", "_ActEncounterCode", "_ActCareProvisionCode"))
    assert system_of(definitions, ACT_CODE).at_and_above("ACUTE") == expected


def test_nothing_is_below_an_unknown_code_and_an_unknown_system_is_none(definitions: Definitions) -> None:
    assert system_of(definitions, ACT_CODE).at_and_below("nothing") == frozenset()
    assert system_of(definitions, ACT_CODE).at_and_above("nothing") == frozenset()
    assert definitions.code_system("http://example.org/nothing") is None


def test_a_system_that_is_not_here_whole_says_so(definitions: Definitions) -> None:
    assert not system_of(definitions, "http://snomed.info/sct").complete


def test_hierarchy_comes_from_nesting_parent_and_child() -> None:
    animals = system_of(load(compile_definitions([ANIMALS])), SYSTEM)
    assert animals.at_and_below("bird") == frozenset(("bird", "tern", "skua", "puffin"))
    assert animals.at_and_below("fish") == frozenset(("fish", "cod"))
    assert animals.at_and_above("puffin") == frozenset(("puffin", "bird", "animal"))


def test_a_circle_of_parents_ends() -> None:
    circle = {
        "resourceType": "CodeSystem",
        "url": SYSTEM,
        "content": "complete",
        "concept": [
            {"code": "a", "property": [{"code": "parent", "valueCode": "b"}]},
            {"code": "b", "property": [{"code": "parent", "valueCode": "a"}]},
        ],
    }
    assert system_of(load(compile_definitions([circle])), SYSTEM).at_and_below("a") == frozenset("ab")


def test_a_value_set_of_a_whole_system(definitions: Definitions) -> None:
    url = "http://hl7.org/fhir/ValueSet/administrative-gender"
    system = "http://hl7.org/fhir/administrative-gender"
    expected = frozenset((system, code) for code in ("male", "female", "other", "unknown"))
    assert definitions.value_set_codes(url) == expected
    assert definitions.value_set_codes(url + "|4.0.1") == expected


def test_value_sets_that_cannot_be_listed(definitions: Definitions) -> None:
    for url in (
        "http://hl7.org/fhir/ValueSet/mimetypes",
        "http://hl7.org/fhir/ValueSet/condition-code",
        "http://example.org/nothing",
    ):
        assert definitions.value_set_codes(url) is None


def test_required_bindings_can_all_be_checked_but_for_open_systems(definitions: Definitions) -> None:
    unknown = {
        element.value_set
        for name in definitions.resource_types
        for path in definitions.type(name).elements
        for element in definitions.elements(path)
        if element.strength == "required" and definitions.value_set_codes(element.value_set) is None
    }
    assert {url.rpartition("/")[2] for url in unknown} == {"mimetypes", "ucum-units", "LL379-9"}


def test_the_system_that_a_value_set_implies(definitions: Definitions) -> None:
    base = "http://hl7.org/fhir/ValueSet/"
    assert (
        definitions.value_set_system(base + "observation-status") == "http://hl7.org/fhir/observation-status"
    )
    assert definitions.value_set_system(base + "mimetypes") == "urn:ietf:bcp:13"
    assert definitions.value_set_system(base + "all-types") == ""
    assert definitions.value_set_system("http://example.org/nothing") == ""


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        ({"system": SYSTEM}, {"animal", "bird", "tern", "skua", "fish", "cod", "puffin", "stone"}),
        ({"system": SYSTEM, "concept": [{"code": "tern"}, {"code": "cod"}]}, {"tern", "cod"}),
        (filtered("is-a", "bird"), {"bird", "tern", "skua", "puffin"}),
        (filtered("descendent-of", "bird"), {"tern", "skua", "puffin"}),
        (filtered("is-not-a", "animal"), {"stone"}),
        (filtered("generalizes", "tern"), {"tern", "bird", "animal"}),
        (filtered("in", "tern,cod,nothing"), {"tern", "cod"}),
        (filtered("not-in", "animal,bird,tern,skua,fish,puffin"), {"cod", "stone"}),
        (filtered("=", "cod", on="code"), {"cod"}),
        (filtered("regex", "s.*", on="code"), {"skua", "stone"}),
        (filtered("=", "blue", on="colour"), None),
        (filtered("regex", "(", on="code"), None),
        (filtered("regex", "(t|.)*", on="code"), None),
        (filtered("exists", "true"), None),
        ({"system": "http://example.org/unknown"}, None),
        ({"system": "http://example.org/unknown", "concept": [{"code": "x"}]}, {"x"}),
        ({"valueSet": ["http://example.org/unknown"]}, None),
    ],
)
def test_what_a_value_set_includes(include: dict[str, Any], expected: set[str] | None) -> None:
    assert codes(value_set(include)) == expected


def test_filters_are_joined_with_and() -> None:
    both = {
        "system": SYSTEM,
        "filter": filtered("is-a", "bird")["filter"] + filtered("regex", "t.*")["filter"],
    }
    assert codes(value_set(both)) == {"tern"}


def test_includes_are_joined_with_or_and_excludes_are_taken_away() -> None:
    listed = {"system": SYSTEM, "concept": [{"code": "stone"}]}
    without = [{"system": SYSTEM, "concept": [{"code": "tern"}]}]
    assert codes(value_set(filtered("is-a", "bird"), listed, exclude=without)) == {
        "bird",
        "skua",
        "puffin",
        "stone",
    }


def test_an_include_of_a_system_and_a_value_set_is_what_both_have() -> None:
    other = {**value_set(filtered("is-a", "bird")), "url": "http://example.org/birds"}
    include = {**filtered("regex", "[pst].*"), "valueSet": ["http://example.org/birds|1.0"]}
    assert codes(other, value_set(include)) == {"tern", "skua", "puffin"}


def test_a_value_set_that_includes_itself_ends() -> None:
    assert codes(value_set({"valueSet": ["http://example.org/vs"]})) is None
    circle = load(compile_definitions([value_set({"valueSet": ["http://example.org/vs"]})]))
    assert circle.value_set_system("http://example.org/vs") == ""
