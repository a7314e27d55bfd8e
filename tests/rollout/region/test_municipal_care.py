"""Municipal care: decisions, scores, visits, stays, and how many receive what."""

import itertools
import re
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.access.guard.care import care
from fellesjournal.norway.codes.iplos import SCORE, VARIABLE
from fellesjournal.norway.codes.services import MUNICIPAL_SERVICE
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses.bones import NECK
from fellesjournal.rollout.region.courses.municipal import (
    last_days,
    nursing_home,
    receiving,
    short_stays,
    therapy,
    wounds,
    young,
)
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, PRACTICAL_HELP, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, steps
from fellesjournal.rollout.region.courses.municipal.scores import scores
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import ERA, TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
NURSED = Grant(HOME_NURSING, "ett besøk hver dag, inntil to timer per uke")
CLEANED = Grant(PRACTICAL_HELP, "rengjøring hver tredje uke, en og en halv time")


def _told(life: Life, course: Callable[[Life], None]) -> list[Json]:
    life.turn_to(f"{course.__module__}.{course.__name__}")
    course(life)
    return bodies(life)


def _of(found: list[Json], kind: str) -> list[Json]:
    return [one for one in found if one["resourceType"] == kind]


def _letter(found: list[Json]) -> str:
    """The words of the only letter."""
    (letter,) = _of(found, "DocumentReference")
    content = b64decode(letter["content"][0]["attachment"]["data"]).decode("cp1252")
    return " ".join(re.findall(r"\((.*?)\)'", content)).replace("\\", "")


def _age(record: Record) -> int:
    return TODAY.year - int(record.born[:4])


def _received(record: Record, since: str) -> bool:
    return any(one["period"].get("end", "9999") >= since for one in record.of("EpisodeOfCare"))


def test_about_one_in_seventeen_has_services_in_a_year_most_of_them_old(records: Records) -> None:
    year = [one for one in records.values() if _received(one, "2025-11-26")]
    assert 0.04 < len(year) / len(records) < 0.085
    assert 0.5 < sum(_age(one) >= 67 for one in year) / len(year) < 0.85
    very_old = [one for one in records.values() if _age(one) >= 80 and not one.died]
    assert 0.35 < sum(_received(one, "2026-11-26") for one in very_old) / len(very_old) < 0.8


def test_every_service_is_of_the_list_or_an_alarm(records: Records) -> None:
    known = {one.code: one.display for one in MUNICIPAL_SERVICE.codes if one.active}
    for record in records.values():
        for one in record.of("EpisodeOfCare"):
            for coding in one["type"][0].get("coding", ()):
                assert coding["system"] == MUNICIPAL_SERVICE.system
                assert coding["code"] in known
            assert "coding" in one["type"][0] or one["type"][0]["text"] == "Trygghetsalarm"


def test_a_service_that_goes_on_opens_the_record_for_who_gives_it(records: Records) -> None:
    going_on = [
        one for record in records.values() for one in record.of("EpisodeOfCare") if "end" not in one["period"]
    ]
    assert len(going_on) > 50
    for one in going_on:
        assert one["status"] == "active"
        assert len(care(one)) == 2


def test_a_decision_says_what_how_much_when_why_and_how_to_complain(life: Lives) -> None:
    one = life(date(1940, 1, 1))
    decide(one, [NURSED, CLEANED], date(2024, 5, 6), None, Level.SOME, "Bor alene, ustø.")
    found = bodies(one)
    letter = _letter(found)
    for said in (
        "Helsetjenester i hjemmet: ett besøk hver dag, inntil to timer per uke.",
        "Fra 06.05.2024 inntil videre.",
        "Bor alene, ustø.",
        "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav a",
        "innen fire uker",
        "Statsforvalteren",
    ):
        assert said.replace(" ", "") in letter.replace(" ", "")
    applied = {one["authoredOn"] for one in _of(found, "ServiceRequest")}
    seen = {one["period"]["start"] for one in _of(found, "Encounter")}
    decided = {one["date"] for one in _of(found, "DocumentReference")}
    assert max(applied) < min(seen) < min(decided) < "2024-05-06"
    assert {one["period"]["start"] for one in _of(found, "EpisodeOfCare")} == {"2024-05-06"}


def test_a_service_leads_to_what_was_decided_and_to_the_letter(life: Lives) -> None:
    one = life(date(1940, 1, 1))
    decide(one, [NURSED], date(2024, 5, 6), date(2024, 7, 1), Level.SOME, "Sår.", limited=True)
    found = bodies(one)
    [service], [applied] = _of(found, "EpisodeOfCare"), _of(found, "ServiceRequest")
    [letter] = _of(found, "DocumentReference")
    assert applied["orderDetail"] == [{"text": "Ett besøk hver dag, inntil to timer per uke"}]
    assert applied["occurrencePeriod"] == {"start": "2024-05-06", "end": "2024-07-01"}
    assert service["referralRequest"] == letter["context"]["related"]


