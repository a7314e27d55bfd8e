"""Our profiles beside no-basis 2.2.2: what keeps ours keeps theirs, and what of theirs does not keep ours."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import read_package
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway import profiles
from fellesjournal.norway.identity.kinds import HELP_NUMBER_TYPE, Kind
from norway.numbers import number

THEIRS = "http://hl7.no/fhir/StructureDefinition/no-basis-"
BORN = date(1980, 5, 17)
SYNTHETIC = number(BORN, 102, month=80)
D_NUMBER = number(BORN, 102, day=40, month=80)
HELP_TYPE = {"coding": [{"system": HELP_NUMBER_TYPE[0], "code": HELP_NUMBER_TYPE[1]}]}


def numbered(kind: Kind, value: str, **more: Any) -> dict[str, Any]:
    return {"system": kind.system, "value": value, **more}


OURS: dict[str, dict[str, Any]] = {
    profiles.CITIZEN: {
        "resourceType": "Patient",
        "extension": [
            {
                "url": profiles.ADDRESS_PROTECTION,
                "valueCode": "fortrolig",
            }
        ],
        "identifier": [
            numbered(Kind.BIRTH_NUMBER, SYNTHETIC),
            numbered(Kind.D_NUMBER, D_NUMBER),
            numbered(
                Kind.LOCAL_HELP_NUMBER,
                number(BORN, 102, month=40),
                type=HELP_TYPE,
                assigner={"display": "Nes legevakt"},
            ),
        ],
        "name": [{"family": "Prøve", "given": ["Munter"]}],
        "gender": "female",
        "birthDate": "1980-05-17",
    },
    profiles.HEALTH_WORKER: {
        "resourceType": "Practitioner",
        "identifier": [numbered(Kind.HPR_NUMBER, "9900001")],
        "name": [{"family": "Storm"}],
    },
    profiles.UNIT: {
        "resourceType": "Organization",
        "identifier": [numbered(Kind.ORGANISATION_NUMBER, "999999999"), numbered(Kind.HER_ID, "100001")],
        "name": "Nes legevakt",
    },
}
NAMES = {profiles.CITIZEN: "Patient", profiles.HEALTH_WORKER: "Practitioner", profiles.UNIT: "Organization"}


@pytest.fixture(scope="module")
def validator(shared_data: Path, definitions: Definitions) -> Validator:
    folder = shared_data / "norway" / "no-basis-2.2.2"
    package = read_package((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))
    own = {tree["url"]: tree for tree in norwegian_resources()}
    sources: list[Structures] = [own.get, package.resources["StructureDefinition"].get, definitions.structure]
    return Validator(definitions, Library(definitions, sources))


def errors(validator: Validator, resource: dict[str, Any], profile: str) -> list[str]:
    """Where the resource does not keep the profile."""
    return [one.expression for one in validator.review(resource, [profile]) if one.severity == "error"]


@pytest.mark.parametrize("url", OURS, ids=NAMES.get)
def test_what_keeps_our_profile_keeps_that_of_no_basis(validator: Validator, url: str) -> None:
    assert errors(validator, OURS[url], url) == []
    assert errors(validator, OURS[url], THEIRS + NAMES[url]) == []


def changed(url: str, **members: Any) -> dict[str, Any]:
    """The resource of ours with other members; None takes one away."""
    whole = OURS[url] | members
    return {name: value for name, value in whole.items() if value is not None}


def citizen(**members: Any) -> dict[str, Any]:
    return changed(profiles.CITIZEN, **members)


STRICTER: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "a number looks like one of its kind",
        profiles.CITIZEN,
        citizen(identifier=[numbered(Kind.BIRTH_NUMBER, "1234")]),
        ["Patient.identifier[0].value"],
    ),
    (
        "a DUF number too",
        profiles.CITIZEN,
        citizen(identifier=[numbered(Kind.DUF_NUMBER, "1234")]),
        ["Patient.identifier[0].value"],
    ),
    ("a citizen has a number", profiles.CITIZEN, citizen(identifier=None), ["Patient.identifier"]),
    (
        "and one of a kind that Norway knows",
        profiles.CITIZEN,
        citizen(identifier=[{"system": "urn:example:local", "value": "7"}]),
        ["Patient"],
    ),
    ("a citizen has a name", profiles.CITIZEN, citizen(name=None), ["Patient.name"]),
    (
        "with a family name",
        profiles.CITIZEN,
        citizen(name=[{"text": "Munter Prøve", "given": ["Munter"]}]),
        ["Patient"],
    ),
    ("a citizen has a birth date", profiles.CITIZEN, citizen(birthDate=None), ["Patient.birthDate"]),
    ("a citizen has a sex", profiles.CITIZEN, citizen(gender=None), ["Patient.gender"]),
    (
        "a health worker has an HPR number",
        profiles.HEALTH_WORKER,
        changed(profiles.HEALTH_WORKER, identifier=[{"system": "urn:example:local", "value": "7"}]),
        ["Practitioner.identifier"],
    ),
    (
        "a health worker has a family name",
        profiles.HEALTH_WORKER,
        changed(profiles.HEALTH_WORKER, name=[{"text": "Storm"}]),
        ["Practitioner"],
    ),
    (
        "a unit has an organisation number or a HER-id",
        profiles.UNIT,
        changed(profiles.UNIT, identifier=[numbered(Kind.RESH_ID, "4201115")]),
        ["Organization"],
    ),
    (
        "the HER-id of a unit looks like one",
        profiles.UNIT,
        changed(profiles.UNIT, identifier=[numbered(Kind.HER_ID, "x")]),
        ["Organization.identifier[0].value"],
    ),
    ("a unit has a name", profiles.UNIT, changed(profiles.UNIT, name=None), ["Organization.name"]),
]
"""What keeps no-basis, and where it does not keep ours: the list in docs/decisions/norwegian-facts.md."""


@pytest.mark.parametrize(
    ("url", "resource", "places"), [case[1:] for case in STRICTER], ids=[case[0] for case in STRICTER]
)
def test_where_our_profiles_ask_for_more_than_no_basis(
    validator: Validator, url: str, resource: dict[str, Any], places: list[str]
) -> None:
    assert errors(validator, resource, THEIRS + NAMES[url]) == []
    assert errors(validator, resource, url) == places


WHY = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}
UNKNOWN = {
    "identifier": OURS[profiles.CITIZEN]["identifier"][2:],
    "name": [{"use": "anonymous", "text": "Ukjent mann, Nes legevakt"}],
    "gender": "unknown",
    "birthDate": None,
    "_birthDate": WHY,
}
NEWBORN = {
    "identifier": OURS[profiles.CITIZEN]["identifier"][2:],
    "name": [{"use": "temp", "text": "Nyfødt jente Prøve"}],
}
NAMED_BY_NOBODY = {"name": [{"text": "Prøve", "_family": WHY}]}


@pytest.mark.parametrize("members", [UNKNOWN, NEWBORN, NAMED_BY_NOBODY])
def test_somebody_unknown_and_somebody_new_are_citizens_too(
    validator: Validator, members: dict[str, Any]
) -> None:
    resource = citizen(**members)
    assert errors(validator, resource, profiles.CITIZEN) == []
    assert errors(validator, resource, THEIRS + "Patient") == []
