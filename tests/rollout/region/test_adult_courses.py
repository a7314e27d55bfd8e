"""What single courses tell when they strike, and what they do not."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import (
    abdomen,
    allergies,
    bones,
    cancers,
    chest,
    copd,
    coronary,
    diabetes,
    fate,
    fibrillation,
    heart_failure,
    hypertension,
    kidney,
    last_illness,
    mood,
    stroke,
)
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.formulary import ASPIRIN, ATORVASTATIN_HIGH, LOSARTAN, METFORMIN, NAPROXEN
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge
from rollout.region.conftest import ERA, Json, bodies

Lives = Callable[..., Life]
Course = Callable[[Life], None]
STORY = Story("Falt på trappa.", "Øm hofte.", "Brudd.", "Opereres.")
FAREWELL = Farewell("Gikk bra.", "Kontroll hos fastlege.")
HIP = Problem("Lårhalsbrudd", "L75", "S720")


def _struck(life: Lives, course: Course, wanted: str, **who: object) -> list[Json]:
    """The record of the first of many lives in which the course writes what is wanted, in the era."""
    for seed in range(600):
        one = life(seed=f"{seed}", **who)
        one.turn_to(course.__module__)
        course(one)
        found = bodies(one)
        if any(body["resourceType"] == wanted for body in found):
            return found
    pytest.fail(f"{course.__module__} never wrote a {wanted}")


def _texts(found: list[Json]) -> str:
    return " ".join(
        re.sub("<[^>]+>", " ", section["text"]["div"])
        for body in found
        if body["resourceType"] == "Composition"
        for section in body["section"]
    )


def _atcs(found: list[Json]) -> set[str]:
    return {
        medicine(body)["coding"][0]["code"] for body in found if body["resourceType"] == "MedicationStatement"
    }


def _values(found: list[Json], name: str) -> list[float]:
    return [
        body["valueQuantity"]["value"]
        for body in found
        if body["resourceType"] == "Observation" and body["code"]["text"] == name
    ]


def test_a_heart_attack_has_rising_troponin_a_stent_and_the_medicines(life: Lives) -> None:
    found = _struck(life, coronary.lives_with, "Procedure", born=date(1950, 1, 1))
    troponin = [value for value in _values(found, "Troponin T") if value > 14]
    assert len(troponin) == 3
    assert troponin[1] == max(troponin)
    assert {"B01AC06", "B01AC24", "C10AA05", "C07AB02"} <= _atcs(found)
    stopped = [
        body["statusReason"][0]["text"]
        for body in found
        if body["resourceType"] == "MedicationStatement" and "statusReason" in body
    ]
    assert all("platehemming" in one for one in stopped)


def test_fibrillation_in_the_old_gives_a_blood_thinner_in_place_of_aspirin(life: Lives) -> None:
    for seed in range(400):
        one = life(date(1940, 1, 1), seed=f"{seed}")
        one.uses(ASPIRIN, date(2005, 1, 1))
        one.turn_to("x")
        fibrillation.lives_with(one)
        found = one.first(fibrillation.FIBRILLATION)
        if found and found > date(2014, 1, 1):
            later = found + timedelta(days=1)
            assert one.taking("B01AF", later) is not None
            assert one.taking("B01AC", later) is None
            assert not one.tolerates(NAPROXEN)
            return
    pytest.fail("nobody got it")


def test_heart_failure_is_followed_by_weight_and_tests(life: Lives) -> None:
    found = _struck(life, heart_failure.lives_with, "DocumentReference", born=date(1938, 1, 1))
    assert len(_values(found, "Vekt")) > 3
    assert max(_values(found, "NT-proBNP")) > 300
    assert "C03CA01" in _atcs(found)


def test_a_stroke_has_its_pictures_and_a_driving_ban(life: Lives) -> None:
    found = _struck(life, stroke.happens, "ImagingStudy", born=date(1940, 1, 1))
    assert any("CT caput" in body.get("description", "") for body in found)
    assert "bilkjøring" in _texts(found) or "kjøreforbud" in _texts(found)


def test_copd_lowers_saturation_and_stays_have_vital_signs(life: Lives) -> None:
    found = _struck(life, copd.lives_with, "ImagingStudy", born=date(1945, 1, 1))
    assert min(_values(found, "Oksygenmetning")) < 92
    assert len(_values(found, "Respirasjonsfrekvens")) > 5
    assert "NEWS2" in _texts(found)


def test_a_hip_fracture_is_operated_and_the_bones_are_treated(life: Lives) -> None:
    for seed in range(400):
        one = life(date(1938, 6, 1), Sex.FEMALE, seed=f"{seed}")
        one.turn_to("x")
        bones.break_(one)
        found = bodies(one)
        if any(body["resourceType"] == "Procedure" for body in found):
            assert "Osteoporose" in {
                body["code"]["text"] for body in found if body["resourceType"] == "Condition"
            }
            assert "A12AX" in _atcs(found)
            assert "går med rollator" in _texts(found)
            return
    pytest.fail("nobody broke a hip")


def test_cancer_goes_from_suspicion_by_pictures_to_a_letter(life: Lives) -> None:
    found = _struck(life, cancers.lives_with, "DocumentReference", born=date(1950, 1, 1), sex=Sex.FEMALE)
    order = [body["resourceType"] for body in found]
    assert order.index("ServiceRequest") < order.index("ImagingStudy")
    assert "Poliklinisk epikrise" in {body.get("description") for body in found}
    assert not {"Prostatakreft"} & {
        body["code"]["text"] for body in found if body["resourceType"] == "Condition"
    }


def test_who_dies_of_cancer_is_told_of_it_and_gets_morphine(life: Lives) -> None:
    one = life(date(1950, 1, 1), died=date(2024, 4, 4))
    one.ending = Ending(Cause.CANCER, Place.HOME, date(2024, 3, 10))
    one.turn_to("x")
    cancers.lives_with(one)
    last_illness.comes(one)
    found = bodies(one)
    assert "N02AA01" in _atcs(found)
    assert any(
        one in _texts(found) for one in ("kan ikke lenger kureres", "Sykdommen har vokst", "vokser igjen")
    )
    assert re.search(r"Dødsårsak: \w+kreft\.", _texts(found))


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("place", list(Place))
def test_every_cause_has_an_end_in_every_place(life: Lives, cause: Cause, place: Place) -> None:
    if place is Place.WARD and cause in {Cause.DEMENTIA, Cause.FRAILTY}:
        pytest.skip("nobody is sent to hospital to die of this")
    one = life(date(1940, 1, 1), died=date(2024, 4, 4))
    one.ending = Ending(cause, place, date(2024, 3, 25))
    one.turn_to("x")
    last_illness.comes(one)
    found = bodies(one)
    assert _texts(found).count("Dødsårsak") == 1
    assert any(body["resourceType"] == "Condition" for body in found)


def test_fate_keeps_the_last_days_at_a_ward_free_of_other_contacts(life: Lives) -> None:
    for seed in range(100):
        one = life(date(1935, 1, 1), died=date(2024, 4, 4), seed=f"{seed}")
        one.turn_to("x")
        fate.decides(one)
        assert one.ending is not None
        if one.ending.place is Place.WARD:
            visit = one.gp(one.ending.since + timedelta(days=1))
            assert not visit.recorded
            return
    pytest.fail("nobody died at a ward")


def test_fate_decides_nothing_for_the_living(life: Lives) -> None:
    one = life()
    fate.decides(one)
    assert one.ending is None


def test_depression_at_the_psychiatric_clinic_is_labelled_and_at_the_gp_is_not(life: Lives) -> None:
    for seed in range(900):
        one = life(date(1990, 1, 1), Sex.FEMALE, seed=f"{seed}")
        one.turn_to("x")
        mood.comes_and_goes(one)
        found = bodies(one)
        labelled = [body for body in found if "meta" in body]
        if labelled:
            kinds = {body["resourceType"] for body in labelled}
            assert kinds == {"Encounter", "Composition"}
            assert any("meta" not in body and body["resourceType"] == "Encounter" for body in found)
            return
    pytest.fail("nobody was referred")


def test_allergy_to_penicillin_changes_the_cure(life: Lives) -> None:
    for seed in range(400):
        one = life(date(1930, 1, 1), seed=f"{seed}")
        one.allergies["J01C"] = one.era.since
        one.turn_to("x")
        chest.catches(one)
        found = _atcs(bodies(one))
        if found & {"J01AA02"}:
            assert not any(atc.startswith("J01C") for atc in found)
            return
    pytest.fail("nobody had pneumonia at home")


def test_a_grave_reaction_is_a_high_risk(life: Lives) -> None:
    grave = 0
    for seed in range(300):
        one = life(seed=f"{seed}")
        one.turn_to("x")
        allergies.reacts(one)
        for body in bodies(one):
            if body["resourceType"] == "AllergyIntolerance":
                severe = body["reaction"][0]["severity"] == "severe"
                grave += severe
                assert (body["criticality"] == "high") == severe
    assert grave > 0


def test_metformin_is_stopped_when_the_kidneys_fail(life: Lives) -> None:
    for seed in range(2000):
        one = life(date(1938, 1, 1), seed=f"{seed}")
        for course in (kidney.lives_with, hypertension.lives_with, diabetes.lives_with):
            one.turn_to(course.__module__)
            course(one)
        stopped = [
            body
            for body in bodies(one)
            if body["resourceType"] == "MedicationStatement"
            and body.get("statusReason", [{}])[0].get("text") == "Nedsatt nyrefunksjon"
            and medicine(body)["coding"][0]["code"] == "A10BA02"
        ]
        if stopped:
            return
    pytest.fail("nobody's kidneys failed")


def test_appendicitis_happens_once(life: Lives) -> None:
    found = _struck(life, abdomen.hurts, "Procedure", born=date(2000, 1, 1))
    names = [body["code"]["text"] for body in found if body["resourceType"] == "Condition"]
    assert names.count("Akutt blindtarmbetennelse") <= 1


def test_a_stay_tells_what_was_known_and_used_also_when_told_later(life: Lives) -> None:
    one = life()
    stay = admit(one, Service.ORTHOPAEDIC_WARD, date(2020, 2, 3), 4, HIP, STORY, Ill(pulse=9))
    discharge(one, stay, HIP, FAREWELL)
    one.problem(hypertension.HYPERTENSION, date(2012, 1, 1))
    one.uses(LOSARTAN, date(2012, 1, 1))
    text = _texts(bodies(one))
    assert "Kjent med høyt blodtrykk." in text
    assert text.count("Losartan 50 mg tablett: 1 tablett hver morgen") == 2


def test_what_is_labelled_is_not_told_in_other_notes(life: Lives) -> None:
    one = life()
    with one.chart.labelled("ETHUD"):
        one.problem(Problem("Alkoholavhengighet", "P15", "F102"), date(2012, 1, 1))
    stay = admit(one, Service.ORTHOPAEDIC_WARD, date(2020, 2, 3), 4, HIP, STORY)
    assert stay.recorded
    assert "alkohol" not in _texts(bodies(one)).lower()


def test_a_planned_stay_begins_on_the_morning_of_a_working_day(life: Lives) -> None:
    one = life()
    stay = admit(one, Service.SURGICAL_WARD, date(2020, 2, 1), 2, HIP, STORY, planned=True)
    assert (stay.day.isoweekday(), stay.start.hour) == (1, 7)


def test_a_stay_that_goes_on_today_has_no_end_and_no_summary(life: Lives) -> None:
    one = life()
    stay = admit(one, Service.MEDICAL_WARD, ERA.until - timedelta(days=2), 9, HIP, STORY, Ill(pulse=9))
    discharge(one, stay, HIP, FAREWELL)
    found = bodies(one)
    [encounter] = [body for body in found if body["resourceType"] == "Encounter"]
    assert encounter["status"] == "in-progress"
    assert "end" not in encounter["period"]
    assert not any(body.get("title") == "Epikrise" for body in found)


def test_a_stay_that_would_reach_the_last_illness_is_not_written(life: Lives) -> None:
    one = life(date(1940, 1, 1), died=date(2024, 4, 4))
    one.ending = Ending(Cause.HEART, Place.WARD, date(2024, 3, 30))
    stay = admit(one, Service.MEDICAL_WARD, date(2024, 3, 28), 4, HIP, STORY, Ill(pulse=9))
    assert not stay.recorded
    assert bodies(one) == []


def test_a_medicine_told_later_that_begins_before_takes_the_others_place(life: Lives) -> None:
    one = life()
    one.uses(diabetes.ATORVASTATIN, date(2021, 1, 1))
    one.uses(ATORVASTATIN_HIGH, date(2015, 1, 1))
    [line] = [body for body in bodies(one) if body["resourceType"] == "MedicationStatement"]
    assert medicine(line)["text"] == "Atorvastatin 80 mg tablett"
    assert line["effectivePeriod"] == {"start": "2015-01-01"}


def test_a_medicine_that_is_used_already_is_not_begun_again(life: Lives) -> None:
    one = life()
    one.uses(METFORMIN, date(2015, 1, 1))
    one.uses(diabetes.METFORMIN_MORE, date(2020, 1, 2))
    one.uses(METFORMIN, date(2017, 1, 1))
    lines = [body for body in bodies(one) if body["resourceType"] == "MedicationStatement"]
    assert [line["effectivePeriod"] for line in lines] == [
        {"start": "2015-01-01", "end": "2020-01-02"},
        {"start": "2020-01-02"},
    ]


def test_a_strength_that_is_begun_before_another_was_to_end_takes_its_place(life: Lives) -> None:
    one = life()
    one.uses(METFORMIN, date(2015, 1, 1))
    one.stop(METFORMIN, date(2022, 1, 1), "Bivirkninger")
    one.uses(diabetes.METFORMIN_MORE, date(2018, 1, 2))
    lines = [body for body in bodies(one) if body["resourceType"] == "MedicationStatement"]
    assert [line["effectivePeriod"] for line in lines] == [
        {"start": "2015-01-01", "end": "2018-01-02"},
        {"start": "2018-01-02"},
    ]
    assert lines[0]["statusReason"] == [{"text": "Dosen er endret"}]


def test_a_medicine_is_not_needed_when_one_like_it_is_used_or_will_be(life: Lives) -> None:
    one = life()
    assert one.needs("C09", date(2018, 1, 1))
    one.uses(LOSARTAN, date(2020, 1, 1))
    assert not one.needs("C09", date(2018, 1, 1))
    one.stop(LOSARTAN, date(2021, 1, 1), "Hoste")
    assert one.needs("C09", date(2021, 1, 1))
