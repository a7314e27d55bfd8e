"""What readers of twelve records more found, asked of every record."""

import re
from bisect import bisect_right
from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.formulary import PARACETAMOL, PARACETAMOL_FIXED
from fellesjournal.rollout.region.medication import Medication
from rollout.region.conftest import TODAY, Record
from rollout.region.test_rules import Note, Records, notes, used

EATS_WELL = "Spiser godt, er med på trim"
TWO_MONTHS = timedelta(days=61)


def _uses(note: Note, *prefixes: str) -> bool:
    day = note.day.isoformat()
    return any(
        atc.startswith(prefixes) and since <= day <= until for _, atc, since, until in used(note.record)
    )


def test_a_strength_that_gave_way_is_not_used_when_what_came_instead_is_over() -> None:
    """Also where the later strength was told of first."""
    one = Medication(TODAY)
    one.begin(PARACETAMOL_FIXED, date(2020, 4, 12), "", "")
    one.stop(PARACETAMOL_FIXED, date(2020, 7, 6))
    one.begin(PARACETAMOL_FIXED, date(2023, 12, 19), "", "")
    one.begin(PARACETAMOL, date(1986, 4, 1), "", "")
    assert one.taking("N02BE", date(2019, 1, 1)) == PARACETAMOL
    assert one.taking("N02BE", date(2020, 5, 1)) == PARACETAMOL_FIXED
    assert one.taking("N02BE", date(2022, 1, 1)) is None


def test_the_same_tablets_for_pain_are_on_the_list(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Samme smertestillende" in note.text:
            told += 1
            assert _uses(note, "N02", "M01"), note.body["id"]
        if "Artrose i" in note.text and "Paracetamol ved behov" in note.text:
            told += 1
            assert _uses(note, "N02BE"), note.body["id"]
    assert told


def test_doctor_and_nurses_of_a_home_say_the_same_of_how_one_eats(records: Records) -> None:
    told = 0
    for record in records.values():
        mine = list(notes({"": record}))
        well = [one.day for one in mine if EATS_WELL in one.text]
        told += len(well)
        for note in mine:
            if "Legevisitt: Nedsatt matlyst" in note.text:
                near = [day for day in well if abs(day - note.day) <= timedelta(days=7)]
                assert not near, note.body["id"]
    assert told


def _weights(record: Record) -> list[tuple[date, float]]:
    return sorted(
        (date.fromisoformat(one["effectiveDateTime"][:10]), float(one["valueQuantity"]["value"]))
        for one in record.of("Observation")
        if one["code"]["coding"][0]["code"] == "29463-7"
    )


def test_nobody_eats_well_who_grows_thin_from_month_to_month(records: Records) -> None:
    told = 0
    for record in records.values():
        well = [one for one in notes({"": record}) if EATS_WELL in one.text]
        weights = _weights(record) if well else []
        days = [day for day, _ in weights]
        for note in well:
            before, now = bisect_right(days, note.day - TWO_MONTHS), bisect_right(days, note.day)
            if before and note.day - days[before - 1] < timedelta(days=95):
                told += 1
                assert weights[before - 1][1] - weights[now - 1][1] < 4, note.body["id"]
    assert told


def test_who_trains_at_a_short_stay_is_not_weighed_at_home(records: Records) -> None:
    told = 0
    for record in records.values():
        moved = {
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if one["serviceProvider"]["reference"].endswith("helsehus")
        }
        for note in notes({"": record}):
            if re.search("Dagsvekt|Daglig vekt", note.text) and note.day.isoformat() in moved:
                told += 1
                assert "hjemme" not in note.text, note.body["id"]
    assert told


def test_what_is_to_be_taken_out_in_some_hours_is(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "laparoskopi" in note.text and "Trolig akutt appendisitt" in note.text:
            written = datetime.fromisoformat(note.body["date"])
            done = [
                datetime.fromisoformat(one["performedPeriod"]["start"])
                for one in note.record.of("Procedure")
                if "appendektomi" in one["code"]["text"]
            ]
            told += 1
            assert "om noen timer" in note.text, note.body["id"]
            assert any(timedelta() < one - written < timedelta(hours=8) for one in done), note.body["id"]
    assert told
