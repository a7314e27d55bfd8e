"""What the thirty-first round of reading found, ten records by lot; as rules for pockets of other seeds."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.courses import last_illness
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from rollout.region.conftest import TODAY, Json, Record, bodies
from rollout.region.test_rules import Records, age, notes, on

SIGNED_OFF = re.compile(r"Sykmeldt (\d+) % i (én|to|2|4) uke")
WEEKS = {"én": 1, "to": 2, "2": 2, "4": 4}
GROWN, MUSCULAR = 18, 15
CHILDS_ARRIVAL = re.compile(r"[Ff]orelder|[Ff]oreldre")


def test_who_is_signed_off_is_not_signed_off_again_nor_by_their_own_word(pocket: Records) -> None:
    own = 0
    for record in pocket.values():
        leaves: list[tuple[date, date]] = []
        for note in notes({"": record}):
            if found := SIGNED_OFF.search(note.text):
                first = on(note.contact["period"]["end"]) if "Epikrise" in note.body["title"] else note.day
                leaves.append((first, first + timedelta(weeks=WEEKS[found[2]])))
        for one, (since, until) in enumerate(leaves):
            assert not any(since < last and first < until for first, last in leaves[:one]), record.patient[
                "id"
            ]
        for note in notes({"": record}):
            if "Egenmelding" in note.text:
                own += 1
                assert not any(since <= note.day < until for since, until in leaves), note.body["id"]
    assert own


def test_work_is_full_again_only_after_half_of_it(pocket: Records) -> None:
    for record in pocket.values():
        half = False
        for note in notes({"": record}):
            if found := re.search(r"Støttesamtale\. Sykmeldt (\d+) %", note.text):
                half = found[1] == "50"
            assert not (half and re.search(r"på jobb (igjen|att)", note.text)), note.body["id"]


def test_filtration_is_not_reckoned_of_a_child_and_creatinine_is_a_childs(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Observation"):
            years = age(record, on(one["effectiveDateTime"])) if "effectiveDateTime" in one else GROWN
            if years < GROWN:
                assert one["code"].get("text") != "eGFR", one["id"]
                assert one["code"].get("text") != "Kreatinin" or _is_a_childs(one, years), one["id"]


def _is_a_childs(one: Json, years: int) -> bool:
    return years >= MUSCULAR or (float(one["valueQuantity"]["value"]) < 100 and _high(one) < 80)


def _high(one: Json) -> float:
    return float(one["referenceRange"][0]["high"]["value"])


def test_a_child_comes_to_a_ward_with_a_parent(pocket: Records) -> None:
    checked = 0
    for note in notes(pocket):
        nursed = any(part["title"] == "Sykepleie" for part in note.body["section"])
        if (
            nursed
            and note.contact.get("class", {}).get("code") == "IMP"
            and age(note.record, note.day) < GROWN
        ):
            checked += 1
            assert CHILDS_ARRIVAL.search(note.text), note.body["id"]
    assert checked


def _last_stay(life: Life, since: date) -> list[str]:
    """The notes of a death of an infection at a ward, in the order in which they were written."""
    life.ending = Ending(Cause.INFECTION, Place.WARD, since)
    last_illness.comes(life)
    record = Record({"id": "innbygger-1"}, bodies(life))
    return [note.text for note in notes({"": record})]


@pytest.mark.parametrize("nights", [1, 2, 3, 6, 9])
@pytest.mark.parametrize("years", [1, 9, 30])
def test_who_dies_young_of_an_infection_is_given_everything_first(
    life: Callable[..., Life], years: int, nights: int
) -> None:
    died = TODAY - timedelta(days=400)
    told = _last_stay(life(years_after(died, -years), died=died), died - timedelta(days=nights))
    assert not any(words in " ".join(told) for words in ("avklart nivå", "munnstell", "Alvorlig prognose"))
    plan = next(at for at, one in enumerate(told) if "Full behandling" in one and "Blodkulturer" in one)
    decided = next(at for at, one in enumerate(told) if "går over til lindring" in one)
    died_at = next(at for at, one in enumerate(told) if one.startswith("Dødsfall"))
    assert plan < decided < died_at
    if years < GROWN:
        assert all(CHILDS_ARRIVAL.search(one) for one in told if one.startswith("Sykepleie"))
    if nights > 3:
        assert sum(one.startswith("Visitt") for one in told) >= nights - 1


def test_a_doctor_writes_of_who_dies_at_a_ward_before_the_death(pocket: Records) -> None:
    deaths = 0
    for record in pocket.values():
        written = [note for note in notes({"": record}) if note.contact.get("class", {}).get("code") == "IMP"]
        for note in written:
            hospital = re.search("sengepost|avdeling", note.contact["serviceProvider"]["reference"])
            if hospital and note.text.startswith("Dødsfall"):
                deaths += 1
                stay = [one.text for one in written if one.contact is note.contact]
                assert any(one.startswith("Visitt") and "lindr" in one for one in stay), note.body["id"]
    assert deaths
