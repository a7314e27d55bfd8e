"""Growing up: the programme's vaccines, growth along a line, visits at the right ages."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import adhd, broken_bones, childhood, childhood_illness
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from fellesjournal.rollout.region.programme import HPV_2, HPV_4, HPV_9, ROTA, SIX, TUBERCULOSIS, Age, due, hpv
from rollout.region.conftest import Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]


def _child(born: date, sex: Sex = Sex.FEMALE, citizenship: str = "NO") -> Person:
    return Person(0, sex, born, Household(0, 1, 1), citizenship=citizenship)


def _grown(life: Life) -> list[Json]:
    life.turn_to("childhood.grows")
    childhood.grows(life)
    return bodies(life)


@pytest.mark.parametrize(
    ("born", "age", "vaccines"),
    [
        (date(2014, 8, 31), Age.SIX_WEEKS, []),
        (date(2014, 9, 1), Age.SIX_WEEKS, [("J07BH01", 1)]),
        (date(2016, 10, 31), Age.THREE_MONTHS, [("J07BH01", 2), ("J07CA06", 1), ("J07AL02", 1)]),
        (date(2016, 11, 1), Age.FIVE_MONTHS, [("J07CA09", 2), ("J07AL02", 2)]),
        (date(2005, 12, 31), Age.TWELVE_MONTHS, [("J07CA06", 3)]),
        (date(2020, 1, 1), Age.FIFTEEN_MONTHS, [("J07BD52", 1)]),
        (date(2013, 1, 1), Age.SECOND_GRADE, [("J07CA02", 4)]),
        (date(2010, 1, 1), Age.SIXTH_GRADE, [("J07BD52", 2)]),
        (date(2010, 1, 1), Age.TENTH_GRADE, [("J07CA02", 5)]),
    ],
)
def test_the_programme_gives_what_is_due_and_follows_its_changes(
    born: date, age: Age, vaccines: list[tuple[str, int]]
) -> None:
    assert [(one.atc, dose) for one, dose in due(_child(born), age)] == vaccines


def test_children_of_countries_with_tuberculosis_are_vaccinated_against_it() -> None:
    found = [one for one, _ in due(_child(date(2022, 1, 1), citizenship="SO"), Age.SIX_WEEKS)]
    assert found == [TUBERCULOSIS, ROTA]


@pytest.mark.parametrize(
    ("born", "sex", "given"),
    [
        (date(1996, 5, 1), Sex.FEMALE, None),
        (date(1997, 5, 1), Sex.FEMALE, (HPV_4, 3)),
        (date(2005, 5, 1), Sex.FEMALE, (HPV_2, 2)),
        (date(2005, 5, 1), Sex.MALE, None),
        (date(2006, 5, 1), Sex.MALE, (HPV_2, 2)),
        (date(2013, 5, 1), Sex.MALE, (HPV_9, 2)),
    ],
)
def test_girls_have_the_vaccine_against_hpv_from_2009_and_boys_from_2018(
    born: date, sex: Sex, given: object
) -> None:
    assert hpv(_child(born, sex)) == given


def test_a_child_grows_and_keeps_its_line(life: Lives) -> None:
    for seed in range(25):
        found = _grown(life(date(2019, 3, 3), Sex.MALE, seed=str(seed)))
        heights = _values(found, "Høyde")
        assert heights == sorted(heights)
        assert 44 <= heights[0] < 57
        assert 3 <= len(_values(found, "Hodeomkrets")) <= 9
        assert all(2 < one < 40 for one in _values(found, "Vekt"))


def _values(found: list[Json], what: str) -> list[float]:
    return [
        one["valueQuantity"]["value"]
        for one in found
        if one["resourceType"] == "Observation" and one["code"]["text"] == what
    ]


def test_nearly_all_children_are_vaccinated_and_none_twice_with_a_dose(records: Records) -> None:
    children = [one for one in records.values() if "2017-06" < one.born < "2025-01" and not one.died]
    six = [
        [one for one in child.of("Immunization") if one["vaccineCode"]["text"] == SIX.text]
        for child in children
    ]
    assert sum(len(one) >= 2 for one in six) / len(children) > 0.88
    for child in records.values():
        given = Counter(
            (one["vaccineCode"]["text"], one["protocolApplied"][0]["doseNumberPositiveInt"])
            for one in child.of("Immunization")
            if "Influensa" not in one["vaccineCode"]["text"] and "polio" not in one["vaccineCode"]["text"]
        )
        assert all(number == 1 for number in given.values()), child.patient["id"]


def test_vaccines_of_infants_are_given_to_infants(records: Records) -> None:
    for record in records.values():
        for one in record.of("Immunization"):
            if one["vaccineCode"]["text"] in {ROTA.text, SIX.text}:
                age = date.fromisoformat(one["occurrenceDateTime"][:10]) - date.fromisoformat(record.born)
                assert 35 < age.days < 480


def test_a_child_whose_parents_live_apart_has_it_noted(life: Lives) -> None:
    one = life(date(2020, 3, 3), Sex.FEMALE)
    one.person.lives_apart_from, one.person.shared_residence = _child(date(1990, 1, 1)), True
    found = str(_grown(one))
    assert "Delt bosted" in found or "Delt bustad" in found


def test_grown_ups_have_no_childhood_in_their_record(life: Lives) -> None:
    assert _grown(life(date(1980, 1, 1))) == []


def test_children_break_bones_at_play_and_are_seen_again(life: Lives) -> None:
    broken = 0
    for seed in range(60):
        one = life(date(2010, 1, 1), Sex.MALE, seed=str(seed))
        one.turn_to("broken_bones.breaks")
        broken_bones.breaks(one)
        found = bodies(one)
        broken += sum(body["resourceType"] == "Condition" for body in found)
        for body in found:
            if body["resourceType"] == "Condition":
                assert "2013" <= body["onsetDateTime"] < "2026-02"
    assert 5 < broken < 40


def test_what_children_fall_ill_with_is_over_when_they_are_grown(life: Lives) -> None:
    one = life(date(1970, 1, 1))
    childhood_illness.catches(one)
    assert bodies(one) == []
    kinds: set[str] = set()
    for seed in range(120):
        child = life(date(2018, 1, 1), seed=str(seed))
        child.turn_to("childhood_illness.catches")
        childhood_illness.catches(child)
        kinds |= {one["code"]["text"] for one in bodies(child) if one["resourceType"] == "Condition"}
    assert kinds == {"Obstruktiv bronkitt", "Atopisk eksem", "Vannkopper"}


def test_about_one_child_in_twenty_five_has_adhd_boys_more_often_and_the_clinic_is_labelled(
    life: Lives,
) -> None:
    found: Counter[Sex] = Counter()
    for sex in Sex:
        for seed in range(900):
            one = life(date(2008, 6, 6), sex, seed=str(seed))
            one.turn_to("adhd.lives_with")
            adhd.lives_with(one)
            if not one.has(adhd.ADHD):
                continue
            found[sex] += 1
            for body in bodies(one):
                clinic = "psykiatrisk" in str(body.get("serviceProvider", body.get("custodian", "")))
                assert not clinic or body["meta"]["security"][0]["code"] == "PSY"
    assert 0.015 < found[Sex.FEMALE] / 900 < 0.04 < found[Sex.MALE] / 900 < 0.09


def test_school_children_are_seen_at_school_and_small_ones_are_not(records: Records) -> None:
    for record in records.values():
        for one in record.of("Encounter"):
            if one["serviceProvider"]["reference"].endswith("skolehelsetjeneste"):
                age = date.fromisoformat(one["period"]["start"][:10]).year - int(record.born[:4])
                assert 5 <= age <= 16