def test_a_letter_names_a_last_day_only_when_the_decision_is_limited(life: Lives) -> None:
    until = date(2024, 7, 1)
    for limited, said in ((True, "til 01.07.2024"), (False, "inntil videre")):
        one = life(date(1940, 1, 1))
        decide(one, [NURSED], date(2024, 5, 6), until, Level.SOME, "Sår.", limited=limited)
        assert said.replace(" ", "") in _letter(bodies(one)).replace(" ", "")


def test_practical_help_alone_is_kept_apart_from_the_record_and_with_health_care_is_not(life: Lives) -> None:
    for grants, level, labelled in (
        ([CLEANED], Level.PRACTICAL, True),
        ([CLEANED, NURSED], Level.SOME, False),
    ):
        one = life(date(1940, 1, 1))
        decide(one, grants, date(2024, 5, 6), None, level, "Ustø.")
        for body in bodies(one):
            assert ("meta" in body) is labelled
            if labelled:
                assert body["meta"]["security"][0] == {
                    "system": "https://fellesjournal.no/fhir/CodeSystem/del-av-journalen",
                    "code": "praktisk-bistand",
                }


def test_what_was_decided_before_the_recorded_years_is_there_as_care_and_what_was_over_is_not(
    life: Lives,
) -> None:
    one = life(date(1940, 1, 1))
    decide(one, [NURSED], date(2010, 1, 1), date(2013, 1, 1), Level.SOME, "Ustø.")
    assert bodies(one) == []
    decide(one, [NURSED], date(2013, 1, 1), None, Level.SOME, "Ustø.")
    (care_given,) = bodies(one)
    assert care_given["period"] == {"start": "2013-01-01"}


def test_scores_are_of_the_scale_and_rise_with_the_need(life: Lives) -> None:
    one = life(date(1938, 1, 1), Sex.FEMALE)
    before: dict[int, int] = {}
    for level in Level:
        found = dict(scores(one, date(2024, 1, 1), level))
        assert set(found) == set(range(1, 18))
        assert all(SCORE.find(str(score)) and VARIABLE.find(str(number)) for number, score in found.items())
        for number, score in before.items():
            assert found[number] >= score
        before = found
    assert [before[number] for number in (2, 6, 9)] == [9, 9, 9]


def test_who_forgets_needs_more_help_to_remember_than_who_does_not(life: Lives) -> None:
    day = date(2024, 1, 1)
    one = life(date(1938, 1, 1))
    clear = dict(scores(one, day, Level.SOME))
    one.decline = Decline(Dementia(date(2016, 1, 1), 22, 2))
    forgetful = dict(scores(one, day, Level.SOME))
    assert clear[15] <= 2
    assert forgetful[15] >= 4
    assert clear[5] == forgetful[5]


def test_who_is_ill_in_mind_alone_moves_washes_and_eats_without_help(life: Lives) -> None:
    found = dict(scores(life(date(1990, 1, 1)), date(2024, 1, 1), Level.SOME, of_mind=True))
    assert all(found[number] <= 2 for number in (5, 7, 8, 10, 11, 12))
    assert found[1] >= 2


def test_a_wound_says_nothing_of_how_one_manages(life: Lives) -> None:
    one = life(date(1970, 1, 1))
    decide(one, [NURSED], date(2024, 5, 6), date(2024, 6, 1), None, "Leggsår.", quickly=True, limited=True)
    found = bodies(one)
    assert not _of(found, "Observation")
    assert "Trenger hjelp" not in str(found)


def test_scores_fall_only_after_training(records: Records) -> None:
    for record in records.values():
        found: dict[str, list[int]] = defaultdict(list)
        for one in sorted(record.of("Observation"), key=lambda one: str(one["effectiveDateTime"])):
            coding = one["code"]["coding"][0]
            if coding["system"] == VARIABLE.system:
                score = int(one["valueCodeableConcept"]["coding"][0]["code"])
                if score < 9:
                    found[coding["code"]].append(score)
        care_given = record.of("EpisodeOfCare")
        trained = sum(one["type"][0].get("coding", [{}])[0].get("code") == "19" for one in care_given)
        if "Hjemmebesøk psykisk helse" in str(record.of("Composition")):
            continue  # who was ill in mind may be well again, and frail later
        for number, values in found.items():
            falls = sum(after < before for before, after in itertools.pairwise(values))
            assert falls <= trained, (record.patient["id"], number, values)


