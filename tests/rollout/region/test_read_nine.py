"""What readers of twelve more records found, asked of every record."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.courses import childhood
from rollout.region.test_rules import Records, notes


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
