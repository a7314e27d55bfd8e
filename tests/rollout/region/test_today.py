"""The last day: in a small region everybody has work, in a large one shares are those of real life."""

from collections import Counter
from datetime import date

import msgspec
import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import staff
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.courses.today.shares import missing, share
from fellesjournal.rollout.region.families import Era
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.region import POCKET, SEED, Plan, Region
from fellesjournal.rollout.region.units import Service
from rollout.region import telling

DAYS = (date(2026, 11, 26), date(2027, 3, 3))


def pocket(today: date) -> list[Json]:
    plan = Plan(POCKET, SEED, date(today.year - 10, today.month, today.day), 10)
    return [msgspec.json.decode(one) for one in (*Region(plan).stories(), *telling.every_block(plan))]


@pytest.fixture(scope="module", params=DAYS)
def today(request: pytest.FixtureRequest) -> tuple[date, list[Json]]:
    return request.param, pocket(request.param)


def test_every_named_worker_has_something_to_do(today: tuple[date, list[Json]]) -> None:
    day, resources = today
    work = Counter(_work(day, resources))
    assert 5 <= work["ward"] <= 14
    assert 4 <= work["nursing home"] <= 20
    assert 7 <= work["home care"] <= 24
    assert 3 <= work["heart clinic"] <= 11
    assert 2 <= work["application"] <= 9
    assert 2 <= work["legevakt"] <= 12
    assert 1 <= work["waits at legevakt"] <= 10
    assert 3 <= work["GP"] <= 16
    assert 1 <= work["result"] <= 14


def _work(day: date, resources: list[Json]) -> list[str]:
    found = []
    for one in resources:
        kind, unit = (
            one["resourceType"],
            one.get("serviceProvider", {}).get("reference", "").partition("/")[2],
        )
        going_on = one.get("status") == "in-progress"
        if kind == "Encounter" and going_on and unit in (staff.WARD, staff.NURSING):
            found.append("ward" if unit == staff.WARD else "nursing home")
        elif kind == "Encounter" and unit == staff.EMERGENCY:
            found += ["waits at legevakt"] * going_on
            found += ["legevakt"] * ((day - date.fromisoformat(one["period"]["start"][:10])).days <= 1)
        elif kind == "EpisodeOfCare" and one["status"] == "active":
            ours = one["managingOrganization"]["reference"] == f"Organization/{staff.HOME}"
            found += ["home care"] * (ours and one["type"][0]["text"] == "Helsetjenester i hjemmet")
        elif kind == "Appointment" and one["status"] != "waitlist":
            who, where = (part["actor"]["reference"] for part in one["participant"][1:])
            found += ["heart clinic"] * (where == f"Location/{staff.CLINIC}")
            found += ["GP"] * (who == "Practitioner/lun-rogneber")
        elif kind == "Task":
            decided = one["owner"]["reference"] == f"Organization/{staff.OFFICE}"
            found += ["application"] * decided
            found += ["result"] * (one["owner"]["reference"] == "Practitioner/lun-rogneber")
    return found


def _in_bed(resources: list[Json], unit: str) -> list[Json]:
    return [
        one
        for one in resources
        if one["resourceType"] == "Encounter"
        and one["status"] == "in-progress"
        and one["serviceProvider"]["reference"] == f"Organization/{unit}"
    ]


@pytest.mark.parametrize("unit", [staff.WARD, staff.NURSING])
def test_those_in_beds_are_there_for_many_reasons_since_different_days(
    today: tuple[date, list[Json]], unit: str
) -> None:
    _, resources = today
    beds = _in_bed(resources, unit)
    reasons = Counter(one["reasonCode"][0]["text"] for one in beds)
    assert len(reasons) >= 4
    assert max(reasons.values()) <= len(beds) / 2
    assert len({one["period"]["start"][:10] for one in beds}) >= 3


@pytest.mark.parametrize("ward", ["isfjell-kirurgisk-sengepost", "isfjell-ortopedisk-sengepost"])
def test_the_other_wards_are_not_empty(today: tuple[date, list[Json]], ward: str) -> None:
    assert len(_in_bed(today[1], ward)) >= 2


def test_nothing_has_happened_after_the_last_dawn(today: tuple[date, list[Json]]) -> None:
    day, resources = today
    limit = f"{day.isoformat()}T07:00:00"
    for one in resources:
        planned = one["resourceType"] == "EpisodeOfCare" and one["status"] == "active"
        if one["resourceType"] != "Appointment" and not planned:
            said = (one.get(name) for name in ("effectiveDateTime", "issued", "sent", "date", "authoredOn"))
            for moment in (*said, *one.get("period", {}).values()):
                assert not moment or moment[:19] <= limit[: len(moment)], (moment, one)


def test_nobody_is_visited_at_home_more_often_than_decided(today: tuple[date, list[Json]]) -> None:
    _, resources = today
    visits = Counter(
        (one["subject"]["reference"], one["period"]["start"][:10])
        for one in resources
        if one["resourceType"] == "Encounter"
        and one["class"]["code"] == "HH"
        and one["serviceProvider"]["reference"] == f"Organization/{staff.HOME}"
    )
    assert max(visits.values()) <= 5


def test_who_is_dead_is_expected_nowhere(today: tuple[date, list[Json]]) -> None:
    _, resources = today
    dead = {f"Patient/{one['id']}" for one in resources if "deceasedDateTime" in one}
    booked = {
        one["participant"][0]["actor"]["reference"]
        for one in resources
        if one["resourceType"] == "Appointment"
    }
    assert dead
    assert not dead & booked


def test_nobody_is_in_two_beds(today: tuple[date, list[Json]]) -> None:
    _, resources = today
    beds = [
        one["subject"]["reference"]
        for one in resources
        if one["resourceType"] == "Encounter" and one["status"] == "in-progress"
    ]
    assert len(beds) == len(set(beds))


def test_what_is_booked_is_booked_from_today_on(today: tuple[date, list[Json]]) -> None:
    day, resources = today
    booked = [one for one in resources if one["resourceType"] == "Appointment" and "start" in one]
    starts = [one["start"][:10] for one in booked]
    assert all(day.isoformat() <= one for one in starts)


def test_a_large_region_has_real_shares_and_a_small_one_enough() -> None:
    large, small = (_life(citizens) for citizens in (720_000, POCKET))
    assert share(large, Service.HEART_CLINIC, 0.001, 6) == 0.001
    assert share(small, Service.HEART_CLINIC, 0.001, 6) > 0.03
    assert missing(large, Service.MEDICAL_WARD, 0.001, 6) == 0
    assert missing(small, Service.MEDICAL_WARD, 0.001, 6) > 0.03


def _life(citizens: int) -> Life:
    home = Household(0, 0, 1)
    person = Person(0, Sex.MALE, date(1950, 5, 5), home, id="innbygger-1")
    return Life(person, Era(date(2016, 11, 26), DAYS[0]), Places(citizens).serving(home), "prøve")
