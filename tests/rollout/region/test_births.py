"""Pregnancies and births: rules, and that mother and child tell the same birth."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.births import birth_of, births_of
from fellesjournal.rollout.region.courses import contraception, lost_pregnancies, pregnancy
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from rollout.region.conftest import ERA, TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
BORN = date(2019, 4, 10)
OF_PREGNANCY = {"W78", "W781", "W81", "W82", "W83", "W85", "W90", "W92"}


def _mother(life: Lives, seed: str = "prøve", *births: date) -> Life:
    mother = life(date(1990, 1, 1), Sex.FEMALE, seed=seed)
    for place, born in enumerate(births):
        child = Person(place + 1, Sex.MALE, born, mother.person.household, id=f"innbygger-{place + 2}")
        child.mother = mother.person
        mother.person.children.append(child)
    return mother


def _told(life: Life, course: Callable[[Life], None]) -> list[Json]:
    life.turn_to(f"{course.__module__}.{course.__name__}")
    course(life)
    return bodies(life)


def _codes(record: Record) -> set[str]:
    reasons = [one for met in record.of("Encounter") for one in met.get("reasonCode", ())]
    wrong = [one["code"] for one in record.of("Condition")]
    return {coding["code"] for concept in (*reasons, *wrong) for coding in concept["coding"]}


def test_no_man_girl_or_old_woman_is_pregnant(records: Records) -> None:
    for record in records.values():
        if _codes(record) & OF_PREGNANCY:
            assert record.patient["gender"] == "female"
            assert 15 <= TODAY.year - int(record.born[:4]) <= 57


def test_a_birth_is_the_same_in_both_records(records: Records) -> None:
    compared = 0
    for mother in records.values():
        notes = [
            section["text"]["div"]
            for note in mother.of("Composition")
            for section in note["section"]
            if section["title"] == "Fødselen"
        ]
        for stay in mother.of("Encounter"):
            if not any("levende født" in one["text"] for one in stay.get("reasonCode", ())):
                continue
            note = notes[compared_of(mother, stay)]
            grams = re.search(r"(\d+) g", note)
            assert grams is not None
            first, last = (stay["period"].get(side, "9999")[:10] for side in ("start", "end"))
            born = [one for one in records.values() if first <= one.born <= last]
            children = [one for one in born if _is_child_of(one, mother)]
            weights = [
                one["valueQuantity"]["value"]
                for child in children
                for one in child.of("Observation")[:6]
                if one["code"]["text"] == "Vekt"
            ]
            assert round(int(grams[1]) / 1000, 1) in weights
            compared += 1
    assert compared > 30


def compared_of(mother: Record, stay: Json) -> int:
    births = [
        one
        for one in mother.of("Encounter")
        if any("levende født" in reason["text"] for reason in one.get("reasonCode", ()))
    ]
    return births.index(stay)


def _is_child_of(child: Record, mother: Record) -> bool:
    numbers = {one["value"] for one in mother.patient["identifier"]}
    return any(
        identifier["value"] in numbers
        for related in child.of("RelatedPerson")
        for identifier in related.get("identifier", ())
    )


def test_check_ups_come_in_order_and_the_womb_grows(life: Lives) -> None:
    found = _told(_mother(life, "prøve", BORN), pregnancy.carries)
    fundus = [
        (one["effectiveDateTime"], one["valueQuantity"]["value"])
        for one in found
        if one["resourceType"] == "Observation" and one["code"]["text"] == "Symfyse-fundus-mål"
    ]
    assert len(fundus) >= 3
    assert fundus == sorted(fundus)
    assert all("2018-06" < moment < "2019-04-11" for moment, _ in fundus)
    letters = [one["description"] for one in found if one["resourceType"] == "DocumentReference"]
    assert letters == ["Henvisning", "Epikrise etter fødsel"]


def test_the_stay_holds_the_birth(life: Lives) -> None:
    for seed in range(40):
        mother = _mother(life, str(seed), BORN)
        birth = birth_of(mother.person.children[0], mother.seed)
        assert birth.moment.date() == BORN
        assert 240 <= birth.gestation <= 293
        assert birth.arrival < birth.moment < datetime.combine(birth.home, datetime.min.time())
        (stay,) = [
            one
            for one in _told(mother, pregnancy.carries)
            if one["resourceType"] == "Encounter" and one["class"]["code"] == "IMP"
        ]
        came = stay["period"]["start"][:16]
        sent = came < birth.arrival.isoformat()[:16]  # who is sent for pre-eclampsia
        assert sent or came == birth.arrival.isoformat()[:16]


def test_as_many_are_born_by_operation_as_in_the_country() -> None:
    ways = [
        birth_of(Person(0, Sex.FEMALE, BORN, Household(0, 1, 1), id=f"innbygger-{number}"), "prøve")
        for number in range(2_000)
    ]
    assert 0.14 < sum(one.is_caesarean for one in ways) / 2_000 < 0.20
    assert 0.02 < sum(one.gestation < 259 for one in ways) / 2_000 < 0.08
    assert 3_400 < sum(one.weight for one in ways) / 2_000 < 3_700


def test_a_birth_before_the_recorded_years_is_not_told_and_one_to_come_is_not_told_as_over(
    life: Lives,
) -> None:
    assert _told(_mother(life, "prøve", date(2012, 1, 1)), pregnancy.carries) == []
    for seed in range(400):
        mother = _mother(life, str(seed))
        if births_of(mother.person, ERA.until, mother.seed):
            break
    else:
        pytest.fail("nobody expects a child")
    found = _told(mother, pregnancy.carries)
    assert not any(one["resourceType"] == "Encounter" and one["class"]["code"] == "IMP" for one in found)
    assert all("abatementDateTime" not in one for one in found if one["resourceType"] == "Condition")


def test_what_is_written_of_an_abortion_has_its_label(life: Lives) -> None:
    for seed in range(200):
        found = _told(_mother(life, str(seed)), lost_pregnancies.loses)
        chosen = [one for one in found if "W83" in str(one)]
        if chosen:
            assert all(one["meta"]["security"][0]["code"] == "SEX" for one in chosen)
            return
    pytest.fail("there was no abortion")


def test_nobody_uses_contraception_while_pregnant(life: Lives) -> None:
    for seed in range(60):
        mother = _mother(life, str(seed), BORN)
        birth = birth_of(mother.person.children[0], mother.seed)
        for one in _told(mother, contraception.uses):
            if one["resourceType"] == "MedicationStatement":
                period = one["effectivePeriod"]
                ended = period.get("end", "9999")
                assert ended < birth.since.isoformat() or period["start"] > BORN.isoformat()
    assert _told(life(date(1990, 1, 1), Sex.MALE), contraception.uses) == []
