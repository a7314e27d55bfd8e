"""What the thirty-sixth round of reading found, ten records by lot; as rules."""

import re
from collections.abc import Iterator
from datetime import timedelta

from fellesjournal.rollout.region.courses.cancers import BREAST, LUNG
from fellesjournal.rollout.region.courses.copd import COPD
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
CARRIED, EARLIEST = ("Graviditet", "Spontanabort", "Provosert abort"), timedelta(days=50)
"""Pregnancies as the list has them, and how long at least before that they began."""


def used(record: Record, day: str) -> Iterator[str]:
    """What the list has on a day, with its dose."""
    for one in record.of("MedicationStatement"):
        period = one["effectivePeriod"]
        if period["start"] <= day <= period.get("end", "9999"):
            yield f"{one['medicationCodeableConcept']['text']}: {one['dosage'][0]['text']}"


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
                    (medicine["effectivePeriod"]["start"], medicine["effectivePeriod"].get("end", "9999"))
                    for medicine in record.of("MedicationStatement")
                    if medicine["medicationCodeableConcept"]["coding"][0]["code"].startswith(("G03A", "G02B"))
                ]
                conceived = (known - EARLIEST).isoformat()
                assert not any(since <= known.isoformat() and conceived < until for since, until in spans)
    assert pregnant


def test_a_clinics_doctor_has_one_speciality(pocket: Records) -> None:
    women = ("Spontanabort", "Provosert abort")
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