def test_the_need_for_help_grows_and_ends_when_one_moves_in(life: Lives) -> None:
    seen = 0
    for seed in range(200):
        one = life(date(1936, 1, 1), seed=str(seed))
        one.decline = Decline(Dementia(date(2017, 1, 1), 23, 2.5), date(2024, 1, 1))
        one.turn_to("receiving")
        found = steps(one)
        seen += len(found)
        levels = [step.level for step in found]
        assert levels == sorted(levels)
        for step, later in itertools.pairwise(found):
            assert step.until == later.since
        assert found[-1].until == date(2024, 1, 1)
    assert seen > 300


def test_visits_are_dense_of_late_and_a_sample_before(life: Lives) -> None:
    one = life(date(1938, 1, 1), seed="7")
    one.decline = Decline(Dementia(date(2018, 1, 1), 20, 2.0))
    found = _told(one, receiving.receives)
    home = [
        body["period"]["start"][:10]
        for body in _of(found, "Encounter")
        if body["class"]["code"] == "HH" and "hjemmetjeneste" in body["serviceProvider"]["reference"]
    ]
    lately = [day for day in home if day > (ERA.until - timedelta(days=25)).isoformat()]
    earlier = Counter(day[:7] for day in home if day not in lately)
    assert len(lately) >= 8
    assert max(earlier.values(), default=0) <= 8


def test_who_has_nurses_at_home_today_has_a_contact_a_plan_and_goals(records: Records) -> None:
    planned = [one for one in records.values() if one.of("CarePlan")]
    assert planned
    for record in planned:
        (plan,) = record.of("CarePlan")
        (team,) = record.of("CareTeam")
        assert not record.died
        assert plan["careTeam"] == [{"reference": f"CareTeam/{team['id']}"}]
        assert len(plan["goal"]) == len(plan["activity"]) == len(record.of("Goal")) >= 2
        roles = {one["role"][0]["coding"][0]["code"] for one in team["participant"]}
        assert roles == {"9", "6"}


def test_a_resident_is_weighed_every_month_and_sees_the_homes_doctor(life: Lives) -> None:
    one = life(date(1936, 1, 1))
    one.decline = Decline(Dementia(date(2016, 1, 1), 20, 2), date(2022, 1, 10))
    found = _told(one, nursing_home.lives_in)
    (stay,) = [body for body in _of(found, "Encounter") if body["class"]["code"] == "IMP"]
    assert stay["status"] == "in-progress"
    assert "end" not in stay["period"]
    weights = [body for body in _of(found, "Observation") if body["code"]["text"] == "Vekt"]
    assert 48 < len(weights) < 68
    assert "Langtidsopphold" in _of(found, "EpisodeOfCare")[0]["type"][0]["text"]
    assert not one.gp(date(2023, 5, 5)).recorded
    assert one.gp(date(2021, 5, 5)).recorded


def test_who_moved_in_before_the_recorded_years_has_an_open_stay_from_then(life: Lives) -> None:
    one = life(date(1930, 1, 1))
    one.decline = Decline(moves_in=date(2015, 6, 1))
    found = _told(one, nursing_home.lives_in)
    stay = next(body for body in _of(found, "Encounter") if body["class"]["code"] == "IMP")
    assert stay["period"]["start"].startswith("2015-06-01")
    assert not _of(found, "DocumentReference")


def test_who_dies_in_the_home_has_it_written_and_nothing_after(life: Lives) -> None:
    one = life(date(1936, 1, 1), died=date(2024, 5, 5))
    one.ending = Ending(Cause.FRAILTY, Place.NURSING_HOME, date(2024, 4, 20))
    one.decline = Decline(moves_in=date(2022, 1, 10))
    found = _told(one, nursing_home.lives_in)
    notes = sorted(body["date"] for body in _of(found, "Composition"))
    assert notes[-1] == max(body["period"]["end"] for body in _of(found, "Encounter"))
    assert notes[-1].startswith("2024-05-05")
    assert "Dødsfall" in str(found)


def test_palliative_care_at_home_lasts_until_death_and_follows_no_sudden_one(life: Lives) -> None:
    one = life(date(1950, 1, 1), died=date(2024, 5, 5))
    one.ending = Ending(Cause.CANCER, Place.HOME, date(2024, 4, 10))
    found = _told(one, last_days.at_home)
    visits = [body["period"]["start"][:10] for body in _of(found, "Encounter")]
    assert len(visits) > 25
    assert all("2024-04" <= day <= "2024-05-05" for day in visits)
    sudden = life(date(1950, 1, 1), died=date(2024, 5, 5))
    sudden.ending = Ending(Cause.SUDDEN, Place.HOME, date(2024, 5, 5))
    assert _told(sudden, last_days.at_home) == []


def _stayed(life: Lives, seed: str, day: date = date(2023, 3, 6)) -> Life:
    one = life(date(1940, 1, 1), seed=seed)
    one.turn_to("bones")
    short_stays.are_foreseen(one)
    one.stay(Service.ORTHOPAEDIC_WARD, "lege", day, 7, NECK)
    return one


