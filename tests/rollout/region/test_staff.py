"""The invented staff: sound by FHIR and by Norway's profiles, and nobody real."""

from datetime import UTC, date, datetime

import msgspec

from fellesjournal.access import employments
from fellesjournal.access.policies import Policies
from fellesjournal.access.policy_names import PROFESSION, policy_name
from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway import profiles
from fellesjournal.norway.codes.people import PROFESSION as PROFESSIONS
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.norway.identity.practice import refused_on_practice_site
from fellesjournal.rollout.region.places import Places
from world import staff


def test_every_resource_keeps_fhir_and_the_norwegian_profile_of_its_kind(definitions: Definitions) -> None:
    ours = {one["url"]: one for one in norwegian_resources()}
    sources: list[Structures] = [ours.get, definitions.structure]
    validator = Validator(definitions, Library(definitions, sources))
    checked = 0
    for resource in staff.resources():
        systems = {one["system"] for one in resource.get("identifier", [])}
        profile = {
            "Organization": profiles.UNIT,
            "Practitioner": profiles.HEALTH_WORKER if Kind.HPR_NUMBER.system in systems else "",
        }.get(resource["resourceType"], "")
        found = validator.review(resource, [profile] if profile else [])
        assert [one for one in found if one.severity == "error"] == [], resource["id"]
        checked += bool(profile)
    assert checked > 20


def test_nobody_real_can_bear_the_numbers() -> None:
    numbers = [
        one
        for resource in staff.resources()
        for one in resource.get("identifier", [])
        if one["system"] == Kind.BIRTH_NUMBER.system
    ]
    assert len({one["value"] for one in numbers}) == len(staff.WORKERS)
    for one in numbers:
        identity = classify(one["value"], date(2026, 11, 1), one["system"])
        assert refused_on_practice_site(identity, practice=True) is None


def test_each_service_answers_a_number_that_nobody_has() -> None:
    offered = [one for one in Places(20_000).resources() if one["resourceType"] == "HealthcareService"]
    numbers = {one["id"]: one["telecom"][0]["value"] for one in offered}
    units = {one["providedBy"]["reference"] for one in offered}
    assert len(set(numbers.values())) == len(units)
    assert {number[:5] for number in numbers.values()} == {"+4719"}


def test_references_point_to_what_came_before() -> None:
    known: set[str] = set()
    for resource in staff.resources():
        for name in ("partOf", "practitioner", "organization"):
            assert name not in resource or resource[name]["reference"] in known
        known.add(f"{resource['resourceType']}/{resource['id']}")


def test_every_role_leads_to_a_policy_and_all_but_one_are_in_force() -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    roles = [one for one in staff.resources() if one["resourceType"] == "PractitionerRole"]
    read = [employments.read(msgspec.json.encode(one)) for one in roles]
    assert all(one.policy for one in read)
    assert [one.person for one in read if not one.in_force(now)] == ["Practitioner/avgatt-lomvi"]
    known = Policies()
    assert {one.policy for one in read if known.find(one.policy) is None} == set()


def test_every_profession_that_leads_to_a_policy_leads_to_one_that_there_is() -> None:
    known = Policies()
    found = {code.code: policy_name([(PROFESSION, code.code)]) for code in PROFESSIONS.codes}
    assert found["LE"] == "lege"
    assert {name for name in found.values() if name and known.find(name) is None} == set()
