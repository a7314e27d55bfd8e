"""Who lives in a region: numbers, ages, ties, deaths, beside the public figures they are meant to follow."""

from collections import Counter
from datetime import date

import pytest

from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Form, Sex
from fellesjournal.norway.places.municipalities import every_municipality
from fellesjournal.rollout.region.municipalities import municipalities
from fellesjournal.rollout.region.numbers import identity_number, organisation_number
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.region import BLOCK, Plan, Region

PLAN = Plan(12_000, "folk", date(2016, 11, 26), 10)
UNTIL = PLAN.era.until
AGES = {0: 10.3, 10: 11.9, 20: 12.9, 30: 13.8, 40: 13.0, 50: 13.4, 60: 11.5, 70: 8.8, 80: 3.6}
"""Per cent of the population by ten years of age (Statistics Norway, table 07459, 2024, rounded)."""


@pytest.fixture(scope="module")
def people() -> list[Person]:
    region = Region(PLAN)
    serials = memoryview(region.census())
    return [
        person
        for block in range(PLAN.blocks)
        for person in region.persons(block, bytes(serials[2 * BLOCK * block : 2 * BLOCK * (block + 1)]))
    ]


def test_there_are_as_many_as_were_asked_for_and_no_two_have_one_number(people: list[Person]) -> None:
    numbers = {identity_number(one.born, one.serial, d_number=one.d_number) for one in people}
    assert len(people) == len(numbers) == len({one.id for one in people}) == PLAN.citizens
    for number in list(numbers)[:500]:
        assert number is not None
        identity = classify(number, UNTIL)
        assert identity.form is Form.TENOR


def test_a_number_tells_the_birthday_and_the_sex_of_its_bearer(people: list[Person]) -> None:
    for one in people[:500]:
        found = classify(identity_number(one.born, one.serial) or "", UNTIL)
        assert (found.born, found.sex) == (one.born, one.sex)


def test_ages_are_those_of_the_country(people: list[Person]) -> None:
    alive = [one for one in people if one.died is None]
    decades = Counter(one.age(UNTIL) // 10 * 10 for one in alive)
    for decade, share in AGES.items():
        assert abs(100 * decades[decade] / len(alive) - share) < 3.2, decade
    assert 0.48 < sum(one.sex is Sex.FEMALE for one in alive) / len(alive) < 0.53
    assert 0.03 < 1 - len(alive) / len(people) < 0.09


def test_children_have_parents_who_were_old_enough_and_live_with_one_of_them(people: list[Person]) -> None:
    children = [one for one in people if one.mother or one.father]
    assert len(children) > 1_500
    for child in children:
        for parent in filter(None, (child.mother, child.father)):
            assert child in parent.children
            assert parent.age(child.born) >= 15
        if child.age(UNTIL) < 18 and child.mother:
            homes = {parent.household for parent in (child.mother, child.father) if parent}
            assert child.household in homes


def test_partners_are_each_others_and_nobody_dies_before_birth(people: list[Person]) -> None:
    for one in people:
        assert one.partner is None or one.partner.partner is one
        assert one.born <= UNTIL
        assert one.died is None or max(one.born, PLAN.start) <= one.died <= UNTIL


def test_no_municipality_is_real_and_the_first_is_the_largest() -> None:
    real = {one.name for one in every_municipality()}
    made = municipalities(720_000, 3)
    assert len({one.name for one in made} | {one.slug for one in made}) == 2 * len(made) == 170
    assert not {one.name for one in made} & real
    assert made[0].citizens > 100_000
    assert made[-1].citizens < 4_000
    assert {one.number for one in made} & {one.number for one in every_municipality()} == set()


def test_organisation_numbers_are_sound_and_each_place_has_its_own() -> None:
    numbers = [organisation_number(place) for place in range(2_000)]
    assert len(set(numbers)) == 2_000
    assert all(classify(one, UNTIL, "urn:oid:2.16.578.1.12.4.1.4.101") for one in numbers)
