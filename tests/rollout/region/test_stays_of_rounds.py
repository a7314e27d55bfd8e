"""What the twenty-sixth and twenty-seventh rounds of reading found of stays, legevakt and answers, as rules for
pockets of other seeds."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from rollout.region.conftest import Json, Record
from rollout.region.test_rules import ENDLESS, Records, notes

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = {"CRP", "Hemoglobin", "Glukose", "INR", "HbA1c"}
IN_WARDS = ("sengepost", "barne", "foede", "føde", "poliklinikk")
PICTURES = {"CT": r"\bCT\b", "MR": r"\bMR\b", "RTG": r"[Rr]øntgen|RTG", "UL": r"[Uu]ltralyd|\bUL\b"}
"""How a note speaks of pictures, by the first word of what they are called."""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def contacts(record: Record) -> dict[str, Json]:
    return {f"Encounter/{one['id']}": one for one in record.of("Encounter")}


def at(one: Json) -> str:
    return str(one.get("encounter", {}).get("reference", ""))


def laboratory(records: Records) -> Iterator[tuple[Record, Json]]:
    for record in records.values():
        for one in record.of("Observation"):
            if one["category"][0]["coding"][0]["code"] == "laboratory" and "issued" in one:
                yield record, one


def pictures(record: Record) -> list[Json]:
    return [one for one in record.of("DiagnosticReport") if "imagingStudy" in one]


def test_no_plan_names_pictures_that_are_answered_before_it_is_written(pocket: Records) -> None:
    planned = 0
    for note in notes(pocket):
        plan = re.sub(r".*Plan: ", "", note.text) if "Plan: " in note.text else ""
        written = moment(note.body["date"])
        for one in pictures(note.record):
            if (
                plan
                and at(one) == at(note.body)
                and re.search(PICTURES[one["code"]["text"].split()[0]], plan)
            ):
                planned += 1
                assert written <= moment(one["issued"]), (note.body["id"], plan)
    assert planned > 3


def test_what_a_note_found_on_pictures_was_answered_when_it_was_written(pocket: Records) -> None:
    found = 0
    for note in notes(pocket):
        status = re.search(r"Status: (.*?)Vurdering", note.text)
        read = re.search(r"\b(CT|Røntgen|MR): ", status[1]) if status else None
        if read:
            name = {"Røntgen": "RTG"}.get(read[1], read[1])
            same = [one for one in pictures(note.record) if at(one) == at(note.body)]
            same = [one for one in same if one["code"]["text"].startswith(name)]
            found += 1
            assert same, note.body["id"]
            assert min(one["issued"] for one in same) <= note.body["date"], note.body["id"]
    assert found > 3


def test_nothing_is_answered_in_the_minute_in_which_it_is_taken(pocket: Records) -> None:
    for record in pocket.values():
        met = contacts(record)
        for one in record.of("DiagnosticReport"):
            waited = moment(one["issued"]) - moment(one["effectiveDateTime"])
            least = 30 * MINUTE if "imagingStudy" in one else 4 * MINUTE
            assert least <= waited <= 4 * DAY, (one["id"], waited)
            if "imagingStudy" in one:
                by = [each["reference"] for each in one["performer"]]
                assert all("radiologi" in each for each in by), (one["id"], by)
                period = met[at(one)]["period"]
                away = "radiologi" in met[at(one)]["serviceProvider"]["reference"]
                assert away or one["issued"] <= period.get("end", ENDLESS), one["id"]


def test_tests_are_answered_by_who_measures_them(pocket: Records) -> None:
    sent = 0
    for record, one in laboratory(pocket):
        where = contacts(record).get(at(one), {}).get("serviceProvider", {}).get("reference", "")
        waited = moment(one["issued"]) - moment(one["effectiveDateTime"])
        by = one["performer"][0]["reference"]
        if "legekontor" in where or "sykehjem" in where:
            at_once = one["code"]["text"] in OFFICE
            sent += not at_once
            assert (waited < HOUR) if at_once else (12 * HOUR < waited < 4 * DAY), (one["id"], waited)
            assert ("laboratorium" in by) is not at_once, (one["id"], by)
        elif any(ward in where for ward in IN_WARDS):
            assert HOUR <= waited <= 2 * HOUR, (one["id"], waited)
    assert sent > 100


def test_notes_of_answers_know_them(pocket: Records) -> None:
    """What is said of tests is of some that had been answered; what is taken that day is not gone through."""
    said = 0
    known: defaultdict[str, list[Json]] = defaultdict(list)
    for record, one in laboratory(pocket):
        known[record.patient["id"]].append(one)
    for note in notes(pocket):
        if re.search(SPEAKS_OF_ANSWERS, note.text) and "legekontor" in str(note.contact):
            written = moment(note.body["date"])
            lately = [moment(one["issued"]) for one in known[note.record.patient["id"]]]
            said += 1
            assert any(written - 12 * DAY <= one <= written for one in lately), (note.body["id"], note.text)
            late = [
                one["code"]["text"] for one in known[note.record.patient["id"]] if at(one) == at(note.body)
            ]
            assert not set(late) - OFFICE, (note.body["id"], note.text, late)
    assert said > 20


SPEAKS_OF_ANSWERS = (
    "Prøvene uten (an)?merk|Prøvene viser|prøver gjennomgått|er tatt igjen, omtrent|Nyreprøver stabile|"
    "Kolesterolet er i mål|LDL i mål|prøvene er fine|TSH er (fortsatt|innenfor)|Prøver uten funn|litt utenfor"
)


def test_who_is_watched_for_an_hour_is_there_for_longer(pocket: Records) -> None:
    watched = 0
    for note in notes(pocket):
        told = re.search(r"observert (?:i )?(en time|to timer)|hjem etter (en time)", note.text)
        if told and "legevakt" in str(note.contact.get("serviceProvider")):
            period = note.contact["period"]
            hours = 2 if told[1] == "to timer" else 1
            watched += 1
            assert moment(period["end"]) - moment(period["start"]) > hours * HOUR + 15 * MINUTE, note.body[
                "id"
            ]
    assert watched
