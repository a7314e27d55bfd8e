"""Calendars: who and what is booked has hours that booking reads, and what is booked fits in them."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

import msgspec
import pytest

from fellesjournal.booking import holding, offered
from fellesjournal.booking.free import availability, programme, stops
from fellesjournal.booking.free.availability import Hours
from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.booking.free.programme import Stop
from fellesjournal.rollout.region import calendars, hours, kinds_of_visit
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.region import POCKET, SEED, Plan, Region
from rollout.region import telling

PLANS = (
    Plan(POCKET, SEED, date(2016, 11, 26), 10),
    Plan(1_500, "timer", date(2025, 3, 14), 1),
)


class Calendar(NamedTuple):
    """Of one who is booked: lines of the week, and how many at once."""

    lines: list[Hours]
    capacity: int

    def fits(self, start: datetime, end: datetime) -> bool:
        """Whether the time is open to every kind of visit."""
        first, last = f"{start:%H:%M}", f"{end:%H:%M}"
        return any(
            start.weekday() in line.weekdays and line.start <= first and last <= line.end and not line.visits
            for line in self.lines
        )


class Booked(NamedTuple):
    """The calendars of a region, and the times of those who are booked."""

    calendars: dict[str, list[Calendar]]
    times: dict[str, list[tuple[datetime, datetime]]]


@pytest.fixture(scope="module", params=PLANS, ids=["pocket", "another"])
def booked(request: pytest.FixtureRequest) -> Booked:
    region = Region(request.param)
    kept: defaultdict[str, list[Calendar]] = defaultdict(list)
    for one in _schedules(region.places):
        for actor in holding.actors(one):
            kept[actor].append(Calendar(availability.hours(one), holding.capacity(one)))
    times: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for body in chain(region.stories(), telling.every_block(region.plan)):
        if body.startswith(b'{"resourceType":"Appointment"'):
            for wish in holding.of_appointment(msgspec.json.decode(body)):
                times[wish.actor].append((_local(wish.start), _local(wish.end)))
    return Booked(dict(kept), dict(times))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(NORWAY).replace(tzinfo=None)


def _schedules(places: Places) -> list[Json]:
    return [one for one in places.resources() if one["resourceType"] == "Schedule"]


def test_what_is_booked_is_within_the_hours_of_all_who_are_needed(booked: Booked) -> None:
    checked = 0
    for actor, times in booked.times.items():
        if actor.startswith(("Practitioner/", "HealthcareService/")):
            for start, end in times:
                assert any(one.fits(start, end) for one in booked.calendars[actor]), (actor, start)
                checked += 1
    assert checked > 50


def test_nobody_is_booked_for_more_at_once_than_they_can_serve(booked: Booked) -> None:
    for actor, times in booked.times.items():
        if not actor.startswith("Location/"):
            most = max(one.capacity for one in booked.calendars.get(actor, [Calendar([], 1)]))
            for begins, _ in times:
                assert sum(start <= begins < end for start, end in times) <= most, (actor, begins)


def test_doctors_at_the_gps_have_days_that_are_neither_empty_nor_full(booked: Booked) -> None:
    days = defaultdict(list)
    for start, _ in booked.times["Practitioner/lun-rogneber"]:
        days[start.date()].append(start)
    assert len(days) >= 2
    assert all(len(times) < 16 for times in days.values())
    assert max(map(len, days.values())) >= 3


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(20_000)


def test_every_unit_that_sees_citizens_by_appointment_has_calendars(places: Places) -> None:
    ids = _ids(places)
    for unit in places.units:
        if unit.service in hours.WORKERS:
            assert unit.id in ids or any(one.startswith(f"{unit.id}-") for one in ids), unit.id


def _ids(places: Places) -> set[str]:
    return {one["id"] for one in _schedules(places)}


def test_everybody_who_has_a_calendar_has_one_for_each_role(places: Places) -> None:
    roles = {one["id"]: one for one in places.resources() if one["resourceType"] == "PractitionerRole"}
    of_people = [one for one in _schedules(places) if one["id"] in roles]
    assert len(of_people) > 100
    for one in of_people:
        person, role = (actor["reference"] for actor in one["actor"])
        assert role == f"PractitionerRole/{one['id']}"
        assert roles[one["id"]]["practitioner"]["reference"] == person


def test_a_calendar_is_booked_for_kinds_of_visit_of_which_each_has_a_length(places: Places) -> None:
    for one in _schedules(places):
        assert one["serviceType"], one["id"]
        for concept in one["serviceType"]:
            assert concept["coding"][0]["system"] == kinds_of_visit.VISIT
            assert 5 <= concept["extension"][0]["valuePositiveInt"] <= 120


def test_a_kind_of_visit_has_one_meaning() -> None:
    kinds = [one for one in vars(kinds_of_visit).values() if isinstance(one, kinds_of_visit.Kind)]
    assert len({one.code for one in kinds}) == len({one.text for one in kinds}) == len(kinds)
    assert all(one.minutes % 5 == 0 for one in kinds)


def test_groups_take_several_and_rooms_one(places: Places) -> None:
    capacities = {one["id"]: holding.capacity(one) for one in _schedules(places)}
    assert capacities["isfjell-frisklivssentral-trening"] == 12
    assert capacities["isfjell-radiologi-mr-1"] == 1
    assert capacities["isfjell-operasjon-stue-1"] == 1
    assert calendars.LEAST_TEAM <= capacities["isfjell-hjemmetjeneste"] <= calendars.LARGEST_TEAM


def test_the_hour_for_what_is_urgent_is_given_to_all_on_the_day_itself() -> None:
    monday = date(2026, 11, 30)
    schedule = {"extension": [line.extension for line in hours.SURGERY.lines]}
    lines, grid = tuple(availability.hours(schedule)), Grid(monday, 1)
    ahead = availability.open_bits(lines, grid, "konsultasjon", monday - timedelta(days=1))
    on_the_day = availability.open_bits(lines, grid, "konsultasjon", monday)
    urgent = availability.open_bits(lines, grid, "hastetime", monday - timedelta(days=1))
    assert urgent == on_the_day
    assert (on_the_day & ~ahead).bit_count() == 12


def test_visits_begin_one_after_another_and_end_before_lunch() -> None:
    starts = [f"{one:%H:%M}" for one in hours.SURGERY.starts(date(2026, 11, 30), 40)]
    assert starts == ["08:00", "08:40", "09:20", "10:00", "10:40", "12:00", "12:40", "13:20"]


def test_an_office_is_closed_at_the_weekend() -> None:
    assert hours.SURGERY.starts(date(2026, 11, 28), 20) == []


def test_citizens_book_at_their_gp_and_what_is_open_to_all(places: Places) -> None:
    services = [one for one in places.resources() if one["resourceType"] == "HealthcareService"]
    own = "Organization/nordavind-legekontor"
    found = offered.offered(services, {own})
    at_gp = [one for one in found if one.unit == own]
    assert {one.code for one in at_gp} == {"konsultasjon", "dobbelttime", "video"}
    assert not [one for one in found if "legekontor" in one.unit and one.unit != own]
    assert any("frisklivssentral" in one.unit for one in found)
    assert {one.minutes for one in at_gp} == {20, 40}
    times = {schedule["id"]: schedule for schedule in _schedules(places)}
    [gp] = [one for id, one in times.items() if id.startswith("lun-rogneber")]
    assert {one.code for one in at_gp} <= {kind["coding"][0]["code"] for kind in gp["serviceType"]}


def test_the_day_before_an_operation_can_be_taken_on_a_thursday_at_every_hospital(places: Places) -> None:
    plans = [one for one in places.resources() if one["resourceType"] == "PlanDefinition"]
    assert plans
    grid, calendars_of = Grid(date(2026, 11, 26), 1), list(_schedules(places))
    for one in map(stops.programme, plans):
        assert len(one.stops) == 5
        free: dict[str, list[int]] = {}
        wanted = []
        for stop in one.stops:
            serves = {
                f"{schedule['id']}|{stop.visit}": availability.open_bits(
                    tuple(availability.hours(schedule)), grid, stop.visit, grid.first
                )
                for schedule in calendars_of
                if schedule["id"].startswith(stop.unit.removeprefix("Organization/"))
                and stop.visit in {kind["coding"][0]["code"] for kind in schedule["serviceType"]}
            }
            assert serves, stop
            free |= {id: [bits] for id, bits in serves.items()}
            wanted.append(Stop([list(serves)], stop.minutes // 5, stop.least // 5, stop.most // 5))
        assert programme.shortest(free, wanted, grid.all, grid.all), one.title
