"""What somebody found who signed in for the first time and looked at the stories and a pocket."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from fellesjournal.rollout.region.region import Plan, Region
from fellesjournal.rollout.region.stories import last_time
from rollout.region.conftest import TODAY, Json
from rollout.region.test_stories import about

PLAN = Plan(200, "fellesjournal", date(2016, 11, 26), 10)


@pytest.fixture(scope="module")
def stories() -> dict[str, list[Json]]:
    """The resources of each citizen with a story, by id."""
    found: dict[str, list[Json]] = {}
    for body in map(msgspec.json.decode, Region(PLAN).stories()):
        found.setdefault(about(body), []).append(body)
    return found


def of(resources: list[Json], kind: str) -> Iterator[Json]:
    return (one for one in resources if one["resourceType"] == kind)


def test_who_has_nurses_at_home_is_expected_today(stories: dict[str, list[Json]]) -> None:
    nursed = 0
    for citizen, told in stories.items():
        cared_for = [
            one
            for one in of(told, "EpisodeOfCare")
            if one["status"] == "active"
            and one["managingOrganization"]["reference"].endswith("-hjemmetjeneste")
        ]
        days = {one["start"][:10] for one in of(told, "Appointment") if one["description"].endswith("besøk")}
        nursed += bool(cared_for)
        assert bool(cared_for) is (TODAY.isoformat() in days), citizen
        assert not cared_for or len(days) == 8, citizen
    assert nursed == 3


def test_the_nurses_question_waits_at_the_gps(stories: dict[str, list[Json]]) -> None:
    (asked,) = (one for one in of(stories[last_time.ID], "Communication") if one["status"] == "in-progress")
    assert [one["reference"] for one in asked["recipient"]] == ["Organization/nordavind-legekontor"]
    assert asked["sender"]["reference"] == "Organization/isfjell-hjemmetjeneste"
    assert "received" not in asked
    assert "category" not in asked


def test_who_cannot_swallow_has_no_tablets(stories: dict[str, list[Json]]) -> None:
    used = [one for one in of(stories[last_time.ID], "MedicationStatement") if one["status"] == "active"]
    assert len(used) == 4
    for one in used:
        assert "injeksjon" in one["medicationCodeableConcept"]["text"]
