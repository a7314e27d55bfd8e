"""What a reader of twelve more records found, asked of every record."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import complaints, copd, coronary, onsets, pain
from fellesjournal.rollout.region.courses.mood import DEPRESSION, STRAIN
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.courses.today import places
from fellesjournal.rollout.region.decline import Decline
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from rollout.region.conftest import Json, bodies
from rollout.region.test_rules import Records, notes, on, plain

Lives = Callable[..., Life]
MONDAY = date(2024, 3, 4)
LONG_STAY = "Langtidsopphold i institusjon"
TERM = re.compile(r"Termin(?: etter siste menstruasjon)? (\d\d)\.(\d\d)\.(\d{4})")
AFTER_ATTACK = re.compile(r"Fin form (\w+) måneder etter infarkt")
MONTHS = {"tre": 3, "fire": 4, "fem": 5, "seks": 6}
NOT_THERE = re.compile(
    r"egenbehandling|fra stolen til badet|kveld, ikke feber\.|ute og gått|går korte turer|(?:hos|av) fastlege"
)


def _moves_in(life: Lives, since: date = date(2022, 1, 10)) -> Life:
    one = life(born=date(1936, 3, 3))
    one.decline = Decline(moves_in=since)
    return one


def _notes(life: Life) -> list[Json]:
    return [one for one in bodies(life) if one["resourceType"] == "Composition"]


def _words(life: Life) -> str:
    return " ".join(plain(part) for one in _notes(life) for part in one["section"])


def test_nobody_in_a_nursing_home_is_said_to_walk_about_or_treat_himself(records: Records) -> None:
    told = 0
    for record in records.values():
        since = min(
            (
                on(one["period"]["start"])
                for one in record.of("EpisodeOfCare")
                if one["type"][0]["text"] == LONG_STAY
            ),
            default=date.max,
        )
        for note in notes({"": record}):
            if note.day > since and re.search("Kreftpoliklinikk:|KOLS-forverring|etter infarkt", note.text):
                told += 1
                assert not NOT_THERE.search(note.text), note.body["id"]
    assert told


def test_breath_is_told_of_by_nurses_where_they_are(life: Lives) -> None:
    one = _moves_in(life)
    said = {copd._breathless(one, MONDAY) for _ in range(40)}
    assert len(said) == len(copd._BREATHLESS)
    assert not [told for told in said if NOT_THERE.search(told) or "hjemme" in told or "legevakt" in told]


@pytest.mark.parametrize(("lives_in", "doctor"), [(True, "sykehjemslegen"), (False, "fastlegen")])
def test_the_doctor_of_the_home_follows_up_what_the_heart_clinic_saw(
    life: Lives, doctor: str, *, lives_in: bool
) -> None:
    one = _moves_in(life) if lives_in else life(born=date(1956, 3, 3))
    coronary._attack(one, MONDAY)
    assert f"Blodtrykk og LDL følges hos {doctor}." in _words(one)


def test_the_heart_clinic_says_how_long_ago_the_attack_was(records: Records) -> None:
    told = 0
    for record in records.values():
        attacks = [
            on(one["onsetDateTime"])
            for one in record.of("Condition")
            if one["code"]["text"] == "Akutt hjerteinfarkt"
        ]
        for note in notes({"": record}):
            said = AFTER_ATTACK.search(note.text)
            before = [day for day in attacks if day < note.day]
            if said and before:
                told += 1
                assert abs((note.day - max(before)).days / 30.4 - MONTHS[said[1]]) < 0.6, note.body["id"]
    assert told


def test_the_doctor_of_the_home_sees_newcomers_on_working_days(records: Records) -> None:
    days = [note.day for note in notes(records) if "Innkomstnotat lege" in note.text]
    assert days
    assert [day for day in days if working_day(day) != day] == []


def test_so_he_does_those_who_are_there_for_some_weeks(life: Lives) -> None:
    days = []
    for number in range(30):
        one = life(born=date(1936, 3, 3), seed=f"korttid {number}")
        one.problem(STROKE, date(2020, 1, 1))
        places.has_a_place(one)
        days += [on(note["date"]) for note in _notes(one) if "Innkomstnotat lege" in str(note["section"])]
    assert days
    assert [day for day in days if working_day(day) != day] == []


def test_the_midwife_counts_the_weeks_as_the_calendar_does(records: Records) -> None:
    told = 0
    for record in records.values():
        term = None
        for note in notes({"": record}):
            if found := TERM.search(note.text):
                term = date(int(found[3]), int(found[2]), int(found[1]))
            said = re.search(r"Svangerskapskontroll: Uke (\d+)", note.text)
            if said and term and note.day < term + timedelta(days=20):
                told += 1
                assert int(said[1]) == (283 - (term - note.day).days) // 7, note.body["id"]
    assert told


@pytest.mark.parametrize("aches", [True, False])
def test_who_will_be_found_to_ache_all_over_is_not_said_to_sleep_well(life: Lives, *, aches: bool) -> None:
    one = life(born=date(1985, 3, 3), sex=Sex.FEMALE)
    tired = next(found for found in complaints.COMPLAINTS if found.problem is complaints.TIRED)
    complaints._seen(one, MONDAY, tired)
    if aches:
        found = one.gp(MONDAY + timedelta(days=150), pain.FIBROMYALGIA)
        one.problem(pain.FIBROMYALGIA, found.day, visit=found)
    said = _words(one)
    assert ("Sliten i noen uker, sover lett." in said) is aches
    assert ("Sliten i noen uker, sover greit." in said) is not aches


@pytest.mark.parametrize("strained", [True, False])
def test_nobody_is_depressed_while_a_strain_lifts(life: Lives, *, strained: bool) -> None:
    one = life(born=date(1985, 3, 3))
    lifted = MONDAY + timedelta(days=40)
    if strained:
        one.episode(STRAIN, one.gp(MONDAY, STRAIN), 40)
    low = one.gp(MONDAY + timedelta(days=120), DEPRESSION)
    low.note(("Aktuelt", "Tomhetsfølelse og skyldfølelse i flere måneder."))
    one.episode(DEPRESSION, low, 100)
    onsets.fit(one)
    began = [
        on(found["onsetDateTime"])
        for found in bodies(one)
        if found["resourceType"] == "Condition" and found["code"]["text"] == DEPRESSION.text
    ]
    assert [day > lifted for day in began] == [strained]
