"""What readers of records found from the twelfth round on: words that come again, and what they rest on."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.courses.bones import NECK
from fellesjournal.rollout.region.courses.municipal import therapy
from fellesjournal.rollout.region.courses.short_admissions import TWICE
from fellesjournal.rollout.region.courses.short_cases import BLEEDING, CHEST_PAIN
from fellesjournal.rollout.region.formulary import NAPROXEN
from rollout.region.conftest import TODAY, Json, Record

Records = dict[str, Record]
RENEWED = ("Resepten er fornyet", "Resept er fornyet")
WORKERS = ("arvaken-nordlys", "sprek-fjelltopp", "vennlig-solber", "trygg-einerber")
"""Named in the staff of every region, who take part in visits."""


def _notes(record: Record) -> Iterator[tuple[str, str, Json]]:
    """Day, text and the contact's reference of every note, in order."""
    for one in sorted(record.of("Composition"), key=lambda one: str(one["date"])):
        told = [
            f"{section['title']}: {section['text']['div']}"
            for section in one.get("section", ())
            if "text" in section
        ]
        text = " ".join(told)
        yield str(one["date"])[:10], text, one


def _contacts(record: Record) -> dict[str, Json]:
    return {f"Encounter/{one['id']}": one for one in record.of("Encounter")}


def _reasons(contact: Json) -> list[str]:
    return [one["text"] for one in contact.get("reasonCode", ())]


def _pressures(record: Record) -> dict[str, float]:
    """Systolic pressure by the contact in which it was measured."""
    return {
        one["encounter"]["reference"]: one["component"][0]["valueQuantity"]["value"]
        for one in record.of("Observation")
        if "encounter" in one and one.get("code", {}).get("text") == "Blodtrykk"
    }


def test_what_is_said_of_the_pressure_agrees_with_the_measurement(records: Records) -> None:
    seen = 0
    for record in records.values():
        measured = _pressures(record)
        for day, text, note in _notes(record):
            systolic = measured.get(note.get("encounter", {}).get("reference", ""))
            if systolic is None:
                continue
            if "Litt høyt i dag" in text or "Over 140 i dag" in text or "målinger over 140" in text:
                assert systolic >= 140, (day, text, systolic)
                seen += 1
            if "Velregulert" in text:
                assert systolic < 140, (day, text, systolic)
                seen += 1
    assert seen > 30


def test_whose_prescription_is_said_to_be_renewed_has_it(records: Records) -> None:
    seen = 0
    for record in records.values():
        written = {str(one["authoredOn"])[:10] for one in record.of("MedicationRequest")}
        for one in record.of("Communication"):
            if any(said in str(one.get("payload")) for said in RENEWED):
                assert one["sent"][:10] in written, one
                seen += 1
    assert seen > 20


def test_who_records_a_problem_was_there(records: Records) -> None:
    seen = 0
    for record in records.values():
        contacts = _contacts(record)
        for one in record.of("Condition"):
            contact = contacts.get(one.get("encounter", {}).get("reference", ""))
            if contact is None or "recorder" not in one:
                continue
            there = [who["individual"]["reference"] for who in contact["participant"]]
            assert one["recorder"]["reference"] in there, (one, there)
            seen += 1
    assert seen > 1000


def test_the_same_is_not_written_twice_in_a_row_at_the_gps(records: Records) -> None:
    """Of one thousand citizens' contacts about the same, those whose note is the last one's to the letter."""
    again = total = 0
    for record in records.values():
        contacts, before = _contacts(record), defaultdict[str, str](str)
        for _, text, note in _notes(record):
            contact = contacts.get(note.get("encounter", {}).get("reference", ""))
            if contact is None or "legekontor" not in contact["serviceProvider"]["reference"]:
                continue
            about = " og ".join(_reasons(contact))
            again, total = again + (before[about] == text), total + bool(before[about])
            before[about] = text
    assert total > 1000
    assert again / total < 0.12, (again, total)


def test_medicines_against_clots_are_not_taken_together(records: Records) -> None:
    seen = 0
    for record in records.values():
        spans = [
            (medicine(one)["coding"][0]["code"], one["effectivePeriod"])
            for one in record.of("MedicationStatement")
        ]
        thinning = [(span["start"], span.get("end", "9999")) for code, span in spans if code == "B01AC04"]
        other = [(span["start"], span.get("end", "9999")) for code, span in spans if code == "B01AC24"]
        seen += len(thinning) + len(other)
        assert not any(a < d and c < b for a, b in thinning for c, d in other), record.patient["id"]
    assert seen


