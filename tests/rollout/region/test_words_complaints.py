"""What notes of the GP's ordinary days say of the rest of the record; as rules."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import backs, colds, pain, papers
from fellesjournal.rollout.region.courses.dialogue import NOBODY_TRAVELS
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Note, Records, notes, on, reasons

WEEKS = 45
"""Days after a stay for which it is what one is met about."""
WALKS_BADLY, LAME = ("L75", "K77", "K90", "R95"), ("K90", "N86", "N99")


def saying(records: Records, words: str) -> Iterator[Note]:
    return (note for note in notes(records) if re.search(words, note.text))


def codes(record: Record, day: date) -> list[str]:
    """The ICPC-2 codes of what stood on the list before the day and is not over."""
    text = day.isoformat()
    return [
        one["code"]["coding"][0]["code"]
        for one in record.of("Condition")
        if one["recordedDate"] < text <= one.get("abatementDateTime", "9999")
    ]


def ends_of_stays(record: Record) -> list[date]:
    stays = (one for one in record.of("Encounter") if one["class"]["code"] == "IMP" and "reasonCode" in one)
    births = ("Fødsel", "fødsel")
    return [
        on(one["period"]["end"])
        for one in stays
        if "end" in one["period"] and not any(word in why for why in reasons(one) for word in births)
    ]


def of_colds(one: Life, first: date, days: int) -> set[str]:
    return {colds.told(one, first + timedelta(days=number))[0] for number in range(days)}


def test_nobody_is_ill_at_a_school_that_is_closed(life: Callable[..., Life]) -> None:
    pupil = life(date(2009, 3, 3))
    assert not any("skolen" in text for text in of_colds(pupil, date(2020, 3, 12), 55))
    assert any("skolen" in text for text in of_colds(pupil, date(2019, 3, 12), 55))


def test_a_child_that_is_to_begin_in_kindergarten_has_not_gone_there(records: Records) -> None:
    begins = {id(note.record): note.day for note in saying(records, "Skal begynne i barnehage")}
    assert begins
    for note in saying(records, "Går i barnehage|Trives i barnehagen"):
        assert note.day > begins.get(id(note.record), date.min), note.body["id"]


def test_who_takes_something_for_the_stomach_is_not_given_it_for_weeks(records: Records) -> None:
    told = 0
    for note in saying(records, "Syrehemmer i fire uker"):
        told += 1
        assert used(note.record, "A02BC", note.day.isoformat()), note.body["id"]
        for one in note.record.of("MedicationStatement"):
            span = one["effectivePeriod"]
            if "Pantoprazol" in str(one) and span["start"] < note.day.isoformat():
                assert span.get("end", "9999") <= note.day.isoformat(), note.body["id"]
    assert told


def test_who_is_with_child_or_depressed_is_not_tired_without_a_cause(records: Records) -> None:
    told = 0
    for note in saying(records, "Sliten i noen uker, sover greit"):
        told += 1
        assert not {"W78", "P76"} & set(codes(note.record, note.day)), note.body["id"]
    assert told


def test_a_prostate_with_cancer_is_not_found_harmless(records: Records) -> None:
    told = 0
    for note in saying(records, "Prostata er glatt og litt stor"):
        told += 1
        assert "Y77" not in codes(note.record, note.day), note.body["id"]
    assert told


def test_little_iron_comes_of_what_the_list_does_not_deny(records: Records) -> None:
    told = 0
    for note in saying(records, "rikelige menstruasjoner"):
        told += 1
        day = note.day.isoformat()
        assert not used(note.record, "G03A", day), note.body["id"]
        assert not used(note.record, "G02B", day), note.body["id"]
        assert "W78" not in codes(note.record, note.day), note.body["id"]
    assert told
    for note in saying(records, "gir blod flere ganger"):
        assert not codes(note.record, note.day), note.body["id"]


def test_who_is_certified_to_be_well_has_nothing_on_the_list(records: Records) -> None:
    told = 0
    for note in saying(records, "Frisk, normal undersøkelse"):
        told += 1
        assert not codes(note.record, note.day), note.body["id"]
    assert told


def test_nobody_is_certified_for_a_journey_that_is_advised_against(records: Records) -> None:
    told = 0
    for note in saying(records, r"Attest: .*(?:reise|ut(?:en)?land)"):
        told += 1
        assert not NOBODY_TRAVELS[0] <= note.day < NOBODY_TRAVELS[1], note.body["id"]
    assert told


def test_who_is_told_to_walk_is_not_certified_to_walk_badly(records: Records) -> None:
    for note in saying(records, "går under 200 meter"):
        assert not {"L89", "L90"} & set(codes(note.record, note.day)), note.body["id"]


def test_who_depends_on_something_is_not_certified_for_lorries(records: Records) -> None:
    for note in saying(records, "førerkort klasse C"):
        assert not {"P15", "P19"} & set(codes(note.record, note.day)), note.body["id"]


def test_who_is_signed_off_does_not_speak_of_the_week_at_work(records: Records) -> None:
    told = 0
    for note in saying(records, "Støttesamtale. Er sykmeldt fra før"):
        told += 1
        assert not re.search("jobb|stillinger", note.text), note.body["id"]
    assert told


def test_nobody_is_strained_by_everyday_life_in_the_weeks_after_a_stay(records: Records) -> None:
    told = 0
    for note in saying(records, "Støttesamtale"):
        told += 1
        after = [(note.day - end).days for end in ends_of_stays(note.record)]
        assert not any(0 < days <= WEEKS for days in after), note.body["id"]
    assert told


def test_who_walks_badly_or_has_a_sprain_takes_no_walk_every_day(records: Records) -> None:
    told = 0
    for note in saying(records, "går på tur hver dag|Går tur tre ganger"):
        told += 1
        assert not set(WALKS_BADLY) & set(codes(note.record, note.day)), note.body["id"]
        assert "går på tur" not in note.text or "L77" not in codes(note.record, note.day), note.body["id"]
    assert told


def test_who_mends_a_bone_trains_without_water_and_walks(life: Callable[..., Life]) -> None:
    one, day = life(), date(2024, 3, 4)
    one.body.mends.append((day - timedelta(days=10), day + timedelta(days=30), "gips"))
    said = pain._trains(one, day)
    assert said
    assert not any(word in text.lower() for text in said for word in ("varmtvann", "tur "))


def test_who_may_drive_again_after_a_stroke_is_not_told_otherwise(life: Callable[..., Life]) -> None:
    one, struck = life(date(1938, 2, 2)), date(2022, 8, 1)
    one.problem(STROKE, struck)
    assert papers._is_kept_from_driving(one, struck + timedelta(days=60))
    assert not papers._is_kept_from_driving(one, struck + timedelta(days=300))
    one.decline.disabled_since = struck
    assert papers._is_kept_from_driving(one, struck + timedelta(days=300))
    assert not papers._is_kept_from_driving(one, struck + timedelta(days=800))


def test_a_back_of_one_who_is_lame_is_not_found_without_a_weakness(records: Records) -> None:
    told = 0
    for note in saying(records, "Ingen nevrologiske utfall|Normal kraft"):
        told += 1
        assert not set(LAME) & set(codes(note.record, note.day)), note.body["id"]
    assert told


def test_two_parents_are_told_of_where_there_are_two(records: Records) -> None:
    told = 0
    for note in saying(records, "Foreldrene trøtte|Foreldra trøytte"):
        kin = [one["relationship"][0]["coding"][0]["code"] for one in note.record.of("RelatedPerson")]
        told += 1
        assert sum(one in {"MO", "FA", "MM", "MF"} for one in kin) > 1, note.body["id"]
    assert told


def test_who_asks_for_a_paper_on_an_illness_has_seen_the_gp_about_it(records: Records) -> None:
    told = 0
    for record in records.values():
        for one in record.of("Communication"):
            if "at jeg har vært syk" in one["payload"][0]["contentString"]:
                told += 1
                day = on(one["sent"])
                seen = [
                    met
                    for met in record.of("Encounter")
                    if 0 < (day - on(met["period"]["start"])).days <= 10
                    and "legekontor" in met["serviceProvider"]["reference"]
                    and not any("raviditet" in why or "Attest" in why for why in reasons(met))
                ]
                assert any(reasons(met) for met in seen), one["id"]
    assert told


def test_what_one_is_admitted_for_has_not_lasted_since_somebody_found_one_well(records: Records) -> None:
    """Two days before a stay are free of contacts."""
    told = 0
    for note in saying(records, "Tiltakende smerter nede til|ned i venstre bein i|tiltagende tungpust i"):
        told += 1
        assert re.search("(?:magen|bein|tungpust) i to dager", note.text), note.body["id"]
    assert told


def test_who_has_help_at_home_in_old_age_is_not_signed_off_work(records: Records) -> None:
    for note in saying(records, r"Støttesamtale. Sykmeldt"):
        for one in note.record.of("EpisodeOfCare"):
            span = one["period"]
            if "Praktisk bistand" in str(one["type"]) and on(note.record.born).year < note.day.year - 65:
                assert not span["start"] <= note.day.isoformat() <= span.get("end", "9999"), note.body["id"]


@pytest.mark.parametrize("problem", backs.TOLD)
def test_there_is_something_to_tell_of_every_ache(problem: Problem, life: Callable[..., Life]) -> None:
    one = life(date(1930, 3, 3))
    assert backs._told(one, problem, date(2024, 3, 4))
