"""The profiles: sound by R4's own definitions, sliced as no-basis is, and strict about what a number looks
like."""

import json
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given

from fellesjournal import booking
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path as FHIRPath
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway import profiles
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import HELP_NUMBER_TYPE, Kind
from fellesjournal.rollout import region
from norway.numbers import number, numbers

FOLDER = Path(profiles.__file__).parent
TODAY = date(2026, 11, 25)
BORN = date(1980, 5, 17)
SLICES = {
    profiles.CITIZEN: {
        "FNR": Kind.BIRTH_NUMBER,
        "DNR": Kind.D_NUMBER,
        "FHN": Kind.COMMON_HELP_NUMBER,
        "DUF": Kind.DUF_NUMBER,
        "HNR": Kind.LOCAL_HELP_NUMBER,
    },
    profiles.HEALTH_WORKER: {"HPR": Kind.HPR_NUMBER, "FNR": Kind.BIRTH_NUMBER, "DNR": Kind.D_NUMBER},
    profiles.UNIT: {"ENH": Kind.ORGANISATION_NUMBER, "RSH": Kind.RESH_ID, "HER": Kind.HER_ID},
}
NO_BASIS = {
    profiles.CITIZEN: "Patient",
    profiles.HEALTH_WORKER: "Practitioner",
    profiles.UNIT: "Organization",
}
NOT_IN_NO_BASIS = {"DUF", "HER"}


def read(file: str) -> dict[str, Any]:
    resource: dict[str, Any] = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    return resource


def profile(url: str) -> dict[str, Any]:
    return next(one for one in map(read, profiles.FILES) if one["url"] == url)


