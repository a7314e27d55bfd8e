"""Visits that are planned at home: they follow from what is decided, and from how it has been done."""

import itertools
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.access.guard.care import care
from fellesjournal.booking.rules import is_at_home
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses.municipal import home_care, planned
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import ERA, TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
SINCE = date(2024, 5, 6)
PLACES = Places(1000)


def _helped(life: Life, level: Level = Level.MUCH, until: date | None = None) -> list[Json]:
    grants = [Grant(HOME_NURSING, home_care.extent(life, level))]
    decide(life, grants, SINCE, until, level, "Bor alene.")
    home_care.visits(life, Step(SINCE, until, level))
    return bodies(life)


def _life(number: int, died: date | None = None) -> Life:
    home = Household(0, 1, 1)
    person = Person(number, Sex.FEMALE, date(1938, 5, 5), home, died, f"innbygger-{number}")
    return Life(person, ERA, PLACES.serving(home), "prøve")


def _planned(found: list[Json]) -> list[Json]:
    return [one for one in found if one["resourceType"] == "Appointment"]


def _moment(one: Json) -> datetime:
    return datetime.fromisoformat(one["start"][:19])


@settings(deadline=None)
@given(st.integers(0, 50), st.sampled_from([Level.SOME, Level.MUCH]))
def test_visits_to_come_are_at_the_hours_and_on_the_days_that_were_decided(number: int, level: Level) -> None:
    life = _life(number)
    found = _planned(_helped(life, level))
    hours, apart = home_care.hours_of(life, level), home_care.days_between(life, level)
    days = Counter(_moment(one).date() for one in found)
    assert set(days.values()) == {len(hours)}
    assert {(day - min(days)).days % apart for day in days} == {0}
    assert TODAY <= min(days) < TODAY + timedelta(days=apart)
    assert max(days) > TODAY + planned.AHEAD - timedelta(days=apart)
    for one in found:
        assert any(hour <= _moment(one).hour <= hour + 1 for hour in hours)


def test_the_rhythm_of_the_last_weeks_goes_on(life: Lives) -> None:
    one = life(date(1938, 1, 1))
    one.person.number = 7
    assert home_care.days_between(one, Level.SOME) == 3
    found = _helped(one, Level.SOME)
    been = [body["period"]["start"][:10] for body in found if body["resourceType"] == "Encounter"]
    last = date.fromisoformat(max(been))
    assert {(_moment(body).date() - last).days % 3 for body in _planned(found)} == {0}


def test_a_visit_of_this_night_has_been_and_is_fulfilled(life: Lives) -> None:
    one = life(date(1938, 1, 1))
    one.person.number = 2
    assert home_care.hours_of(one, Level.MUCH)[0] == 2
    found = _helped(one)
    fulfilled = [body for body in _planned(found) if body["status"] == "fulfilled"]
    (this_night,) = fulfilled
    assert _moment(this_night).date() == TODAY
    reference = f"Appointment/{this_night['id']}"
    (met,) = [body for body in found if body.get("appointment") == [{"reference": reference}]]
    assert met["period"]["end"] < f"{TODAY}T07:00"
    assert all(body["status"] == "booked" for body in _planned(found) if body is not this_night)


def test_a_planned_visit_is_the_zones_and_opens_the_record_for_it(life: Lives) -> None:
    one = life(date(1938, 1, 1))
    visit = _planned(_helped(one))[0]
    unit = one.services.unit(Service.HOME_CARE).id
    actors = [part["actor"]["reference"] for part in visit["participant"]]
    assert actors == [one.person.reference, f"HealthcareService/{unit}", f"Location/{unit}"]
    assert is_at_home(visit)
    assert visit["basedOn"] == [{"reference": one.decline.applied}]
    assert len([relation for relation in care(visit) if relation.party > 0]) == 2, "two open the record"


@pytest.mark.parametrize("until", [TODAY - timedelta(days=3), date(2025, 1, 1)])
def test_nothing_is_planned_when_the_help_is_over(life: Lives, until: date) -> None:
    assert _planned(_helped(life(date(1938, 1, 1)), until=until)) == []


def test_nobody_is_planned_for_who_has_died_or_lies_in_a_bed(life: Lives) -> None:
    assert _planned(_helped(life(date(1938, 1, 1), died=date(2026, 11, 20)))) == []
    one = life(date(1938, 1, 1))
    one.stay(Service.MEDICAL_WARD, "lege", TODAY - timedelta(days=2), 5, going_on=True)
    assert _planned(_helped(one)) == []


def _nursed(record: Record) -> bool:
    """Whether nurses come to the citizen's home today."""
    return any(
        one["status"] == "active" and one["type"][0]["text"] == HOME_NURSING.text
        for one in record.of("EpisodeOfCare")
    )


def _in_a_bed(record: Record) -> bool:
    return any(
        one["status"] == "in-progress" and one["class"]["code"] == "IMP" for one in record.of("Encounter")
    )


def test_all_who_have_nurses_at_home_are_expected_to_be_visited_and_no_others(records: Records) -> None:
    visited = 0
    for record in records.values():
        visits = [
            one
            for one in record.of("Appointment")
            if one["serviceType"][0]["text"] == "Hjemmebesøk" and one["description"] != "Praktisk bistand"
        ]
        expected = _nursed(record) and not _in_a_bed(record)
        assert bool(visits) is expected, record.patient["id"]
        visited += expected
    assert visited > 10


def test_nobody_is_in_two_places_at_once(records: Records) -> None:
    for record in records.values():
        booked = [one for one in record.of("Appointment") if one["status"] == "booked"]
        times = sorted((one["start"], one["end"]) for one in booked)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(times))
