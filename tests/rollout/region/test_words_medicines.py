"""What notes say of medicines, against the list of that day; as rules."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses import controls, mood
from fellesjournal.rollout.region.formulary import APIXABAN, APIXABAN_LOW, SERTRALINE
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record
from rollout.region.test_rules import Note, Records, notes

MONDAY = date(2024, 3, 4)


def lines(record: Record, *atc: str) -> list[tuple[str, str]]:
    """First and last day of what is on the list and has a code that begins so."""
    return [
        (one["effectivePeriod"]["start"], one["effectivePeriod"].get("end", "9999"))
        for one in record.of("MedicationStatement")
        if any(coded.get("code", "").startswith(atc) for coded in medicine(one)["coding"])
    ]


def that_say(records: Records, words: str) -> list[tuple[Note, str]]:
    """Notes with the words, and their days."""
    return [(note, note.day.isoformat()) for note in notes(records) if re.search(words, note.text)]


@pytest.mark.parametrize(
    ("words", "atc"),
    [
        ("Begynner med losartan", "C09CA01"),
        (r"Furosemid\. NT-proBNP", "C03CA01"),
        ("Prednisolon i fem dager", "H02AB06"),
    ],
)
def test_what_a_note_begins_is_begun_that_day(records: Records, words: str, atc: str) -> None:
    """The note may be of the hour after midnight."""
    for note, day in that_say(records, words):
        eve = (note.day - timedelta(days=1)).isoformat()
        assert any(eve <= since <= day for since, _ in lines(note.record, atc)), note.body["id"]


@pytest.mark.parametrize(
    ("words", "atc"),
    [
        ("Blåmerker lett", "B01A"),
        ("Får lett blåmerke", "B01A"),
        ("Nyreprøver stabile, samme dose", "B01A"),
        ("Ingen blødninger. Tar medisinen som avtalt", "B01A"),
        ("Noe muskelstiv, trolig ikke av statinen", "C10AA"),
    ],
)
def test_what_goes_on_was_not_begun_that_day(records: Records, words: str, atc: str) -> None:
    for note, day in that_say(records, words):
        assert any(since < day <= until for since, until in lines(note.record, atc)), note.body["id"]


def test_tablets_that_one_stops_with_end_that_day(records: Records) -> None:
    told = that_say(records, "Er enig i å slutte nå|Ferdig med tablettene nå|slutte med tablettene nå")
    for note, day in told:
        assert any(until == day for _, until in lines(note.record, "N06A")), note.body["id"]
    assert told


def test_who_takes_the_tablets_for_something_else_goes_on(life: Callable[..., Life]) -> None:
    told = life(born=date(1980, 5, 3))
    assert "slutte" not in mood._over(told, MONDAY, mood._OVER[0])[0]
    told.uses(SERTRALINE, MONDAY - timedelta(days=300))
    assert "fortsetter" in mood._over(told, MONDAY, mood._OVER[0])[0]
    told.stop(SERTRALINE, MONDAY, "Frisk")
    assert mood._over(told, MONDAY, mood._OVER[0]) == mood._OVER[0]


def test_what_thins_the_blood_is_begun_goes_on_or_is_changed(life: Callable[..., Life]) -> None:
    told = life(born=date(1955, 5, 3))
    same = controls._RHYTHM[2]
    assert "ikke blodfortynnende" in controls._thinned(told, MONDAY, same)[0]
    told.uses(APIXABAN, MONDAY)
    assert "fra nå" in controls._thinned(told, MONDAY, same)[0]
    later = MONDAY + timedelta(days=300)
    assert controls._thinned(told, later, same) == same
    told.uses(APIXABAN_LOW, later)
    assert "dose" not in controls._thinned(told, later, same)[0]
