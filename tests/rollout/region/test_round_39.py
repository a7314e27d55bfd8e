"""What the thirty-ninth round of reading found, ten records by lot; as rules."""

import re
from datetime import date

from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, on

FOR_SO_LONG = re.compile(r"\bi \w+ (?:dager?|døgn|uker?|måneder?)\b")
MONTH = 30
"""Days in which an answer is told of after its picture."""


def pictured(record: Record, day: date) -> list[str]:
    """The days on which pictures were taken in the month before a day, or on it."""
    taken = (one["started"][:10] for one in record.of("ImagingStudy"))
    return [one for one in taken if 0 <= (day - on(one)).days < MONTH]


def test_what_a_picture_shows_has_begun_when_it_is_taken(records: Records) -> None:
    told = 0
    for note in notes(records):
        if not ("Svar på" in note.text and note.contact):
            continue
        seen = pictured(note.record, note.day)
        for one in note.record.of("Condition"):
            if seen and one.get("encounter", {}).get("reference", "") == f"Encounter/{note.contact['id']}":
                told += 1
                assert one["onsetDateTime"] <= max(seen), one["id"]
    assert told


def test_what_is_taken_for_some_days_is_given_out_once(pocket: Records) -> None:
    once = lasting = 0
    for record in pocket.values():
        for one in record.of("MedicationRequest"):
            again = one["dispenseRequest"]["numberOfRepeatsAllowed"]
            dose = one["dosageInstruction"][0]["text"]
            if FOR_SO_LONG.search(dose) and "en uke uten" not in dose:
                once += 1
                assert again == 0, one["id"]
            lasting += again == 3
    assert once > 100
    assert lasting > 300


def test_grass_is_a_plague_of_summers_and_birch_of_springs(pocket: Records) -> None:
    for note in notes(pocket):
        if "andre våren på rad" in note.text:
            assert note.day.month < 6, note.body["id"]
        if "andre sommeren på rad" in note.text:
            assert note.day.month >= 6, note.body["id"]