def elements(structure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {element["id"]: element for element in structure["differential"]["element"]}


def fixed_systems(structure: dict[str, Any]) -> dict[str, str]:
    """The fixed system of each slice of identifier, by the slice's name."""
    start = f"{structure['type']}.identifier:"
    return {
        id_.removeprefix(start).removesuffix(".system"): element["fixedUri"]
        for id_, element in elements(structure).items()
        if id_.startswith(start) and id_.endswith(".system") and id_.count(".") == 2
    }


def test_every_file_of_the_folder_is_listed_and_named_after_its_address() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(profiles.FILES)
    for file in profiles.FILES:
        resource = read(file)
        assert file == f"{resource['resourceType']}-{resource['id']}.json"
        assert resource["url"] == f"{profiles.BASE}{resource['resourceType']}/{resource['id']}"


def addresses(room: ModuleType) -> set[str]:
    """The extensions, and the code systems of its own, that the modules of a room name."""
    names = (one.name for one in walk_packages(room.__path__, f"{room.__name__}."))
    values = (value for name in names for value in vars(import_module(name)).values())
    kinds = ("StructureDefinition/", "CodeSystem/citizen-books")
    wanted = tuple(profiles.BASE + kind for kind in kinds)
    return {one for one in values if isinstance(one, str) and one.startswith(wanted) and one[-1] != "/"}


def test_what_booking_and_the_region_say_beyond_r4_is_defined() -> None:
    used = addresses(booking) | addresses(region)
    assert len(used) > 10
    assert used <= {read(file)["url"] for file in profiles.FILES}


@pytest.mark.parametrize("file", profiles.FILES)
def test_every_file_is_sound_by_the_definitions_of_r4(file: str, definitions: Definitions) -> None:
    assert Validator(definitions).validate(read(file)) == []


@pytest.mark.parametrize("url", [*SLICES, profiles.ADDRESS_PROTECTION])
def test_a_profile_builds_on_a_base_type_of_r4_and_names_elements_of_it(
    url: str, definitions: Definitions
) -> None:
    structure = profile(url)
    assert structure["fhirVersion"] == "4.0.1"
    assert structure["derivation"] == "constraint"
    assert structure["baseDefinition"] == f"http://hl7.org/fhir/StructureDefinition/{structure['type']}"
    listed = structure["differential"]["element"]
    assert len(elements(structure)) == len(listed)
    for element in listed:
        plain = ".".join(part.partition(":")[0] for part in element["id"].split("."))
        assert element["path"] == plain
        known = definitions.element(plain.removesuffix("[x]"))
        assert plain == structure["type"] or known is not None


@pytest.mark.parametrize("url", SLICES)
def test_identifiers_are_sliced_by_system_and_others_are_welcome(url: str) -> None:
    structure = profile(url)
    slicing = elements(structure)[f"{structure['type']}.identifier"]["slicing"]
    assert slicing == {"discriminator": [{"type": "value", "path": "system"}], "rules": "open"}


@pytest.mark.parametrize("url", SLICES)
def test_a_slice_has_the_system_of_its_kind_of_number(url: str) -> None:
    assert fixed_systems(profile(url)) == {name: kind.system for name, kind in SLICES[url].items()}


@pytest.mark.parametrize("url", SLICES)
def test_the_slices_are_those_of_no_basis_and_more(url: str, shared_data: Path) -> None:
    folder = shared_data / "norway" / "no-basis-2.2.2"
    name = f"no-basis-{NO_BASIS[url]}.structuredefinition-profile.json"
    theirs = json.loads((folder / name).read_text(encoding="utf-8"))
    ours = profile(url)
    mine = fixed_systems(ours)
    assert {name: system for name, system in mine.items() if name not in NOT_IN_NO_BASIS} == fixed_systems(
        theirs
    )
    identifier = f"{ours['type']}.identifier"
    assert elements(ours)[identifier]["slicing"] == elements(theirs)[identifier]["slicing"]
    for id_, element in elements(theirs).items():
        if id_.startswith(f"{identifier}:") and "min" in element:
            assert elements(ours)[id_]["min"] == element["min"]


def test_a_local_help_number_has_its_type_and_who_gave_it() -> None:
    found = elements(profile(profiles.CITIZEN))
    coding = "Patient.identifier:HNR.type.coding"
    assert (found[f"{coding}.system"]["fixedUri"], found[f"{coding}.code"]["fixedCode"]) == HELP_NUMBER_TYPE
    assert found["Patient.identifier:HNR.assigner"]["min"] == 1


def test_a_health_worker_always_has_an_hpr_number() -> None:
    assert elements(profile(profiles.HEALTH_WORKER))["Practitioner.identifier:HPR"]["min"] == 1


def follows(url: str, slice_name: str, value: str, definitions: Definitions) -> bool:
    """Whether the value follows the constraint its slice puts on it."""
    structure = profile(url)
    (constraint,) = elements(structure)[f"{structure['type']}.identifier:{slice_name}.value"]["constraint"]
    resource = {"resourceType": structure["type"], "identifier": [{"value": value}]}
    found = FHIRPath(f"identifier.value.all({constraint['expression']})").evaluate(resource, definitions)
    return [item.value for item in found] == [True]


@pytest.mark.parametrize(
    ("url", "slice_name", "value", "right"),
    [
        (profiles.CITIZEN, "FNR", number(BORN, 300, month=80), True),
        (profiles.CITIZEN, "FNR", number(BORN, 300, month=80, day=40), False),
        (profiles.CITIZEN, "FNR", number(BORN, 300, month=80)[:10], False),
        (profiles.CITIZEN, "FNR", number(BORN, 300, month=80) + "0", False),
        (profiles.CITIZEN, "FNR", "", False),
        (profiles.CITIZEN, "DNR", number(BORN, 300, month=80, day=40), True),
        (profiles.CITIZEN, "DNR", number(BORN, 300, month=80), False),
        (profiles.CITIZEN, "FHN", "80000000000", True),
        (profiles.CITIZEN, "FHN", "70000000000", False),
        (profiles.CITIZEN, "DUF", "202600000000", True),
        (profiles.CITIZEN, "DUF", "20260000000", False),
        (profiles.HEALTH_WORKER, "HPR", "9000001", True),
        (profiles.HEALTH_WORKER, "HPR", "09000001", False),
        (profiles.UNIT, "ENH", "999999999", True),
        (profiles.UNIT, "ENH", "199999999", False),
        (profiles.UNIT, "ENH", "99999999", False),
        (profiles.UNIT, "HER", "8000001", True),
        (profiles.UNIT, "HER", "her-1", False),
        (profiles.UNIT, "RSH", "4000001", True),
    ],
)
def test_a_number_in_the_wrong_place_is_seen_by_its_look(
    url: str, slice_name: str, value: str, right: bool, definitions: Definitions
) -> None:
    assert follows(url, slice_name, value, definitions) is right


@given(numbers(month=80))
def test_every_synthetic_birth_number_that_is_in_order_fits_the_profile(
    definitions: Definitions, made: tuple[str, date, int]
) -> None:
    classify(made[0], TODAY, Kind.BIRTH_NUMBER.system)
    assert follows(profiles.CITIZEN, "FNR", made[0], definitions)


@pytest.mark.parametrize(
    ("systems", "right"),
    [
        ([Kind.ORGANISATION_NUMBER], True),
        ([Kind.HER_ID], True),
        ([Kind.ORGANISATION_NUMBER, Kind.HER_ID], True),
        ([Kind.RESH_ID], False),
        ([], False),
    ],
)
def test_a_unit_has_an_organisation_number_or_an_address_for_messages(
    systems: list[Kind], right: bool, definitions: Definitions
) -> None:
    (constraint,) = elements(profile(profiles.UNIT))["Organization"]["constraint"]
    identifiers = [{"system": kind.system, "value": "1"} for kind in systems]
    unit = {"resourceType": "Organization", "identifier": identifiers}
    found = FHIRPath(constraint["expression"]).evaluate(unit, definitions)
    assert [item.value for item in found] == [right]


def test_the_protection_of_an_address_is_one_of_the_population_registers_words() -> None:
    codes = read("CodeSystem-address-protection.json")
    values = read("ValueSet-address-protection.json")
    extension = profile(profiles.ADDRESS_PROTECTION)
    known = [concept["code"] for concept in codes["concept"]]
    assert known == ["ugradert", "klientadresse", "fortrolig", "strengtFortrolig"]
    assert set(known) >= profiles.HIDDEN_ADDRESS
    assert values["compose"]["include"] == [{"system": codes["url"]}]
    value = elements(extension)["Extension.value[x]"]
    assert value["type"] == [{"code": "code"}]
    assert value["binding"] == {"strength": "required", "valueSet": values["url"]}
    assert elements(extension)["Extension.url"]["fixedUri"] == profiles.ADDRESS_PROTECTION


def test_a_citizen_has_at_most_one_protection_of_the_address() -> None:
    found = elements(profile(profiles.CITIZEN))["Patient.extension:addressProtection"]
    assert found["type"] == [{"code": "Extension", "profile": [profiles.ADDRESS_PROTECTION]}]
    assert found["max"] == "1"
