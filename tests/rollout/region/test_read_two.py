"""What readers of twelve records found: what is said of contraception and of days out, as rules."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import backs, complaints, contraception, lost_pregnancies
from fellesjournal.rollout.region.courses.municipal import day_centre
from fellesjournal.rollout.region.devices import afterwards
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, reasons

Lives = Callable[..., Life]
DAY = date(2021, 5, 12)
PAINS = {one.text for one in backs.TOLD}
TIRED = next(one for one in complaints.COMPLAINTS if one.problem is complaints.TIRED)


def _has_wife(record: Record) -> bool:
    """Whether the one a woman lives with, or lived with, is a woman."""
    near = [one for one in record.of("RelatedPerson") if one.get("gender") == "female"]
    words = {word.get("text") for one in near for word in one["relationship"]}
    return record.patient["gender"] == "female" and bool(words & {"Ektefelle", "Samboer"})


def _couple(life: Lives, sex: Sex) -> tuple[Life, Life]:
    """A woman's life, and that of the one she lives with."""
    one, other = life(date(1992, 1, 1), Sex.FEMALE), life(date(1990, 1, 1), sex)
    one.person.partner, other.person.partner = other.person, one.person
    return one, other


def test_with_a_wife_nothing_is_used_against_pregnancy(records: Records) -> None:
    met = 0
    for record in records.values():
        if _has_wife(record):
            met += 1
            for note in notes({"": record}):
                assert not re.search("revensjon|kondom|avslutte svangerskapet", note.text), note.body["id"]
    assert met


def test_with_a_wife_nothing_is_used_nor_ended_in_any_life(life: Lives) -> None:
    """So many lives that there is something in those with a husband."""
    told = {Sex.MALE: 0, Sex.FEMALE: 0}
    for number in range(60):
        for sex in told:
            one, _ = _couple(lambda *args, n=number: life(*args, seed=f"prøve {n}"), sex)
            lost_pregnancies.loses(one)
            contraception.uses(one)
            told[sex] += len(one.treatments) + sum(not wished for _, _, wished in one.lost)
    assert told[Sex.MALE]
    assert not told[Sex.FEMALE]


def test_a_widow_is_not_said_to_use_condoms_when_the_coil_is_out(life: Lives) -> None:
    one, other = _couple(life, Sex.MALE)
    assert "kondom" in afterwards(one.person, DAY, contraception.NO_LONGER)[0]
    other.person.died = DAY - timedelta(days=50)
    assert "kondom" not in "".join(afterwards(one.person, DAY, contraception.NO_LONGER))
    assert "Folat" in afterwards(one.person, DAY, contraception.WISHES)[0]


def test_a_day_out_is_as_long_as_was_granted(records: Records) -> None:
    met = told = 0
    for record in records.values():
        for one in record.of("ServiceRequest"):
            granted = " ".join(part["text"] for part in one.get("orderDetail", ()))
            if one["code"].get("text") == "Dagaktivitetstilbud":
                met += 1
                assert "fem timer" in granted, one["id"]
        for note in notes({"": record}):
            if "Dagsenter:" in note.text:
                told += 1
                span = note.contact["period"]
                begins, ends = (datetime.fromisoformat(span[side]) for side in ("start", "end"))
                assert ends - begins == day_centre.DAY, note.body["id"]
                if begins.hour >= day_centre.AFTER_LUNCH:
                    assert "lunsj" not in note.text, note.body["id"]
    assert met
    assert told


def test_who_comes_to_the_day_centre_after_lunch_is_not_told_of_at_lunch(life: Lives) -> None:
    one = life()
    early, late = (
        "".join(bokmaal for bokmaal, _ in day_centre._texts(one, datetime(2021, 5, 12, hour)))
        for hour in (10, 13)
    )
    assert "lunsj" in early
    assert "lunsj" not in late
    assert "bingo" in late


def test_who_had_it_the_other_week_was_not_well_in_between(life: Lives) -> None:
    one = life()
    short, long = (
        {complaints._again(one, DAY, TIRED, timedelta(days=days), times) for times in range(8)}
        for days in (25, 200)
    )
    assert complaints._WAS_WELL in long
    assert short == long - {complaints._WAS_WELL}


def test_who_is_treated_for_another_pain_is_not_as_active_as_before(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Tilbake i vanlig aktivitet" in note.text:
            told += 1
            day, why = note.day.isoformat(), reasons(note.contact)
            for one in note.record.of("Condition"):
                named, until = one["code"]["text"], one.get("abatementDateTime", "9999")
                if named in PAINS and named not in why:
                    assert not one["recordedDate"] <= day <= until, note.body["id"]
    assert told
