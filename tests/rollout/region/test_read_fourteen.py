"""Clinics that see who lives in a nursing home, and what is said again and again: it agrees with what was."""

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region import clinics
from fellesjournal.rollout.region.courses import coronary, remission
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import Json, bodies
from rollout.region.test_rules import Records, notes, on, plain

Lives = Callable[..., Life]
DAY = date(2024, 4, 22)
CLINICS_LETTER = "A13-2"


def _read(letter: Json) -> str:
    content = b64decode(letter["content"][0]["attachment"]["data"]).decode("cp1252")
    return " ".join(re.findall(r"\((.*?)\)'", content)).replace("\\", "")


def _seen(life: Life, *, resident: bool) -> tuple[str, str]:
    """What a clinic's letter and its note say of a citizen, resident in a nursing home or not."""
    if resident:
        life.decline.moves_in = DAY - timedelta(days=100)
    met = clinics.clinic(life, Service.HEART_CLINIC, DAY, coronary.CORONARY)
    clinics.concluded(life, met, ("Plan", "Blodtrykk følges hos fastlege. Kontroll hos fastlegen."))
    found = bodies(life)
    letters = [one for one in found if CLINICS_LETTER in str(one.get("type"))]
    written = [one for one in found if one["resourceType"] == "Composition"]
    return _read(letters[0]), " ".join(plain(part) for part in written[0]["section"])


@pytest.mark.parametrize("resident", [True, False])
def test_a_clinic_writes_to_the_doctor_who_follows_the_citizen(life: Lives, *, resident: bool) -> None:
    one = life(born=date(1935, 5, 5))
    at_home = one.services.gp.name
    letter, note = _seen(one, resident=resident)
    assert (f"Til: {at_home}" in letter) is not resident
    assert f"Til: {one.own_doctor(DAY).name}" in letter
    for told in (letter, note):
        assert ("hos sykehjemslegen" in told) is resident
        assert ("fastlege" in told) is not resident


def test_no_clinic_asks_the_gp_of_one_who_lives_in_a_nursing_home(records: Records) -> None:
    for note in notes(records):
        homes = [one["period"] for one in note.record.of("EpisodeOfCare") if "Langtidsopphold" in str(one)]
        moved = any(on(one["start"]) < note.day <= on(one.get("end", "9999-12-31")) for one in homes)
        if moved and "poliklinikk" in str(note.contact.get("serviceProvider")):
            assert "fastlege" not in note.text, note.body["id"]


def test_who_is_tired_after_a_cancer_may_have_been_well_before(records: Records) -> None:
    """What is said is drawn for each control: it tells nothing of how it was at the one before."""
    assert not [one for one in (*remission.FREE, *remission.LONG_FREE) if "ortsatt" in one or "ennå" in one]
    assert any("fortere sliten enn før behandlingen" in note.text for note in notes(records))


def test_who_calls_about_tests_asks_for_what_a_visit_may_have_told(records: Records) -> None:
    asked = [note for note in notes(records) if re.search("Telefon: .*svar(ene|a) på prøvene", note.text)]
    assert asked
    assert all("Spør om svar" in note.text for note in asked)
    assert not any("Svar på prøver gjennomgått" in note.text for note in notes(records))


def test_no_sentence_is_parted_from_the_next_by_two_spaces(records: Records) -> None:
    for note in notes(records):
        assert not re.search(r"[.:]  \S", note.text), note.body["id"]
