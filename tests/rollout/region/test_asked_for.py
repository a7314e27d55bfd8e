"""What is planned and asked for beside nurses' visits: cleaning at home, and forms before an appointment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.norway.days import is_working_day
from fellesjournal.rollout.region.chart import tasks
from fellesjournal.rollout.region.courses.municipal import receiving
from fellesjournal.rollout.region.courses.municipal.catalogue import PRACTICAL_HELP
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
CLEANED = "Praktisk bistand"


def _cleaned(found: list[Json]) -> list[Json]:
    return [one for one in found if one["resourceType"] == "Appointment" and one["description"] == CLEANED]


@pytest.mark.parametrize("days", range(0, 21))
def test_who_is_helped_with_cleaning_is_visited_every_third_week(life: Lives, days: int) -> None:
    one, since = life(date(1940, 5, 5)), date(2025, 3, 3) + timedelta(days=days)
    decide(one, [receiving.CLEANING], since, None, Level.PRACTICAL, "Bor alene.")
    receiving.will_be_cleaned(one, since)
    found = bodies(one)
    asked = [
        f"ServiceRequest/{request['id']}"
        for request in found
        if request["resourceType"] == "ServiceRequest" and PRACTICAL_HELP.text in str(request)
    ]
    for visit in _cleaned(found):
        day = datetime.fromisoformat(visit["start"]).date()
        assert TODAY <= day <= TODAY + timedelta(days=7)
        assert is_working_day(day)
        assert visit["minutesDuration"] == 90
        assert [ref["reference"] for ref in visit["basedOn"]] == asked


def test_in_three_weeks_everybody_is_planned_for_once(life: Lives) -> None:
    planned = 0
    for days in range(21):
        one, since = life(date(1940, 5, 5)), date(2025, 3, 3) + timedelta(days=days)
        decide(one, [receiving.CLEANING], since, None, Level.PRACTICAL, "Bor alene.")
        receiving.will_be_cleaned(one, since)
        planned += len(_cleaned(bodies(one)))
    assert 5 <= planned <= 11


def _forms(record: Record) -> list[Json]:
    return [one for one in record.of("Task") if one["owner"] == one["for"]]


def test_a_citizen_is_asked_for_a_form_that_there_is_before_an_appointment(records: Records) -> None:
    known, asked = {one["url"] for one in own_forms().values()}, 0
    assert {tasks.BEFORE_THE_VISIT, tasks.MEASUREMENTS} <= known
    for record in records.values():
        comes = {one["start"][:10] for one in record.of("Appointment") if "start" in one}
        for one in _forms(record):
            asked += 1
            assert one["input"][0]["valueCanonical"] in known
            due = one["restriction"]["period"]["end"]
            assert due in comes
            assert one["authoredOn"][:10] < due
            assert not record.died
    assert asked > 5
