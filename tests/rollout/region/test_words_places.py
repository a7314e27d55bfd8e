"""Where one is, who is there, and what one is told to do at the time; as rules."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from fellesjournal.rollout.region.courses import emergencies, joints, lately
from fellesjournal.rollout.region.courses.abdomen import STONES
from fellesjournal.rollout.region.courses.bones import HALF_HIP, NECK
from fellesjournal.rollout.region.courses.emergency_cases import CASES, Case
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.courses.municipal import short_stays, therapy
from fellesjournal.rollout.region.courses.today import beds, geriatrics, legevakt, places, reasons, waiting
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.formulary import APIXABAN
from fellesjournal.rollout.region.kin import the_partner
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import Json, Record
from rollout.region.test_rules import Records, notes

NURSED, CLEANED = "Helsetjenester i hjemmet", "Praktisk bistand"
SHOPS = r"går til butikken|trapp til andre etasje|bare i bratte bakker|lager enkel mat selv|Finner fram i"
WALKS = r"går tur på flatt underlag|etter tur\.|går tur daglig|Går tur tre ganger|Går tur hver dag"
TODAY = date(2026, 11, 27)


def stays(record: Record) -> Iterator[tuple[str, str, Json]]:
    """From when until when somebody lay in a ward or home, as it is written."""
    for one in record.of("Encounter"):
        if one["class"]["code"] == "IMP":
            yield one["period"]["start"], one["period"].get("end", "9999"), one


def codes(related: Json) -> list[str]:
    return [coded["code"] for term in related["relationship"] for coded in term["coding"]]


def is_a_home(stay: Json) -> bool:
    return "sykehjem" in stay["serviceProvider"]["reference"]


def helped(record: Record, day: str, *services: str) -> bool:
    """Whether somebody old came to help at home on the day."""
    born = date.fromisoformat(record.born)
    return day >= f"{born.year + 67}" and any(
        one["type"][0]["text"] in services
        and one["period"]["start"] <= day < one["period"].get("end", "9999")
        for one in record.of("EpisodeOfCare")
    )


def test_nobody_lies_in_two_wards_or_two_homes_at_once(records: Records) -> None:
    lain = 0
    for record in records.values():
        of_kind: dict[bool, list[tuple[str, str, Json]]] = {True: [], False: []}
        for since, until, one in stays(record):
            of_kind[is_a_home(one)].append((since, until, one))
        for spans in of_kind.values():
            for before, after in pairwise(sorted(spans, key=lambda span: span[:2])):
                lain += 1
                assert before[1] <= after[0], after[2]["id"]
    assert lain


def test_whom_somebody_helps_at_home_does_not_go_shopping(records: Records) -> None:
    met = 0
    for note in notes(records):
        day = note.day.isoformat()
        if helped(note.record, day, NURSED, CLEANED):
            met += 1
            assert not re.search(SHOPS, note.text), note.body["id"]
        if helped(note.record, day, NURSED):
            assert not re.search(WALKS, note.text), note.body["id"]
    assert met


def test_residents_of_a_home_do_not_forget_their_medicines(records: Records) -> None:
    at_home = 0
    for note in notes(records):
        if "glemt vanndrivende" in note.text:
            lives = [
                one for one in stays(note.record) if "sykehjem" in one[2]["serviceProvider"]["reference"]
            ]
            assert not any(since < note.body["date"] < until for since, until, _ in lives), note.body["id"]
            at_home += 1
    assert at_home


def test_the_one_lived_with_is_called_what_the_register_says(records: Records) -> None:
    named = 0
    for note in notes(records):
        for code, word in (("EF", "ektefellen"), ("SA", "samboeren")):
            if word in note.text.lower():
                named += 1
                kin = [kin for one in note.record.of("RelatedPerson") for kin in codes(one)]
                assert code in kin, note.body["id"]
    assert named


def test_a_week_of_relief_names_the_one_who_rests(life: Callable[..., Life]) -> None:
    one, other = life(date(1940, 5, 5)), life(date(1941, 5, 5)).person
    one.person.partner, other.partner = other, one.person
    short_stays.relief(one, date(2022, 1, 1), date(2026, 1, 1))
    told = " ".join(text for *_, sections in one.chart.notes for _, text in sections)
    assert f"{the_partner(one.person)[0]} ringer hver kveld" in told


def test_there_is_no_relief_for_the_widowed(records: Records) -> None:
    relieved = 0
    for note in notes(records):
        if "Avlastningsopphold" in note.text:
            relieved += 1
            over = [
                one["period"]["end"]
                for one in note.record.of("RelatedPerson")
                if not one["active"] and {"EF", "SA"} & set(codes(one))
            ]
            assert all(note.day.isoformat() <= day for day in over), note.body["id"]
    assert relieved


def test_nobody_is_sick_together_with_others_at_home_who_lives_alone(records: Records) -> None:
    told = 0
    for note in notes(records):
        told += "i omgangskretsen" in note.text
        assert not re.search("flere syke hjemme|flere hjemme har", note.text), note.body["id"]
    assert told


def test_while_a_bone_is_in_plaster_no_ankle_is_sprained(records: Records) -> None:
    worn = 0
    for record in records.values():
        of_one = list(notes({"": record}))
        for note in of_one:
            if re.search(r"Støvel i seks uker|God sirkulasjon\. Gips\.", note.text):
                worn += 1
                for later in of_one:
                    if timedelta() < later.day - note.day < timedelta(days=28):
                        assert not re.search("fotball|Tråkket over|Vrikket|på tur", later.text), later.body[
                            "id"
                        ]
    assert worn


@pytest.mark.parametrize("case", [one for one in CASES if one.problem.icpc in ("L72", "L77")])
def test_who_is_with_child_or_in_plaster_is_not_on_the_slopes(case: Case, life: Callable[..., Life]) -> None:
    day, one = date(2022, 3, 1), life(date(1992, 1, 1))
    assert emergencies._can_be(one, day, case)
    one.pregnancies.append((date(2021, 11, 1), date(2022, 6, 1)))
    assert emergencies._rests(one, day)
    assert emergencies._can_be(one, day, case) == bool(case.others)
    mends = life(date(1992, 1, 1))
    mends.body.mends.append((date(2022, 2, 1), date(2022, 3, 10), "Gips."))
    assert not emergencies._can_be(mends, day, case)


def test_a_hip_that_breaks_is_not_the_one_that_is_replaced(life: Callable[..., Life]) -> None:
    for seed in range(12):
        one = life(seed=str(seed))
        one.body.broken_hip = "venstre"
        assert joints._side(one, joints.HIP) == "høyre"


def test_a_hip_with_a_new_joint_does_not_break_again_at_the_neck(records: Records) -> None:
    broken = 0
    for record in records.values():
        joint = ""
        for note in notes({"": record}):
            if found := re.search(r"Totalprotese i hofteledd med sement, (\w+) side", note.text):
                joint = found[1]
            if found := re.search(rf"{HALF_HIP.text}, (\w+) side", note.text):
                broken += 1
                assert found[1] != joint, note.body["id"]
    assert broken


def test_a_hip_that_was_operated_on_breaks_nobodys_last_week(life: Callable[..., Life]) -> None:
    one = life(date(1940, 5, 5))
    one.problem(joints.HIP.problem, date(2015, 1, 1))
    reason = places._breaks_a_hip(one, date(2026, 11, 10))
    assert reason is not None
    assert reason.problem is not NECK


def test_before_dawn_nobody_has_been_at_the_swings(life: Callable[..., Life]) -> None:
    for born in (date(2026, 1, 1), date(2024, 1, 1), date(2021, 1, 1), date(2015, 1, 1), date(1980, 1, 1)):
        one = life(born)
        fits = [case for case in legevakt._COMES if legevakt._can_be(one, case, at_night=True)]
        assert fits
        assert not any(re.search("huske|fortauet|brødkniv|stellebord", case.told) for case in fits)


def test_a_delirium_does_not_begin_in_the_clear_who_has_dementia(life: Callable[..., Life]) -> None:
    one = life(date(1940, 5, 5))
    assert "Var klar" in geriatrics._as_one_was(one, geriatrics.STAYS[0]).story.before
    one.decline.dementia = Dementia(date(2020, 1, 1), 22, 2)
    assert "Var rolig" in geriatrics._as_one_was(one, geriatrics.STAYS[0]).story.before


@pytest.mark.parametrize("icd", [beds.EMBOLISM, beds.PANCREATITIS, "S822"])
def test_who_lies_in_a_ward_can_have_what_brought_them(icd: str, life: Callable[..., Life]) -> None:
    why = next(one for one in reasons.STAYS if one.problem.icd == icd)
    day, one = TODAY - timedelta(days=2), life(date(1965, 5, 5))
    assert beds._can_be(one, day, why)
    one.uses(APIXABAN, date(2020, 1, 1))
    one.problem(STONES, date(2018, 1, 1), date(2018, 6, 1))
    one.decline.helped_at_home.append((date(2024, 1, 1), date.max, True))
    assert not beds._can_be(one, day, why)


def test_whose_heart_is_known_does_not_wait_with_a_normal_tracing(life: Callable[..., Life]) -> None:
    one = life(date(1950, 5, 5))
    assert not waiting._is_seen(one, Service.HEART_CLINIC)
    one.problem(FIBRILLATION, date(2020, 1, 1))
    assert waiting._is_seen(one, Service.HEART_CLINIC)


def test_whom_nurses_come_to_is_in_no_group(life: Callable[..., Life]) -> None:
    one = life(date(1950, 5, 5))
    one.decline.helped_at_home.append((date(2022, 3, 1), date(2023, 1, 1), True))
    assert lately.stays_in(one, date(2022, 5, 1))
    assert not lately.stays_in(one, date(2023, 5, 1))
    therapy.is_coached(one, date(2022, 1, 10), FIBRILLATION)
    assert not one.chart.notes


def test_what_is_told_of_a_meal_is_written_after_it(records: Records) -> None:
    told = 0
    for note in notes(records):
        hour = int(note.body["date"][11:13])
        if "etter lunsj" in note.text:
            told += 1
            assert hour >= 13, note.body["id"]
        if "Matet til frokost" in note.text:
            assert hour < 12, note.body["id"]
    assert told
