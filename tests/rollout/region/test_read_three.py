"""What twelve records read whole had that was not so, with what follows; as rules."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from fellesjournal.rollout.region.courses import fate, last_illness
from fellesjournal.rollout.region.courses.municipal import moving_in
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record, bodies
from rollout.region.test_rules import Records, notes

REFUSED = "Ønsker ikke vaksine mot influensa og pneumokokker"
ADVISED = re.compile(r"[Ii]nfluensa|[Pp]neumokokk")
STRUCK = "hjerneslag. Enig med familien"
Lives = Callable[..., Life]


def test_who_does_not_want_vaccines_for_the_lungs_has_none_of_them_afterwards(records: Records) -> None:
    refused = 0
    for note in notes(records):
        assert "Ønsker ikke vaksiner." not in note.text, note.body["id"]
        if REFUSED in note.text:
            refused += 1
            for one in note.record.of("Immunization"):
                later = one["occurrenceDateTime"] > note.body["date"]
                assert not (later and ADVISED.search(one["vaccineCode"]["text"])), note.body["id"]
    assert refused


def test_cholesterol_that_is_said_to_be_in_goal_is_under_the_goal_that_is_written(records: Records) -> None:
    told = 0
    for record in records.values():
        goal = 1.8
        for note in notes({"one": record}):
            goal = 1.4 if "LDL under 1,4 er målet" in note.text else goal
            if re.search(r"LDL i mål|Kolesterolet er (fint|i mål)", note.text):
                told += 1
                assert all(value < goal for value in cholesterol(record, note.day)), note.body["id"]
    assert told


def cholesterol(record: Record, day: date) -> list[float]:
    """The values of the three weeks before a day."""
    return [
        one["valueQuantity"]["value"]
        for one in record.of("Observation")
        if one["code"]["text"] == "LDL-kolesterol"
        and 0 <= (day - date.fromisoformat(one["effectiveDateTime"][:10])).days < 21
    ]


def test_nobody_comes_to_a_nursing_home_to_die_of_a_stroke_of_that_day(records: Records) -> None:
    came = 0
    for record in records.values():
        said = [note.text for note in notes({"one": record})]
        for text in said:
            came += "Kommer til lindrende opphold" in text
            assert not re.search("Hovedproblem: (hjerneblødning|hjerneslag)", text), record.patient["id"]
            if "Ventet dødsfall. Dødsårsak: hjerne" in text:
                assert any(STRUCK in other for other in said), record.patient["id"]
    assert came


def test_who_dies_of_a_stroke_dies_at_a_ward_or_in_the_nursing_home_he_or_she_lives_in(life: Lives) -> None:
    places = set()
    for number in range(700):
        one = life(date(1920 + number % 40, 3, 1), died=date(2023, 6, 1), seed=str(number))
        fate.decides(one)
        moving_in.decides(one)
        if one.ending is not None and one.ending.cause is Cause.STROKE:
            places.add(one.ending.place)
            resident = one.decline.lives_in(one.ending.since)
            assert one.ending.place is Place.WARD or resident, number
    assert places == {Place.WARD, Place.NURSING_HOME}


@pytest.mark.parametrize(("first", "asked"), [(6.0, "med pårørende"), (29.0, "med pasient og pårørende")])
def test_who_no_longer_understands_it_has_not_agreed_to_what_is_not_done(
    life: Lives, first: float, asked: str
) -> None:
    one = life(date(1940, 3, 1), died=date(2023, 6, 1))
    one.ending = Ending(Cause.DEMENTIA, Place.NURSING_HOME, date(2023, 5, 1))
    one.decline.dementia = Dementia(date(2022, 5, 1), first, 0.0)
    last_illness.comes(one)
    plans = [told for told in map(str, bodies(one)) if "Ikke innleggelse ved forverring" in told]
    assert plans
    assert all(f"avklart {asked}." in told for told in plans)
