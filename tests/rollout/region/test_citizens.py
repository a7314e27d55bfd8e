"""Citizens as the register has them: held to no-basis, with kin and powers that the door reads."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fellesjournal.access.guard.ties import TIES
from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import read_package
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Kind, Sex
from fellesjournal.norway.profiles import CITIZEN
from fellesjournal.norway.protection import is_protected
from fellesjournal.norway.representation import Bond, Purpose, Someone, Tie, representation
from fellesjournal.rollout.region import origins, reach
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import relations
from fellesjournal.rollout.region.citizens import identifier
from fellesjournal.rollout.region.courses import family_ties
from fellesjournal.rollout.region.courses.municipal import young
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.numbers import serials
from fellesjournal.rollout.region.people import Family, Household, Person, Protection
from rollout.region.conftest import TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
NO_BASIS = "http://hl7.no/fhir/StructureDefinition/no-basis-"


@pytest.fixture(scope="module")
def validator(shared_data: Path, definitions: Definitions) -> Validator:
    folder = shared_data / "norway" / "no-basis-2.2.2"
    package = read_package((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))
    own = {tree["url"]: tree for tree in norwegian_resources()}
    sources: list[Structures] = [own.get, package.resources["StructureDefinition"].get, definitions.structure]
    return Validator(definitions, Library(definitions, sources))


def _errors(validator: Validator, resource: Json, *profiles: str) -> list[str]:
    found = validator.review(resource, list(profiles))
    return [f"{one.expression}: {one.diagnostics}" for one in found if one.severity == "error"]


def test_every_citizen_keeps_our_profile_and_that_of_no_basis(records: Records, validator: Validator) -> None:
    for record in list(records.values())[:150]:
        assert _errors(validator, record.patient, CITIZEN, f"{NO_BASIS}Patient") == []
        for related in record.of("RelatedPerson"):
            assert _errors(validator, related, f"{NO_BASIS}RelatedPerson") == []


def test_everybody_has_somebody_to_call(records: Records) -> None:
    for record in records.values():
        assert record.of("RelatedPerson")


def _ties(related: Json) -> set[str]:
    return {
        coding["code"]
        for concept in related["relationship"]
        for coding in concept["coding"]
        if coding["system"] == TIES
    }


def test_the_codes_of_ties_are_the_doors() -> None:
    assert relations.TIES == TIES
    assert {relations.PARENT, relations.GUARDIAN, relations.ATTORNEY} == {one.value for one in Tie}
    assert {relations.READ, relations.BOOK, relations.WRITE} == {one.value for one in Purpose}


def test_children_have_parents_with_responsibility_until_they_are_of_age(records: Records) -> None:
    children = [one for one in records.values() if one.born > "2009" and not one.died]
    assert children
    for child in children:
        parents = [one for one in child.of("RelatedPerson") if "parent" in _ties(one)]
        assert 1 <= len(parents) <= 2
        assert all(one["period"] == {"start": child.born} for one in parents)
    for record in records.values():
        if record.born < "2008":
            assert not any("parent" in _ties(one) for one in record.of("RelatedPerson"))


def _someone(record: Record) -> Someone:
    (home,) = [one for one in record.patient["address"] if "period" not in one]
    return Someone(
        record.patient["id"], date.fromisoformat(record.born), str(home), is_protected(record.patient)
    )


def test_what_is_written_lets_parents_act_for_their_children(records: Records) -> None:
    by_number = {one.patient["identifier"][0]["value"]: one for one in records.values()}
    asked = 0
    for child in records.values():
        if child.born < "2011" or child.died:
            continue
        bonds = [
            Bond(
                Tie.PARENT,
                _someone(by_number[one["identifier"][0]["value"]]),
                date.fromisoformat(one["period"]["start"]),
            )
            for one in child.of("RelatedPerson")
            if "parent" in _ties(one)
        ]
        for bond in bonds:
            if not bond.holder.protected and not is_protected(child.patient):
                assert representation(_someone(child), bond.holder, bonds, TODAY).purposes == set(Purpose)
                asked += 1
    assert asked > 100


def test_powers_of_attorney_name_what_they_are_for(records: Records) -> None:
    powers = [
        one
        for record in records.values()
        for one in record.of("RelatedPerson")
        if "power-of-attorney" in _ties(one)
    ]
    assert len(powers) > 5
    for one in powers:
        assert _ties(one) & {"read", "book", "write"}
        assert one["period"]["start"] <= TODAY.isoformat()
        assert one["identifier"]


def test_who_begins_to_forget_has_mostly_given_a_power_of_attorney(life: Lives) -> None:
    given = 0
    for seed in range(100):
        one = life(date(1940, 1, 1), Sex.FEMALE, seed=str(seed))
        daughter = Person(1, Sex.FEMALE, date(1970, 1, 1), Household(0, 2, 2), id="innbygger-2")
        daughter.serial = 102
        one.person.children.append(daughter)
        one.decline = Decline(Dementia(date(2020, 1, 1), 23, 2))
        one.turn_to("family_ties")
        family_ties.bind(one)
        given += any("power-of-attorney" in _ties(body) for body in bodies(one))
    assert 45 < given < 75


def test_a_disabled_adult_has_a_parent_as_guardian(life: Lives) -> None:
    one = life(date(2007, 1, 1))
    mother = Person(1, Sex.FEMALE, date(1980, 1, 1), one.person.household, id="innbygger-2")
    mother.serial = 102
    one.person.mother = mother
    one.problem(young.LEARNING, date(2009, 1, 1))
    family_ties.bind(one)
    (related,) = [body for body in bodies(one) if body["resourceType"] == "RelatedPerson"]
    assert _ties(related) == {"guardian", "read", "book", "write"}
    assert related["period"]["start"] == "2025-01-01"


def test_how_to_reach_who_has_a_protected_address_is_not_written_with_others(life: Lives) -> None:
    one = life(date(1980, 1, 1))
    partner = Person(
        1, Sex.FEMALE, date(1980, 1, 1), Household(0, 2, 2, Protection.STRICTLY_CONFIDENTIAL), id="x"
    )
    partner.serial = 102
    one.person.partner, partner.partner = partner, one.person
    family_ties.bind(one)
    (related,) = bodies(one)
    assert is_protected(related)
    assert "telecom" not in related


def test_nobody_can_be_phoned_or_mailed() -> None:
    numbers = {reach.phone(place)["value"] for place in range(720_000)}
    assert len(numbers) == 720_000
    assert all(one.startswith("+471") and len(one) == 11 for one in numbers)
    assert reach.mail("innbygger-1")["value"].endswith("@example.org")


def test_citizenship_language_and_numbers_agree() -> None:
    seen: Counter[str] = Counter()
    for seed in range(4_000):
        person = Person(0, Sex.FEMALE, date(1985, 1, 1), Household(0, 1, 1))
        origins.give(Family([person]), Chance(seed, "origins"))
        seen[person.language] += 1
        seen[f"citizen {person.citizenship}"] += 1
        seen["temporary"] += person.d_number
        if person.d_number:
            assert person.citizenship != "NO"
        if person.language in {"se", "smj", "sma"}:
            assert person.citizenship == "NO"
    assert 0.85 < seen["citizen NO"] / 4_000 < 0.95
    assert 10 < seen["se"] + seen["smj"] + seen["sma"] < 45
    assert 10 < seen["temporary"] < 90


def test_a_d_number_is_one(records: Records) -> None:
    for record in records.values():
        (one,) = record.patient["identifier"]
        assert classify(one["value"], TODAY, one["system"])
    born = date(1990, 5, 5)
    guest = Person(0, Sex.MALE, born, Household(0, 1, 1), serial=next(serials(born, Sex.MALE)), d_number=True)
    found = identifier(guest)
    assert found["system"] == Kind.D_NUMBER.system
    assert classify(found["value"], TODAY, found["system"]).born == born


def test_some_have_moved_and_only_one_address_is_home(records: Records) -> None:
    moved = [one for one in records.values() if len(one.patient["address"]) == 2]
    assert 0.15 < len(moved) / len(records) < 0.35
    for record in records.values():
        assert record.patient["address"][0]["use"] == "home"
        for one in record.patient["address"][1:]:
            assert one["use"] == "old"
            assert record.born < one["period"]["end"]


def test_who_is_married_and_who_is_widowed_agrees_with_the_partner(records: Records) -> None:
    states = Counter(
        one.patient["maritalStatus"]["coding"][0]["code"] for one in records.values() if one.born < "1950"
    )
    assert set(states) <= {"M", "S", "D", "W"}
    assert states["M"] > states["S"]
    for record in records.values():
        spouses = [
            one
            for one in record.of("RelatedPerson")
            if one["relationship"][0]["coding"][0]["code"] == "EF" and not _ties(one)
        ]
        code = record.patient["maritalStatus"]["coding"][0]["code"]
        if spouses:
            assert code == ("M" if spouses[0]["active"] else "W")
        else:
            assert code != "M"


def test_no_child_was_born_after_its_mothers_death(records: Records) -> None:
    by_number = {one.patient["identifier"][0]["value"]: one for one in records.values()}
    for child in records.values():
        for related in child.of("RelatedPerson"):
            if related["relationship"][0]["coding"][0]["code"] == "MO" and "identifier" in related:
                mother = by_number[related["identifier"][0]["value"]]
                assert not mother.died or child.born < mother.died
