"""The Norwegian base profiles: persons and units of our making that keep them, or break one rule each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fellesjournal.errors import Issue
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import Package, read_package
from fellesjournal.fhir.profiles import Library
from fellesjournal.fhir.validation import Validator

HERE = "http://hl7.no/fhir/StructureDefinition/"
OID = "urn:oid:2.16.578.1.12.4.1.4."
FNR, DNR, FHN, HPR, ENH = (f"{OID}{number}" for number in (1, 2, 3, 4, 101))
FEST = "http://ehelse.no/fhir/CodeSystem/FEST"
FORM = "urn:oid:2.16.578.1.12.4.1.1.7448"

Check = Callable[[dict[str, Any]], list[Issue]]


@pytest.fixture(scope="module")
def package(shared_data: Path) -> Package:
    folder = shared_data / "norway" / "no-basis-2.2.2"
    return read_package((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))


@pytest.fixture(scope="module")
def library(definitions: Definitions, package: Package) -> Library:
    return Library(definitions, [package.resources["StructureDefinition"].get, definitions.structure])


@pytest.fixture(scope="module")
def errors(definitions: Definitions, library: Library) -> Check:
    """The errors of a resource, by R4 and by the profiles it declares."""
    validator = Validator(definitions, library)
    return validator.validate


def of(name: str, kind: str = "", /, **members: Any) -> dict[str, Any]:
    """A resource that says it keeps the profile of no-basis for a type."""
    return {"resourceType": kind or name, "meta": {"profile": [f"{HERE}no-basis-{name}"]}, **members}


def extension(name: str, **value: Any) -> dict[str, Any]:
    return {"url": f"{HERE}no-basis-{name}", **value}


def numbered(system: str, value: str = "13817249374") -> dict[str, Any]:
    """A synthetic identity number has 80 added to its month."""
    return {"system": system, "value": value}


SOUND: list[dict[str, Any]] = [
    of(
        "Patient",
        identifier=[numbered(FNR), numbered(DNR, "53817249374"), numbered("urn:example:local", "7")],
        name=[
            {"family": "Prøve", "given": ["Munter"], "extension": [extension("middlename", valueString="Øy")]}
        ],
        address=[
            {
                "city": "Ålmarka",
                "district": "Nes",
                "extension": [extension("address-official", valueBoolean=True)],
            }
        ],
        generalPractitioner=[{"reference": "Practitioner/storm"}],
    ),
    of("Practitioner", identifier=[numbered(HPR, "9900001")], name=[{"family": "Storm"}]),
    of(
        "Organization",
        identifier=[numbered(ENH, "990000001")],
        partOf={"reference": "Organization/nes"},
    ),
    of(
        "Medication",
        code={"coding": [{"system": FEST, "code": "x", "display": "Prøvetablett"}]},
        form={"coding": [{"system": FORM, "code": "53", "display": "Tablett"}]},
    ),
    of("RelatedPerson", patient={"reference": "Patient/1"}, identifier=[numbered(FNR)]),
]

BROKEN: list[tuple[str, dict[str, Any], str]] = [
    (
        "a number without its digits",
        of("Patient", identifier=[{"system": FNR}]),
        "Patient.identifier[0].value",
    ),
    (
        "a middle name that is no text",
        of("Patient", name=[{"family": "X", "extension": [extension("middlename", valueBoolean=True)]}]),
        "Patient.name[0].extension[0].value.ofType(boolean)",
    ),
    (
        "an extension of addresses on a name",
        of(
            "Patient", name=[{"family": "X", "extension": [extension("address-official", valueBoolean=True)]}]
        ),
        "Patient.name[0].extension[0]",
    ),
    (
        "an extension that may stand once",
        of(
            "Patient",
            address=[
                {"city": "X", "extension": [extension("urban-district", valueCoding={"code": "1"})] * 2}
            ],
        ),
        "Patient.address[0].extension",
    ),
    (
        "no health personnel number",
        of("Practitioner", identifier=[{"system": HPR}]),
        "Practitioner.identifier[0].value",
    ),
    ("no form", of("Medication", code={"coding": [{"system": FEST, "display": "x"}]}), "Medication.form"),
    (
        "no code of FEST",
        of("Medication", code={"coding": [{"code": "x"}]}, form={"coding": [{"code": "53"}]}),
        "Medication.code.coding",
    ),
    (
        "a code of FEST without its text",
        of("Medication", code={"coding": [{"system": FEST}]}, form={"coding": [{"code": "53"}]}),
        "Medication.code.coding[0].display",
    ),
    (
        "another type than the profile's",
        of("Patient", "Person", name=[{"family": "X"}]),
        "Person",
    ),
]


@pytest.mark.parametrize("resource", SOUND, ids=[resource["resourceType"] for resource in SOUND])
def test_what_keeps_the_profile(errors: Check, resource: dict[str, Any]) -> None:
    assert errors(resource) == []


@pytest.mark.parametrize(
    ("resource", "place"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_breaks_one_rule_of_it(errors: Check, resource: dict[str, Any], place: str) -> None:
    assert {issue.expression for issue in errors(resource)} == {place}


def test_every_profile_compiles_from_snapshot_and_from_differential(
    library: Library, package: Package
) -> None:
    for url, structure in package.resources["StructureDefinition"].items():
        profile = library.profile(url)
        assert profile is not None
        assert profile.url == url
        library.compiled({name: part for name, part in structure.items() if name != "snapshot"})


def test_both_say_the_same(definitions: Definitions, package: Package) -> None:
    structures = package.resources["StructureDefinition"]
    shortened = {url: {n: p for n, p in s.items() if n != "snapshot"} for url, s in structures.items()}
    library = Library(definitions, [shortened.get, definitions.structure])
    validator = Validator(definitions, library)
    assert [validator.validate(resource) for resource in SOUND] == [[] for _ in SOUND]
    for why, resource, place in BROKEN:
        assert {issue.expression for issue in validator.validate(resource)} == {place}, why
