"""FHIR packages are read whole, or refused with every fault by its file."""

import json
from pathlib import Path
from typing import Any

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import Package, is_older, read_package

MANIFEST = {"name": "ours", "version": "1.0.0", "fhirVersions": ["4.0.1"], "dependencies": {"x.y": "1.x"}}
ELEMENTS = {"element": [{"path": "Patient"}]}
PROFILE = {
    "resourceType": "StructureDefinition",
    "url": "http://ours.example/p",
    "type": "Patient",
    "kind": "resource",
    "derivation": "constraint",
    "differential": ELEMENTS,
}


def files(**contents: Any) -> list[tuple[str, bytes]]:
    """Names with "__" for "/"; what is no bytes is written as JSON."""
    named = {"package__package": MANIFEST} | contents
    return [
        (
            f"{name.replace('__', '/')}.json",
            content if isinstance(content, bytes) else json.dumps(content).encode(),
        )
        for name, content in named.items()
        if content is not None
    ]


def faults(**contents: Any) -> list[str]:
    with pytest.raises(Unprocessable) as refusal:
        read_package(files(**contents))
    return [issue.diagnostics for issue in refusal.value.issues]


def test_what_a_package_has() -> None:
    package = read_package(
        files(
            package__p=PROFILE,
            package__e=PROFILE
            | {"url": "http://ours.example/e", "type": "Extension", "kind": "complex-type"},
            package__l=PROFILE
            | {"url": "http://ours.example/l", "kind": "logical", "derivation": "specialization"},
            package__v={"resourceType": "ValueSet", "url": "http://ours.example/v"},
            package__n={"resourceType": "NamingSystem", "name": "Numbers"},
            package__g={"resourceType": "ImplementationGuide"},
            package__example__x={"resourceType": "Patient"},
        )
    )
    assert (package.name, package.version, package.dependencies) == ("ours", "1.0.0", {"x.y": "1.x"})
    assert set(package.profiles) == {"http://ours.example/p"}
    assert set(package.extensions) == {"http://ours.example/e"}
    assert set(package.logical_models) == {"http://ours.example/l"}
    assert set(package.resources["ValueSet"]) == {"http://ours.example/v"}
    assert set(package.resources["NamingSystem"]) == {"Numbers"}
    assert package.others == 1


def test_files_at_the_top_and_of_other_kinds() -> None:
    named = [("package.json", json.dumps(MANIFEST).encode()), ("p.json", json.dumps(PROFILE).encode())]
    package = read_package(
        [*named, ("readme.md", b"\xff"), (".index.json", b"{}"), ("other/broken.json", b"{")]
    )
    assert set(package.profiles) == {"http://ours.example/p"}


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ({"package__package": None}, "There is no package.json: this is no FHIR package."),
        (
            {"package__package": {**MANIFEST, "version": ""}},
            'package/package.json: "version" is a text, and required.',
        ),
        (
            {"package__package": {**MANIFEST, "fhirVersions": ["5.0.0"]}},
            'package/package.json: "fhirVersions" has no 4.0.x (FHIR R4); it has 5.0.0.',
        ),
        (
            {"package__package": {**MANIFEST, "fhirVersions": ["4.01"]}},
            'package/package.json: "fhirVersions" has no 4.0.x (FHIR R4); it has 4.01.',
        ),
        (
            {"package__package": {**MANIFEST, "dependencies": {"x": 1}}},
            'package/package.json: "dependencies" has a version, a text, for each package.',
        ),
        ({"package__x": {}}, 'package/x.json: this is no resource, as it has no "resourceType".'),
        (
            {"package__x": {"resourceType": "ValueSet"}},
            "package/x.json: this ValueSet has no URL to be known by.",
        ),
        (
            {"package__x": PROFILE | {"differential": {}}},
            "package/x.json: it has neither a snapshot nor a differential with elements.",
        ),
        (
            {"package__x": PROFILE | {"differential": {"element": [{"id": "Patient"}]}}},
            'package/x.json: every element needs a "path".',
        ),
        ({"package__x": PROFILE | {"type": 7}}, 'package/x.json: "type" is a text, and required.'),
        (
            {"package__x": PROFILE, "package__y": PROFILE},
            "package/y.json: package/x.json has the StructureDefinition http://ours.example/p too.",
        ),
    ],
)
def test_a_package_with_a_fault(contents: dict[str, Any], said: str) -> None:
    assert faults(**contents) == [said]


def test_two_resources_of_one_id_are_told_by_their_files() -> None:
    one = {"resourceType": "ValueSet", "id": "v"}
    both = {
        "package__x": one | {"url": "http://ours.example/x"},
        "package__y": one | {"url": "http://ours.example/y"},
    }
    assert faults(**both) == ["package/y.json: package/x.json has the id v of a ValueSet too."]
    assert read_package(files(**both | {"package__y": {**both["package__y"], "id": "w"}})).name == "ours"


def test_a_package_without_a_manifest_is_told_by_its_source() -> None:
    with pytest.raises(Unprocessable, match=r"There is no package\.json in ours\.tgz: this is no FHIR"):
        read_package([], source="ours.tgz")


def test_a_resource_of_a_type_that_there_is_not_is_told_by_its_file(definitions: Definitions) -> None:
    types = definitions.resource_types
    with pytest.raises(Unprocessable) as refusal:
        read_package(files(package__x=PROFILE | {"resourceType": "ValuSet"}), types)
    assert str(refusal.value) == 'package/x.json: R4 has no resource type "ValuSet". Did you mean ValueSet?'
    assert read_package(files(package__x=PROFILE | {"resourceType": "Library"}), types).others == 1


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("1.9.0", "1.10.0", True),
        ("1.10.0", "1.9.0", False),
        ("2.0", "2.0.0", False),
        ("2.0.0-ballot", "2.0.0", True),
        ("2.0.0", "2.0.0-ballot", False),
        ("2.0.0-a", "2.0.0-b", False),
        ("current", "2.0.0", False),
    ],
)
def test_versions_are_in_the_order_of_their_numbers(one: str, other: str, is_so: bool) -> None:
    assert is_older(one, other) is is_so


def test_every_fault_is_named_by_its_file() -> None:
    found = faults(package__a=b"{", package__b={}, package__c={"resourceType": "CodeSystem"})
    assert [each.partition(":")[0] for each in found] == [
        "package/a.json",
        "package/b.json",
        "package/c.json",
    ]


def test_no_basis_is_a_package(shared_data: Path) -> None:
    folder = shared_data / "norway" / "no-basis-2.2.2"
    package: Package = read_package((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))
    assert (package.name, package.version) == ("hl7.fhir.no.basis", "2.2.2")
    assert package.dependencies == {"hl7.fhir.r4.core": "4.0.1"}
    assert "http://hl7.no/fhir/StructureDefinition/no-basis-Patient" in package.profiles
    assert "http://hl7.no/fhir/StructureDefinition/no-basis-middlename" in package.extensions
    assert len(package.resources["StructureDefinition"]) == len(package.profiles) + len(package.extensions)
    assert "http://hl7.no/fhir/ValueSet/no-basis-family-relation" in package.resources["ValueSet"]
    assert package.resources["SearchParameter"]
