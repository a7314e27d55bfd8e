"""R4's own profiles: all compile, the official examples keep those they declare, and broken ones do not."""

import copy
from typing import Any

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.profiles import Library
from fhir.profiles.samples import CORE

UNKNOWN = {
    "valueset-endpoint-connection-type",
    "valueset-endpoint-payload-type",
    "provenance-history-agent-role",
    "provenance-history-record-activity",
}
"""Declared by examples, and defined nowhere."""


def example(name: str) -> dict[str, Any]:
    return parse((FHIR_PACKAGE / f"{name}.json").read_bytes()).tree


def faults(library: Library, url: str, resource: dict[str, Any]) -> list[str]:
    profile = library.profile(CORE + url)
    assert profile is not None
    return [
        each.path
        for each in profile.faults(resource, Local(resource, resource)) or ()
        if each.severity == "error"
    ]


def test_every_profile_compiles(library: Library, definitions: Definitions) -> None:
    assert len(definitions.structure_urls) > 430
    for url in definitions.structure_urls:
        profile = library.profile(url)
        assert profile is not None
        assert profile.url == url


def test_the_examples_keep_the_profiles_they_declare(library: Library) -> None:
    asked, unknown, found = 0, set(), []
    for path in sorted(FHIR_PACKAGE.glob("*-*.json")):
        tree = parse(path.read_bytes()).tree
        for url in tree.get("meta", {}).get("profile", ()):
            profile = library.profile(url)
            if profile is None:
                unknown.add(url.removeprefix(CORE))
                continue
            asked += 1
            errors = [
                each for each in profile.faults(tree, Local(tree, tree)) or () if each.severity == "error"
            ]
            found += [(path.stem, each) for each in errors]
    assert found == []
    assert unknown == UNKNOWN
    assert asked > 1_900


def _without_code(tree: dict[str, Any]) -> None:
    tree["code"]["coding"] = [coding for coding in tree["code"]["coding"] if coding["code"] != "85354-9"]


def _other_unit(tree: dict[str, Any]) -> None:
    tree["component"][0]["valueQuantity"]["code"] = "kPa"


def _one_component(tree: dict[str, Any]) -> None:
    del tree["component"][1]


def _without_category(tree: dict[str, Any]) -> None:
    del tree["category"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_without_code, ".code.coding"),
        (_other_unit, ".component[0].value.ofType(Quantity).code"),
        (_one_component, ".component"),
        (_without_category, ".category"),
    ],
)
def test_a_blood_pressure_that_is_none(library: Library, change: Any, place: str) -> None:
    sound = example("Observation-blood-pressure")
    assert faults(library, "bp", sound) == []
    broken = copy.deepcopy(sound)
    change(broken)
    assert place in faults(library, "bp", broken)


def test_a_profile_for_another_type(library: Library) -> None:
    assert faults(library, "bp", example("Patient-example")) == [""]
