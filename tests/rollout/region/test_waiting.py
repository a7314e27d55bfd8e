"""Those who wait: on lists that booking reads as they are meant; in a small region some on each."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from fellesjournal.booking.waitlist import control, entry, rules
from fellesjournal.booking.waitlist.control import Lack
from fellesjournal.rollout.region import waitlists
from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.courses.today.waiting import LISTS, List
from fellesjournal.rollout.region.directory import healthcare_service
from fellesjournal.rollout.region.region import POCKET, SEED, Plan, Region
from fellesjournal.rollout.region.units import Service
from rollout.region import telling

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
OURS = ("poliklinikk", "fysioterapi", "operasjon", "psykiatrisk-poliklinikk")
"""Of Isfjell: where the lists of the demonstration are alive."""


class Small:
    """The region of the demonstration: its lists, services and referrals."""

    def __init__(self) -> None:
        plan = Plan(POCKET, SEED, date(2016, 11, 26), 10)
        bodies = [*Region(plan).foundation(), *telling.every_block(plan)]
        self.all = {f"{one['resourceType']}/{one['id']}": one for one in map(msgspec.json.decode, bodies)}
        self.lists: defaultdict[str, list[Json]] = defaultdict(list)
        for one in self.all.values():
            if one.get("status") == "waitlist":
                self.lists[entry.entry(one).service].append(one)

    def lacks(self, service: str) -> set[Lack]:
        """All that is to be done on a list."""
        by = rules.rules(self.all[service])
        return {lack for row in control.rows(self.lists[service], [], [], by, NOW) for lack in row.lacks}


@pytest.fixture(scope="module")
def small() -> Small:
    return Small()


def test_the_words_are_those_that_booking_reads() -> None:
    assert (waitlists.RULES, appointments.ENTRY) == (rules.RULES, entry.ENTRY)


@pytest.mark.parametrize("unit", OURS)
def test_every_list_of_the_demonstration_is_alive(small: Small, unit: str) -> None:
    assert 2 <= len(small.lists[f"HealthcareService/isfjell-{unit}"]) <= 10


def test_at_the_heart_clinic_one_deadline_is_passed_and_one_is_near(small: Small) -> None:
    lacks = small.lacks("HealthcareService/isfjell-poliklinikk")
    assert {Lack.DEADLINE_PASSED, Lack.DEADLINE_NEAR, Lack.NO_STEP} <= lacks


def test_who_waits_lives_is_grown_and_has_waited_since_the_contact_that_began_it(small: Small) -> None:
    for one in (each for some in small.lists.values() for each in some):
        waits = entry.entry(one)
        patient = small.all[waits.citizen]
        assert "deceasedDateTime" not in patient
        assert date.fromisoformat(patient["birthDate"]) < TODAY - timedelta(days=18 * 365)
        assert waits.since < NOW - timedelta(days=14)
        assert waits.deadline
        assert waits.deadline > waits.since.date()
        for asked in one.get("basedOn", ()):
            referral = small.all[asked["reference"]]
            assert referral["status"] == "active"
            assert referral["subject"]["reference"] == waits.citizen


def test_nobody_stands_on_two_lists(small: Small) -> None:
    citizens = [entry.entry(one).citizen for some in small.lists.values() for one in some]
    assert len(set(citizens)) == len(citizens)


@pytest.mark.parametrize("one", LISTS, ids=[each.service.value for each in LISTS])
def test_what_is_waited_for_is_given_by_the_service_and_has_rules(one: List) -> None:
    units = Region(Plan(POCKET, SEED, TODAY, 1)).places.units
    unit = next(each for each in units if each.service is one.service)
    service = healthcare_service(unit)
    assert service is not None
    assert one.kind.concept["coding"] in [each["coding"] for each in service["type"]]
    assert rules.rules(service) != rules.Rules()


def test_a_service_without_rules_offers_nothing_by_itself() -> None:
    assert waitlists.rules(Service.GP) == waitlists.rules(None) == []
