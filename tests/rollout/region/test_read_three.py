"""What twelve records read whole had that was not so, with what follows; as rules."""

import re
from datetime import date

from rollout.region.test_rules import Record, Records, notes

REFUSED = "Ønsker ikke vaksine mot influensa og pneumokokker"
ADVISED = re.compile(r"[Ii]nfluensa|[Pp]neumokokk")


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