def test_most_of_the_old_with_a_broken_hip_train_at_the_short_stay(life: Lives) -> None:
    sent = 0
    for seed in range(60):
        found = _told(_stayed(life, str(seed)), short_stays.after_hospital)
        stays = [body for body in _of(found, "Encounter") if "helsehus" in str(body["serviceProvider"])]
        sent += bool(stays)
        for stay in stays:
            assert stay["period"]["start"].startswith("2023-03-13")
            (episode,) = _of(found, "EpisodeOfCare")
            assert episode["type"][0]["coding"][0]["code"] == "19"
    assert 20 < sent < 45


def test_the_hospital_and_the_municipality_tell_each_other_of_a_stay(life: Lives) -> None:
    for seed in range(40):
        one = _stayed(life, str(seed), date(2026, 3, 2))
        one.decline = Decline(Dementia(date(2019, 1, 1), 20, 1.5))
        kinds = [
            body["category"][0]["coding"][0]["code"]
            for body in _of(_told(one, receiving.receives), "Communication")
        ]
        if "L1" in kinds:
            assert {"L1", "I1", "L2", "L5", "U1"} <= set(kinds)
            return
    pytest.fail("no stay was told of")


def test_nobody_comes_home_to_one_who_is_in_hospital(records: Records) -> None:
    for record in records.values():
        wards = [
            (one["period"]["start"], one["period"].get("end", "9999"))
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP" and "sengepost" in one["serviceProvider"]["reference"]
        ]
        for one in record.of("Encounter"):
            if one["class"]["code"] == "HH":
                start = one["period"]["start"]
                assert not any(since < start < until for since, until in wards), one["id"]


def test_a_leg_ulcer_shrinks_until_it_is_closed(life: Lives) -> None:
    for seed in range(400):
        one = life(date(1938, 1, 1), seed=str(seed))
        found = _told(one, wounds.heals)
        sizes = [float(size.replace(",", ".")) for size in re.findall(r"Såret er ([\d,]+) x", str(found))]
        if sizes:
            assert sizes == sorted(sizes, reverse=True)
            assert _of(found, "Condition")[0]["code"]["text"] == "Venøst leggsår"
            return
    pytest.fail("nobody had an ulcer")


def test_who_is_disabled_from_childhood_has_relief_as_a_child_and_support_as_an_adult(life: Lives) -> None:
    child: Counter[str] = Counter()
    adult: Counter[str] = Counter()
    for seed in range(1500):
        for born, found in ((date(2012, 1, 1), child), (date(1995, 1, 1), adult)):
            told = _told(life(born, seed=str(seed)), young.grows_up_with)
            found.update(one["type"][0]["text"] for one in _of(told, "EpisodeOfCare"))
    assert set(child) == {"Avlastning i institusjon", "Omsorgsstønad"}
    assert adult["Støttekontakt"] > adult["Praktisk bistand - brukerstyrt personlig assistanse"] > 0
    assert 0.005 < child["Omsorgsstønad"] / 1500 < 0.03


def test_who_writes_sees_what_is_labelled(records: Records) -> None:
    """Labels of parts are written by those whose policy has the part (access/roles)."""
    writers = {
        "praktisk-bistand": ("saksbehandler", "hjemmehjelp"),
        "SEX": ("lege", "sykepleier", "jordmor"),
        "PSY": ("psykolog", "psykiatrisk-lege", "psykiatrisk-sykepleier"),
    }
    checked = 0
    for record in records.values():
        for one in record.of("Composition"):
            label = one.get("meta", {}).get("security", [{}])[0].get("code")
            if label in writers and not _is_named(one):
                author = one["author"][0]["reference"]
                assert any(f"-{policy}-" in author for policy in writers[label]), (label, author)
                checked += 1
    assert checked > 20


def _is_named(note: Json) -> bool:
    """Whether one of the named staff wrote it: their ids say nothing of their roles."""
    return not re.search(r"-\d+$", note["author"][0]["reference"])


def test_training_is_over_after_some_visits_and_summed_up(life: Lives) -> None:
    for seed in range(100):
        found = _told(life(date(1970, 1, 1), seed=str(seed)), therapy.trains)
        if "A05-2" in str(found):
            assert all("fysioterapi" in str(one["serviceProvider"]) for one in _of(found, "Encounter"))
            return
    pytest.fail("nobody was treated")


def test_the_same_life_is_told_the_same_way_twice(life: Lives) -> None:
    def whole() -> list[Json]:
        one = life(date(1935, 1, 1), seed="igjen")
        one.decline = Decline(Dementia(date(2015, 1, 1), 22, 2))
        return _told(one, receiving.receives)

    assert whole() == whole()
