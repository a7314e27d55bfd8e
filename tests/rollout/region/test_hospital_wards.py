"""The geriatric and the maternity ward: who lies there, and that mother and child hang together."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import newborns
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.courses import childhood, pregnancy
from fellesjournal.rollout.region.courses.short_admissions import FRAIL
from fellesjournal.rollout.region.courses.today import geriatrics
from fellesjournal.rollout.region.families import couple_with_children, couple_young, parents_apart
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Family, Person
from fellesjournal.rollout.region.region import BLOCK, Region, plan
from rollout.region.conftest import TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
MATERNITY, GERIATRIC = "Organization/isfjell-fodeavdeling", "Organization/isfjell-geriatrisk-sengepost"


def _lying(found: list[Json], unit: str) -> list[Json]:
    return [
        one
        for one in found
        if one["resourceType"] == "Encounter"
        and one["status"] == "in-progress"
        and one["serviceProvider"]["reference"] == unit
    ]


def test_mothers_and_their_newborns_lie_at_the_maternity_ward(records: Records) -> None:
    lying = {key: one for key, one in records.items() if _lying(one.all, MATERNITY)}
    children = [one for one in lying.values() if one.born >= (TODAY - timedelta(days=7)).isoformat()]
    mothers = [one for one in lying.values() if one not in children]
    assert len(children) == len(mothers) >= newborns.WANTED
    for child in children:
        (kin,) = [one for one in child.of("RelatedPerson") if one["relationship"][0]["text"] == "Mor"]
        number = kin["identifier"][0]["value"]
        (mother,) = [one for one in mothers if one.patient["identifier"][0]["value"] == number]
        came = mother.all and _lying(mother.all, MATERNITY)[0]["period"]["start"]
        assert came <= _lying(child.all, MATERNITY)[0]["period"]["start"]
        assert mother.patient["gender"] == "female"
        assert all(one["date"] < child.born for one in mother.of("DocumentReference"))


def test_a_child_of_this_night_has_not_been_examined_or_sent_home(life: Lives) -> None:
    one = life(TODAY - timedelta(days=1))
    for seed in range(40):
        one = life(TODAY - timedelta(days=1), seed=str(seed))
        one.turn_to("childhood")
        childhood.grows(one)
        found = bodies(one)
        (stay,) = [body for body in found if body["resourceType"] == "Encounter"]
        assert stay["status"] == "in-progress"
        assert not any("Barnelegeundersøkelse" in str(body) for body in found)


def test_a_mother_whose_child_is_a_day_old_has_no_discharge_letter(life: Lives) -> None:
    one = life(date(1996, 1, 1), Sex.FEMALE)
    born = TODAY - timedelta(days=1)
    child = Person(1, Sex.FEMALE, born, one.person.household, id="innbygger-2", mother=one.person)
    one.person.children.append(child)
    one.turn_to("pregnancy")
    pregnancy.carries(one)
    found = bodies(one)
    (stay,) = _lying(found, MATERNITY)
    assert "end" not in stay["period"]
    assert not any("Epikrise etter fødsel" in str(body) for body in found)
    assert any(section["title"] == "Barsel" for body in found for section in body.get("section", ()))


FAMILIES = (couple_young, couple_with_children, parents_apart)


@settings(deadline=None)
@example(4468, couple_young)
@given(st.integers(0, 10_000), st.sampled_from(FAMILIES))
def test_a_child_of_the_last_days_comes_where_it_can(
    seed: int, kind: Callable[[Chance, date, int], list[Person]]
) -> None:
    family = Family(kind(Chance("prøve", seed), TODAY, 0))
    before = list(family.persons)
    if not newborns.is_born(family, TODAY, Chance("født", seed)):
        assert family.persons == before
        return
    child = family.persons[-1]
    mother = child.mother
    assert mother is not None
    assert mother.is_woman
    assert mother.age(child.born) in newborns.AGES
    assert mother.partner is child.father
    assert child in mother.children
    assert TODAY - timedelta(days=2) <= child.born < TODAY
    others = [one.born for one in mother.children if one is not child]
    assert all(child.born - one >= timedelta(days=550) for one in others)


@settings(deadline=None)
@given(st.integers(0, 100_000))
def test_every_child_has_a_mother(seed: int) -> None:
    """Also of two who live together and are of one sex: then both are women."""
    for child in couple_with_children(Chance("mødre", seed), TODAY, 0)[2:]:
        if child.children:
            continue  # the grandmother
        assert child.mother is not None
        assert child.mother.is_woman


@pytest.mark.parametrize("seed", ["a", "b"])
def test_every_small_region_has_newborns_and_as_many_citizens_as_were_asked_for(seed: str) -> None:
    region = Region(plan(200, seed, None, 10, TODAY))
    families = [family for block in range(region.plan.blocks) for family in region.families(block)]
    found = [one for family in families for one in family.persons]
    assert len(found) == 2 * BLOCK
    assert sum(TODAY - one.born <= timedelta(days=2) for one in found) >= 1


def test_who_lies_at_the_geriatric_ward_is_old(records: Records) -> None:
    stays = [
        (record, one)
        for record in records.values()
        for one in record.of("Encounter")
        if one["serviceProvider"]["reference"].endswith("geriatrisk-sengepost")
    ]
    assert len(stays) > 3
    assert any(one["status"] == "in-progress" for _, one in stays)
    for record, one in stays:
        assert int(one["period"]["start"][:4]) - int(record.born[:4]) >= min(FRAIL, geriatrics.OLD)


def test_home_care_rests_while_somebody_lies_at_the_geriatric_ward(records: Records) -> None:
    for record in records.values():
        if _lying(record.all, GERIATRIC):
            assert not [one for one in record.of("Appointment") if one["status"] == "booked"]