def test_who_has_bled_does_not_take_what_makes_one_bleed(records: Records) -> None:
    for record in records.values():
        bled = [
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if BLEEDING.within in str(one.get("reasonCode")).lower()
        ]
        for one in record.of("MedicationStatement"):
            if bled and medicine(one)["coding"][0]["code"] == NAPROXEN.atc:
                assert one["effectivePeriod"]["start"] < bled[0], one


def test_a_chest_that_was_nothing_is_not_lain_in_for_again_and_again(records: Records) -> None:
    stays = [
        sum(
            one["class"]["code"] == "IMP" and CHEST_PAIN.text in _reasons(one)
            for one in record.of("Encounter")
        )
        for record in records.values()
    ]
    assert 0 < max(stays) <= TWICE


def test_two_troponins_are_there_where_two_are_told_of(records: Records) -> None:
    seen = 0
    for record in records.values():
        taken = [
            str(one["effectiveDateTime"])[:10]
            for one in record.of("Observation")
            if "roponin" in one["code"].get("text", "")
        ]
        for day, text, _ in _notes(record):
            if "to negative troponiner" in text:
                near = [
                    one for one in taken if abs(date.fromisoformat(one) - date.fromisoformat(day)).days < 8
                ]
                assert len(near) >= 2, (day, text)
                seen += 1
    assert seen


def test_a_heart_group_is_not_for_one_who_broke_a_hip_this_year(records: Records) -> None:
    for record in records.values():
        broken = [
            date.fromisoformat(one["period"]["start"][:10])
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP" and NECK.text in _reasons(one)
        ]
        for day, text, _ in _notes(record):
            if "hjertegruppe" in text or "Går en time hver dag" in text:
                told = date.fromisoformat(day)
                assert not any(since < told < since + timedelta(days=360) for since in broken), text


def test_allergies_found_in_the_recorded_years_are_found_by_somebody(records: Records) -> None:
    seen = 0
    for record in records.values():
        met = {one["period"]["start"][:10] for one in record.of("Encounter")}
        for one in record.of("AllergyIntolerance"):
            told = str(one.get("recordedDate", ""))[:10]
            if told > "2016-11-27":
                assert told in met, one
                seen += 1
    assert seen


def test_a_vaccine_against_ticks_waits_until_the_child_is_born(records: Records) -> None:
    for record in records.values():
        about_birth = [
            date.fromisoformat(one["period"]["start"][:10])
            for one in record.of("Encounter")
            if "svangerskap" in str(one.get("reasonCode")).lower()
        ]
        for one in record.of("Immunization"):
            if "J07BA01" in str(one["vaccineCode"]):
                day = date.fromisoformat(one["occurrenceDateTime"][:10])
                before = any(day - timedelta(days=60) < met <= day for met in about_birth)
                after = any(day <= met < day + timedelta(days=60) for met in about_birth)
                assert not (before and after), one


def test_named_workers_who_take_part_in_visits_are_met(records: Records) -> None:
    met = {
        who["individual"]["reference"].removeprefix("Practitioner/").removeprefix("PractitionerRole/")
        for record in records.values()
        for one in record.of("Encounter")
        for who in one.get("participant", ())
        if one["period"]["start"][:10] >= str(TODAY - timedelta(days=365))
    }
    missing = [name for name in WORKERS if not any(name in one for one in met)]
    assert not missing


def test_nobody_trains_at_home_before_there_is_help(records: Records) -> None:
    seen = 0
    for record in records.values():
        helped = [
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if one["class"]["code"] == "HH" and "hjemmetjeneste" in one["serviceProvider"]["reference"]
        ]
        for day, text, _ in _notes(record):
            if "Hverdagsrehabilitering" in text:
                assert day > min(helped), text
                seen += 1
    assert seen


def test_help_with_cleaning_is_not_planned_for_one_who_lies_in_a_bed(records: Records) -> None:
    seen = 0
    for record in records.values():
        lies = any(
            one["class"]["code"] == "IMP" and one["status"] == "in-progress" for one in record.of("Encounter")
        )
        planned = [one for one in record.of("Appointment") if "Praktisk bistand" in str(one)]
        seen += len(planned)
        assert not (lies and planned), planned
    assert seen


def test_other_gives_what_was_not_given_the_last_time() -> None:
    chance = Chance("ord")
    said = [chance.other(("en", "to", "tre")) for _ in range(60)]
    assert all(one != then for one, then in pairwise(said))
    assert set(said) == {"en", "to", "tre"}
    assert {chance.other(("bare",)) for _ in range(3)} == {"bare"}


def test_illness_that_leads_to_the_group_is_of_the_way_one_lives() -> None:
    assert "T90" in therapy.LIFESTYLE
