"""What the thirty-sixth round of reading found, ten records by lot; as rules."""

import re
from collections.abc import Iterator
from datetime import timedelta

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses.allergies import SEASONS
from fellesjournal.rollout.region.courses.cancer_kinds import BREAST, LUNG
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.services import MORNING
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, on

GIVEN = {
    "Kvalm, får medisin": ("Haloperidol",),
    "lindret med behovsmedisin": ("Midazolam",),
    "Surklete pust, fått medisin": ("Glykopyrron",),
    "Surklete pust, medisin gitt": ("Glykopyrron",),
    "roligere etter medisin": ("Midazolam",),
    "dose gitt": ("Morfin", "Paracetamol", "Oksykodon", "Tramadol"),
    "Vanndrivende økt": ("Furosemid",),
    "trykkstøttende legemiddel økt": ("Noradrenalin",),
    "Antibiotika og væske fortsetter": ("Piperacillin", "Cefotaksim"),
    "samme antibiotika": ("Piperacillin", "Cefotaksim"),
    "klyster": (),
}
"""What a note says is given, and which medicine that is."""
GROWN = 18
NURSE = "Ber om kontakt med kreftsykepleier"
LOST = "Spontanabort"
CARRIED, EARLIEST = ("Graviditet", LOST, "Provosert abort"), timedelta(days=50)
"""Pregnancies as the list has them, and how long at least before that they began."""


def used(record: Record, day: str) -> Iterator[str]:
    """What the list has on a day, with its dose."""
    for one in record.of("MedicationStatement"):
        period = one["effectivePeriod"]
        if period["start"] <= day <= period.get("end", "9999"):
            yield f"{medicine(one)['text']}: {one['dosage'][0]['text']}"


