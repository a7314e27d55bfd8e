"""What bones, joints, strokes and cancers say in their notes, held against the rest of the record."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.courses import (
    bones,
    broken_bones,
    habits,
    joints,
    lately,
    remission,
    stroke,
)
from fellesjournal.rollout.region.courses.cancer_kinds import BREAST
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.formulary import ALENDRONATE, DENOSUMAB
from fellesjournal.rollout.region.life import Life
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Note, Records, notes, on, problems

BORN, DAY = date(1944, 3, 12), date(2020, 3, 2)
FIVE_YEARS = timedelta(days=1830)
SIDES = "høyre|venstre"


def has(note: Note, *names: str) -> bool:
    """Whether one of the problems is on the list on the day of the note."""
    day = note.day.isoformat()
    return any(since <= day < until for name, since, until in problems(note.record) if name in names)


def test_what_strengthens_bones_is_on_the_list(records: Records) -> None:
    told = 0
    for note in notes(records):
        for words, atc in (("Alendronat i fem år", "M05BA04"), ("Denosumab hvert halvår", "M05BX04")):
            if words in note.text:
                told += 1
                assert used(note.record, atc, note.day.isoformat()), note.body["id"]
    assert told


@pytest.mark.parametrize(
    ("medicine", "words"),
    [(ALENDRONATE, "Alendronat i fem år, kalsium og"), (DENOSUMAB, "Denosumab hvert"), (None, "Kalsium og")],
)
def test_the_plan_names_what_the_kidneys_bear(
    medicine: Medicine | None, words: str, life: Callable[..., Life]
) -> None:
    one = life(BORN)
    if medicine:
        one.uses(medicine, DAY)
    assert bones._strengthened(one, DAY).startswith(words)


def test_a_broken_wrist_of_brittle_bones_is_not_below_the_limit(life: Callable[..., Life]) -> None:
    one = life(BORN)
    assert "under grensen" in bones._of_the_bones(one, DAY)
    one.problem(bones.OSTEOPOROSIS, DAY - timedelta(days=400))
    assert "under grensen" not in bones._of_the_bones(one, DAY)


def test_no_bone_was_broken_in_the_years_of_which_that_is_said(records: Records) -> None:
    for note in notes(records):
        if "Ingen brudd. Pause" in note.text:
            since, day = (note.day - FIVE_YEARS).isoformat(), note.day.isoformat()
            broken = [name for name, begun, _ in problems(note.record) if since < begun < day]
            assert not [name for name in broken if "brudd" in name.lower()], note.body["id"]


def test_a_hip_that_broke_does_not_wear(records: Records) -> None:
    met = 0
    for record in records.values():
        told = [one["code"]["text"] for one in record.of("DiagnosticReport")]
        broken = {side for one in told for side in re.findall(f"RTG ({SIDES}) hofte og bekken", one)}
        worn = {side for one in told for side in re.findall(f"RTG ({SIDES}) hofte$", one)}
        met += bool(broken and worn)
        assert not broken & worn, record.patient["id"]
    assert met


@pytest.mark.parametrize("side", bones.SIDES)
def test_the_other_hip_wears(side: str, life: Callable[..., Life]) -> None:
    one = life(BORN)
    one.body.broken_hip = side
    joints._wears(one, joints.HIP, DAY)
    one.close()
    assert all(side not in str(body) for body in one.chart.bodies)


def test_who_flutters_has_no_quiet_rhythm_and_no_second_thinner(life: Callable[..., Life]) -> None:
    one = life(BORN)
    one.problem(FIBRILLATION, DAY - timedelta(days=400))
    stroke._passes(one, DAY)
    one.close()
    told = b" ".join(one.chart.bodies).decode()
    assert "Blodfortynnende, telemetri" in told
    assert "kjent atrieflimmer, ellers" in told
    assert "Platehemmer" not in told


def test_a_plan_of_a_medicine_against_clots_is_followed(records: Records) -> None:
    for note in notes(records):
        if "Platehemmer, telemetri" in note.text:
            assert used(note.record, "B01AC", (note.day + timedelta(days=2)).isoformat()), note.body["id"]


def test_nobody_is_stronger_than_before_the_stroke(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "utholdenhet enn i fjor" in note.text:
            told += 1
            struck = [since for name, since, _ in problems(note.record) if name == "Hjerneinfarkt"]
            assert int(struck[0][:4]) < note.day.year, note.body["id"]
            assert not has(note, "Hjertesvikt", "KOLS"), note.body["id"]
    assert told


def test_a_prostate_that_was_taken_out_is_not_large(records: Records) -> None:
    met = 0
    for record in records.values():
        names = {name for name, _, _ in problems(record)}
        met += "Prostatakreft" in names
        if "Prostatakreft" in names:
            assert not names & {"Vannlatingsplager ved stor prostata", "Urinretensjon"}, record.patient["id"]
    assert met


def test_who_is_ill_with_something_else_is_not_found_healthy(records: Records) -> None:
    met = 0
    for note in notes(records):
        if note.text.startswith("Kontroll: ") and any(one in note.text for one in remission.FREE):
            met += 1
            well = "Føler seg frisk" in note.text or "God form" in note.text
            assert not (well and has(note, "Hjertesvikt", "KOLS", "Hjerneinfarkt")), note.body["id"]
    assert met


def test_who_has_lost_kilograms_does_not_eat_well(records: Records) -> None:
    lost = 0
    for note in notes(records):
        if "ned siden første kur" in note.text:
            lost += 1
            assert "Spiser greit" not in note.text, note.body["id"]
    assert lost


def test_a_mammography_shows_no_skeleton(records: Records) -> None:
    for record in records.values():
        for one in record.of("DiagnosticReport"):
            if one["code"]["text"] == BREAST.picture:
                assert "etastaser" not in one["conclusion"].replace("eller metastaser", ""), one["id"]


@pytest.mark.parametrize(
    "day", [date(2020, 4, 1), date(2022, 7, 6), date(2022, 8, 10), date(2023, 12, 27), date(2024, 2, 21)]
)
def test_nobody_falls_at_school_when_there_is_none(day: date, life: Callable[..., Life]) -> None:
    one = life(date(2010, 5, 3))
    assert not {broken_bones.IN_CLASS, "på fotballtrening"} & {*broken_bones._places(one, day)}
    assert broken_bones.IN_CLASS in broken_bones._places(one, date(2022, 9, 14))


def test_nobody_skis_in_november(life: Callable[..., Life]) -> None:
    one = life(date(2010, 5, 3))
    assert "på ski" not in broken_bones._places(one, date(2022, 11, 9))
    assert "på ski" in broken_bones._places(one, date(2022, 1, 12))


def test_who_is_dying_does_not_walk_with_an_aching_knee(records: Records) -> None:
    told, ends = 0, {}
    for note in notes(records):
        if "Lindrende behandling. Kreftsykepleier" in note.text:
            ends[note.record.patient["id"]] = note.day
        if "Artrose i" in note.text and "Henvises" not in note.text:
            told += 1
            assert note.day < ends.get(note.record.patient["id"], date.max), note.body["id"]
    assert told


def test_a_new_joint_waits_for_cures_to_be_over(life: Callable[..., Life]) -> None:
    one = life(BORN)
    assert joints._strong_enough(one, DAY) == DAY
    one.body.cured.append((DAY - timedelta(days=60), DAY - timedelta(days=20)))
    assert joints._strong_enough(one, DAY) == DAY + timedelta(days=70)


def test_nobody_is_signed_off_again_who_is_at_home_with_a_broken_hip(life: Callable[..., Life]) -> None:
    one = life(date(1970, 5, 5))
    lately.is_off(one, DAY, bones.OFF_WORK)
    half = "Sykmeldt 50 % i to uker."
    assert lately.signed_off(one, DAY + timedelta(days=11), half) == "Er sykmeldt fra før."


def test_nobody_breaks_an_ankle_while_a_joint_heals(records: Records) -> None:
    met = 0
    for record in records.values():
        stays = [
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP" and "ortopedisk" in one["serviceProvider"]["reference"]
        ]
        met += bool(stays)
        for name, since, _ in problems(record):
            if name in ("Brudd i ankel", "Ankelforstuing"):
                begun = date.fromisoformat(since)
                assert not any(abs((begun - one).days) < 90 for one in stays), record.patient["id"]
    assert met


def test_who_is_disabled_does_not_train(life: Callable[..., Life]) -> None:
    one = next(one for seed in "abcdefgh" if habits.moves(one := life(BORN, seed=seed), DAY))
    one.decline.disabled_since = DAY
    assert not habits.moves(one, DAY)


def test_the_last_control_of_a_cancer_promises_no_other(records: Records) -> None:
    last: dict[str, Note] = {}
    for note in notes(records):
        if note.text.startswith("Kontroll: ") and "kreft" in str(note.contact.get("reasonCode")):
            last[note.record.patient["id"]] = note
    over = [note for note in last.values() if (date(2026, 11, 26) - note.day).days > 300]
    assert over
    for note in over:
        assert note.record.died or "ny time" not in note.text, note.body["id"]


def test_what_a_letter_says_against_clots_is_on_the_list(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Opptrening i kommunen. Osteoporosebehandling" in note.text:
            told += 1
            for words, atc in (("Blodproppforebyggende", "B01AB"), ("Blodfortynnende som", "B01AF")):
                assert words not in note.text or used(note.record, atc, note.day.isoformat()), note.body["id"]
    assert told


def test_brittle_bones_are_not_called_dense(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Telefon: Bentetthet: T-skår" in note.text:
            told += 1
            assert not has(note, "Osteoporose"), note.body["id"]
    assert told


def test_a_resident_moves_after_a_stroke_as_before(life: Callable[..., Life]) -> None:
    one = life(BORN)
    one.decline.moves_in = DAY - timedelta(days=700)
    stroke._strikes(one, DAY)
    one.close()
    told = b" ".join(one.chart.bodies).decode()
    assert "Forflytter seg som før ved utskrivning" in told
    assert "mRS" not in told
