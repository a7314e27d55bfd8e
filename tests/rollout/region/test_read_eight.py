"""What readers of twelve records found, asked of every record."""

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import kin, vitals
from fellesjournal.rollout.region.courses import complaints, copd, deficiency
from fellesjournal.rollout.region.courses.cancer_kinds import BREAST
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from rollout.region.conftest import TODAY, Json, bodies
from rollout.region.test_rules import Records, age, notes, plain

MONDAY = date(2024, 3, 4)
ELSEWHERE = "+4717"
"""How the phone begins of one who does not live in the region."""
BIRTHS = re.compile(r"Har ikke født før|Har født \d barn|\bP\d, uke")
OESTROGEN = next(one for one in complaints.COMPLAINTS if one.medicine is complaints.ESTROGEN)


def test_nobody_whose_births_are_counted_has_a_grown_child_elsewhere(records: Records) -> None:
    counted = {note.record.patient["id"]: note.record for note in notes(records) if BIRTHS.search(note.text)}
    assert counted
    for record in counted.values():
        for one in record.of("RelatedPerson"):
            abroad = any(phone["value"].startswith(ELSEWHERE) for phone in one.get("telecom", ()))
            assert not abroad or one["relationship"][0]["text"] not in {"Datter", "Sønn"}, one["id"]


@pytest.mark.parametrize("number", range(8))
def test_who_has_young_children_here_has_a_sister_or_brother_elsewhere(number: int) -> None:
    home = Household(0, 1, 1)
    person = Person(number, Sex.FEMALE, date(1978, 5, 5), home, id=f"innbygger-{number}")
    person.children.append(Person(99, Sex.MALE, date(2019, 5, 5), home, mother=person))
    assert kin.elsewhere(person, TODAY) in {"SI", "BR"}


def _words(life: Life) -> str:
    return " ".join(
        plain(part) for one in bodies(life) if one["resourceType"] == "Composition" for part in one["section"]
    )


@pytest.mark.parametrize("had_cancer", [True, False])
def test_nobody_is_told_to_use_hormones_after_cancer_of_the_breast(
    life: Callable[..., Life], *, had_cancer: bool
) -> None:
    one = life(born=date(1970, 3, 3), sex=Sex.FEMALE)
    if had_cancer:
        one.problem(BREAST.problem, date(2015, 10, 19))
    complaints._seen(one, MONDAY, OESTROGEN)
    said = _words(one)
    assert ("ikke hormoner etter brystkreften" in said) is had_cancer
    assert ("Lokalt østrogen" in said) is not had_cancer


def test_a_sample_of_stool_is_handed_in_when_a_stay_is_over(life: Callable[..., Life]) -> None:
    one = life(born=date(1950, 3, 3))
    deficiency._iron(one, MONDAY)
    stay = MONDAY + timedelta(days=2), MONDAY + timedelta(days=12)
    one.days.take(*stay)
    handed_in = [
        date.fromisoformat(found["effectiveDateTime"][:10])
        for found in bodies(one)
        if found["resourceType"] == "Observation" and found["code"]["text"] == "Blod i avføring"
    ]
    assert [day > stay[1] and day.weekday() < 5 for day in handed_in] == [True]


def _read(letter: Json) -> str:
    content = b64decode(letter["content"][0]["attachment"]["data"]).decode("cp1252")
    return " ".join(re.findall(r"\((.*?)\)'", content)).replace("\\", "")


@pytest.mark.parametrize(("grave", "severe"), [(0.51, False), (0.57, False), (0.6, True), (0.9, True)])
def test_lungs_are_called_badly_ill_by_what_they_blow(
    life: Callable[..., Life], *, grave: float, severe: bool
) -> None:
    one = life(born=date(1960, 3, 3))
    copd._found(one, MONDAY, grave, smokes=False)
    letters = "".join(_read(found) for found in bodies(one) if found["resourceType"] == "DocumentReference")
    assert "Vurdering av rehabilitering og oksygen" in letters
    assert ("Alvorlig KOLS" in letters) is severe


def test_one_who_retains_is_scored_on_the_second_scale_in_every_stay(records: Records) -> None:
    """Also where the stay is told of before the lungs' own course."""
    scored = 0
    for record in records.values():
        since = min(
            (note.day for note in notes({"": record}) if "KOLS-forverring, trolig luftveis" in note.text),
            default=date.max,
        )
        for note in notes({"": record}):
            goes_on = "end" not in note.contact.get("period", {})
            seen = re.search(
                r"BT (\d+)/(\d+), puls (\d+), respirasjonsfrekvens (\d+), SpO2 (\d+) % uten oksygen, "
                r"temperatur ([\d,]+)\. NEWS2 (\d+)",
                note.text,
            )
            if seen and since <= note.day and not goes_on and "Forverret hjertesvikt" in note.text:
                scored += 1
                systolic, diastolic, pulse, breaths, saturation = map(int, seen.groups()[:5])
                warm = float(seen[6].replace(",", "."))
                signs = vitals.Signs(pulse, breaths, saturation, warm, systolic, diastolic)
                assert int(seen[7]) == vitals.news2(signs, retains=True), note.body["id"]
    assert scored


def test_after_a_bad_spell_of_asthma_one_comes_back_when_it_was_said(records: Records) -> None:
    told = 0
    for record in records.values():
        spells = [one.day for one in notes({"": record}) if "Time hos fastlege om noen dager" in one.text]
        seen = [one.day for one in notes({"": record}) if re.search("[Ee]tter anfallet", one.text)]
        for day in spells:
            after = [(one - day).days for one in seen if one > day]
            told += bool(after)
            assert not after or min(after) <= 9, record.patient["id"]
    assert told


def test_nobody_who_is_old_is_short_of_breath_at_training(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Astmakontroll: Plages mest" in note.text and age(note.record, note.day) >= 70:
            told += 1
            assert "anstrengelse" in note.text, note.body["id"]
    assert told


def test_who_is_nearly_grown_does_not_play_in_bed(records: Records) -> None:
    assert not [note.body["id"] for note in notes(records) if "Leker i sengen" in note.text]