def test_what_a_note_says_is_given_is_on_the_list_that_day(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        for words, medicines in GIVEN.items():
            if words in note.text and int(note.record.died[:4] or 0) - int(note.record.born[:4]) > GROWN:
                told += 1
                listed = list(used(note.record, note.day.isoformat()))
                assert any(one.startswith(medicines) for one in listed), (note.body["id"], words, listed)
    assert told


def test_what_is_packed_for_the_week_is_taken_every_day(pocket: Records) -> None:
    told = 0
    for record in pocket.values():
        said = [(note.day.isoformat(), note.text, note.body["id"]) for note in notes({"": record})]
        said += [(one["sent"][:10], str(one["payload"]), one["id"]) for one in record.of("Communication")]
        for day, text, where in said:
            if "ultidose" in text:
                told += 1
                tablets = [one for one in used(record, day) if re.search("tablett|kapsel", one)]
                assert any(not re.search("behov|inntil|sesong", one) for one in tablets), where
    assert told


def test_nobody_conceives_on_contraception(pocket: Records) -> None:
    pregnant = 0
    for record in pocket.values():
        for one in record.of("Condition"):
            if one["code"]["text"] in CARRIED:
                pregnant += 1
                known = on(one["onsetDateTime"])
                spans = [
                    (listed["effectivePeriod"]["start"], listed["effectivePeriod"].get("end", "9999"))
                    for listed in record.of("MedicationStatement")
                    if medicine(listed)["coding"][0]["code"].startswith(("G03A", "G02B"))
                ]
                conceived = (known - EARLIEST).isoformat()
                assert not any(since <= known.isoformat() and conceived < until for since, until in spans)
    assert pregnant


def test_a_clinics_doctor_has_one_speciality(pocket: Records) -> None:
    women = (LOST, "Provosert abort")
    seen: dict[str, set[str]] = {}
    for record in pocket.values():
        for one in record.of("Encounter"):
            unit, why = one["serviceProvider"]["reference"], one.get("reasonCode", [{}])[0].get("text")
            assert not (why in women and "medisinsk-poliklinikk" in unit), one["id"]
            if "medisinsk-poliklinikk" in unit and why in (LUNG.problem.text, BREAST.problem.text, COPD.text):
                kind = "lungs" if why == COPD.text else "cancer"
                seen.setdefault(one["participant"][0]["individual"]["reference"], set()).add(kind)
    assert seen
    assert all(len(kinds) == 1 for kinds in seen.values())


def test_what_eases_cures_ends_with_the_decision_or_after_it(pocket: Records) -> None:
    for record in pocket.values():
        ended = [
            one["effectivePeriod"].get("end", "9999")
            for one in record.of("MedicationStatement")
            if medicine(one)["text"].startswith("Metoklopramid")
        ]
        for note in notes({"": record}):
            if "har vokst under behandlingen" in note.text:
                assert all(day >= note.day.isoformat() for day in ended), note.body["id"]
            hormones = any("Leuprorelin" in one for one in used(record, note.day.isoformat()))
            assert "Behandlingen virker ikke lenger" not in note.text or hormones, note.body["id"]
            if "Kreftsykepleier i kommunen er bedt om" in note.text:
                asked = [one["sent"][:10] for one in record.of("Communication") if NURSE in str(one)]
                assert note.day.isoformat() in asked, note.body["id"]


def test_life_is_prolonged_by_two_cures_at_the_least(pocket: Records) -> None:
    for record in pocket.values():
        said = " ".join(note.text for note in notes({"": record}))
        if "Livsforlengende behandling med cellegift" in said and record.died:
            assert "Kur nummer 2" in said, record.patient["id"]
        assert "For svekket til cellegift nå" not in said or "Kur nummer" not in said, record.patient["id"]


def test_pathology_answers_on_working_days(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("DiagnosticReport"):
            if one["code"]["text"] == "Histologi":
                day, taken = on(one["issued"]), on(one["effectiveDateTime"])
                long_weekend = working_day(day) - taken > timedelta(days=4)
                assert day == working_day(day) or long_weekend, one["id"]


def test_blood_is_answered_before_a_cure_is_allowed(pocket: Records) -> None:
    for note in notes(pocket):
        if "Prøvene tillater kur i dag" in note.text:
            answered = [
                one["issued"]
                for one in note.record.of("DiagnosticReport")
                if timedelta() <= note.day - on(one["issued"]) < timedelta(days=8)
                and one["issued"] < note.body["date"]
            ]
            assert answered, note.body["id"]


def test_dinners_are_brought_to_who_is_helped_with_food(pocket: Records) -> None:
    for record in pocket.values():
        for note in notes({"": record}):
            if "Kartleggingsbesøk" in str(note.body["section"]) and "å lage mat" not in note.text:
                decided = [
                    one["description"]
                    for one in record.of("DocumentReference")
                    if "Vedtak om" in one.get("description", "")
                    and timedelta() <= on(one["date"]) - note.day < timedelta(days=12)
                ]
                assert not any("matombringing" in one for one in decided), note.body["id"]


def test_who_lives_with_somebody_is_not_found_alone(pocket: Records) -> None:
    for note in notes(pocket):
        if "Trygghetsalarm" in str(note.body["section"]) and "amboer" not in note.text:
            alone = (
                "trodde noen var i huset" in note.text or "Falt på badet, ikke skadet. Hjulpet" in note.text
            )
            partners = [
                one
                for one in note.record.of("RelatedPerson")
                if "Ektefelle" in str(one["relationship"]) or "Samboer" in str(one["relationship"])
            ]
            assert not (alone and partners and "period" not in partners[0]), note.body["id"]


def test_pollen_is_in_the_air_when_it_is_complained_of(pocket: Records) -> None:
    for note in notes(pocket):
        reasons = note.contact.get("reasonCode", [{}])
        if "nesespray" in note.text and reasons[0].get("text") == "Pollenallergi":
            kinds = [one["code"].get("text") for one in note.record.of("AllergyIntolerance")]
            firsts = [SEASONS[kind] for kind in kinds if kind in SEASONS]
            assert any(first <= note.day.month <= first + 1 for first in firsts), note.body["id"]


def test_nothing_happens_to_who_has_just_lost_a_pregnancy(pocket: Records) -> None:
    for record in pocket.values():
        lost = [on(one["onsetDateTime"]) for one in record.of("Condition") if one["code"]["text"] == LOST]
        for one in record.of("Encounter"):
            days = [on(one["period"]["start"]) - day for day in lost]
            soon = any(timedelta() < gap < timedelta(days=14) for gap in days)
            assert one["class"]["code"] != "EMER" or not soon, one["id"]


def test_what_a_letter_tells_of_kidneys_and_of_a_storm_was_seen_in_the_stay(records: Records) -> None:
    letters = 0
    for note in notes(records):
        stay = f"Encounter/{note.contact.get('id')}"
        inside = [one for one in note.record.all if one.get("encounter", {}).get("reference") == stay]
        if note.body["title"] == "Epikrise" and "nyrefunksjon kom seg" in note.text:
            letters += 1
            values = [
                one["valueQuantity"]["value"]
                for one in sorted(inside, key=lambda one: str(one.get("effectiveDateTime")))
                if one["resourceType"] == "Observation" and one["code"].get("text") == "Kreatinin"
            ]
            assert len(values) > 1, note.body["id"]
            assert values[-1] < values[0], note.body["id"]
        if note.body["title"] == "Epikrise" and "Forbigående delir" in note.text:
            assert "forvirret i natt" in str(inside), note.body["id"]
    assert letters


def test_a_broken_hip_is_named_when_it_is_pictured(pocket: Records) -> None:
    for note in notes(pocket):
        if "utoverrotert" in note.text:
            described = [
                one["issued"]
                for one in note.record.of("DiagnosticReport")
                if one.get("encounter") == note.body["encounter"] and "hofte" in str(one["code"])
            ]
            assert described, note.body["id"]
            assert min(described) <= note.body["date"], note.body["id"]


def test_a_bitten_hand_is_thought_of(pocket: Records) -> None:
    for note in notes(pocket):
        if "Bitt i hånden" in note.text:
            assert "Antibiotika vurdert" in note.text, note.body["id"]


def test_nobody_visits_homes_by_night_in_the_morning_and_in_the_evening(pocket: Records) -> None:
    worked: dict[str, set[tuple[str, int]]] = {}
    for record in pocket.values():
        for one in record.of("Encounter"):
            hour = int(one["period"]["start"][11:13])
            if one["serviceProvider"]["reference"].endswith("hjemmetjeneste"):
                by = one["participant"][0]["individual"]["reference"]
                worked.setdefault(by, set()).add((one["period"]["start"][:10], hour))
    assert worked
    for by, hours in worked.items():
        for day, hour in hours:
            assert hour >= MORNING or not any((day, later) in hours for later in (8, 9, 13, 14, 20, 21)), by


def test_a_faint_is_spoken_of_at_the_gps_in_the_weeks_after(pocket: Records) -> None:
    for record in pocket.values():
        written = list(notes({"": record}))
        for note in written:
            if note.body["title"] == "Epikrise" and "Synkope" in note.text:
                after = [
                    one.text
                    for one in written
                    if timedelta(days=1) < one.day - note.day < timedelta(days=29)
                    and "legekontor" in one.contact["serviceProvider"]["reference"]
                    and "sekretaer" not in str(one.body["author"])
                ]
                asked = any(re.search("besvimt|svima|svime|synkope", one) for one in after)
                assert asked or not after, note.body["id"]
