"""What readers of twelve more records found, asked of every record."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import childhood
from fellesjournal.rollout.region.formulary import TICAGRELOR
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.prescribing import FULFILLED, SOON
from rollout.region.conftest import Json, bodies
from rollout.region.test_rules import Records, notes

MONDAY = date(2024, 3, 4)


def test_a_newborn_is_examined_by_the_doctor_by_day(records: Records) -> None:
    examined = 0
    for note in notes(records):
        if note.body["section"][0]["title"] == "Barnelegeundersøkelse":
            examined += 1
            when = datetime.fromisoformat(note.body["date"])
            stay = note.contact["period"]
            assert 8 <= when.hour < childhood.ROUND.stop, note.body["id"]
            assert when - datetime.fromisoformat(stay["start"]) >= timedelta(hours=childhood.EXAMINED - 1)
            assert "end" not in stay or when < datetime.fromisoformat(stay["end"]), note.body["id"]
    assert examined


def test_the_blood_after_a_birth_is_taken_in_the_morning(records: Records) -> None:
    taken = 0
    for note in notes(records):
        if "trekker seg godt sammen. Hb" in note.text:
            born = datetime.fromisoformat(note.body["date"])
            mine = [
                datetime.fromisoformat(one["effectiveDateTime"])
                for one in note.record.of("Observation")
                if one["code"]["text"] == "Hemoglobin" and one.get("encounter") == note.body["encounter"]
            ]
            goes_on = "end" not in note.contact["period"]
            assert goes_on or len(mine) == 1, note.body["id"]
            for when in mine:
                taken += 1
                assert when.hour == 7 or (goes_on and 5 <= when.hour < 7), note.body["id"]
                days = (when.date() - born.date()).days
                assert days == ("Hb i morgen" in note.text), note.body["id"]
    assert taken


def _renewed(found: list[Json], statement: Json) -> list[date]:
    """When it was prescribed again."""
    asked = [
        date.fromisoformat(one["authoredOn"][:10])
        for one in found
        if one["resourceType"] == "MedicationRequest" and medicine(one)["text"] == medicine(statement)["text"]
    ]
    return [day for day in asked if day.isoformat() > statement["effectivePeriod"]["start"][:10]]


def _why(statement: Json) -> str:
    return str(statement.get("statusReason", [{}])[0].get("text", ""))


def test_what_ends_as_planned_is_not_prescribed_for_a_year_in_its_last_weeks(records: Records) -> None:
    ended = 0
    for record in records.values():
        for statement in record.of("MedicationStatement"):
            if _why(statement).endswith(FULFILLED):
                ended += 1
                last = date.fromisoformat(statement["effectivePeriod"]["end"][:10])
                for day in _renewed(record.all, statement):
                    assert not last - SOON < day <= last, statement["id"]
    assert ended


@pytest.mark.parametrize("planned", [True, False])
def test_a_year_of_it_is_one_prescription(life: Callable[..., Life], *, planned: bool) -> None:
    one = life(born=date(1960, 3, 3), sex=Sex.MALE)
    one.uses(TICAGRELOR, MONDAY)
    if planned:
        one.stop(TICAGRELOR, MONDAY + timedelta(days=365), "Ett år med dobbel platehemming er fullført")
    found = bodies(one)
    (statement,) = [body for body in found if body["resourceType"] == "MedicationStatement"]
    assert bool(_renewed(found, statement)) is not planned
