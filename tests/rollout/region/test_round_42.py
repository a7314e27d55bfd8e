"""What the forty-second round of reading found, ten records by lot; as rules."""

import re
from datetime import datetime

from fellesjournal.fhir.medicines import medicine
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Records, notes, on, reasons

ONCE = ("B01AB", "N02A")


def test_nobody_is_assessed_for_services_while_operated_on(records: Records) -> None:
    met = 0
    for note in notes(records):
        if "Kartleggingsbesøk:" in note.text:
            met += 1
            begins = datetime.fromisoformat(note.body["date"])
            for one in note.record.of("Procedure"):
                if span := one.get("performedPeriod"):
                    since, until = (datetime.fromisoformat(span[side]) for side in ("start", "end"))
                    assert not since <= begins <= until, note.body["id"]
    assert met


def test_what_is_given_after_an_operation_is_not_given_out_again(records: Records) -> None:
    given = 0
    for record in records.values():
        for one in record.of("MedicationRequest"):
            code = one["medicationCodeableConcept"]["coding"][0]["code"]
            if code.startswith(ONCE):
                given += 1
                assert one["dispenseRequest"]["numberOfRepeatsAllowed"] == 0, one["id"]
    assert given


def test_what_is_given_at_home_is_on_the_list_at_that_time_of_day(records: Records) -> None:
    """What eight readers of forty records found, with what follows."""
    told = 0
    for note in notes(records):
        rolled = "multidoserull" in note.text
        if rolled or "Kveldsmedisin gitt" in note.text:
            told += 1
            day = note.day.isoformat()
            lines = [
                one
                for one in note.record.of("MedicationStatement")
                if one["effectivePeriod"]["start"] <= day <= one["effectivePeriod"].get("end", "9999")
            ]
            named = [one for one in lines if re.search("tablett|kapsel", medicine(one)["text"])]
            named = [one for one in named if "inhalasjon" not in medicine(one)["text"]]
            assert named, note.body["id"]
            doses = " ".join(one["dosage"][0]["text"] for one in lines)
            assert rolled or re.search("kveld|[234] ganger", doses), note.body["id"]
    assert told


def test_a_certificate_of_medicines_is_for_those_who_have_some(records: Records) -> None:
    for note in notes(records):
        if "Attest om medisiner" in note.text:
            assert used(note.record, "", note.day.isoformat()), note.body["id"]


def test_a_stroke_that_came_at_night_has_no_window(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Utenfor tidsvindu" in note.text:
            told += 1
            assert "kvelden før" in note.text, note.body["id"]
    assert told


def test_weight_and_height_make_the_index_that_is_written(records: Records) -> None:
    told = 0
    for note in notes(records):
        if found := re.search(r"KMI (\d+)\. ", note.text):
            values = {
                one["code"]["text"]: one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if one.get("encounter", {}).get("reference") == note.body["encounter"]["reference"]
                and "valueQuantity" in one
            }
            heights = [
                one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if one["code"]["text"] == "Høyde"
                and abs((note.day - on(one["effectiveDateTime"])).days) < 500
            ]
            if heights:
                told += 1
                assert abs(values["Vekt"] / (heights[0] / 100) ** 2 - int(found[1])) < 1, note.body["id"]
    assert told


def test_who_is_well_again_is_not_on_sick_leave_for_a_loss(records: Records) -> None:
    """What seven readers of thirty-five records found, with what follows."""
    told = 0
    for note in notes(records):
        if re.search("frisk siden sist|Bra i flere måneder", note.text):
            told += 1
            for one in note.record.of("Condition"):
                if one["code"]["text"] == "Situasjonsbetinget psykisk belastning":
                    span = one["recordedDate"], one.get("abatementDateTime", "9999")
                    assert not span[0] <= note.day.isoformat() <= span[1], note.body["id"]
    assert told


def test_a_pressure_that_nurses_find_high_is_not_fine_at_home(records: Records) -> None:
    found = 0
    for record in records.values():
        told = [one for one in notes({"": record}) if "Hjemmebesøk:" in one.text]
        high = [one.day for one in told if re.search("målt to ganger|to målinger|minutters hvile", one.text)]
        for note in notes({"": record}):
            since = [day for day in high if 0 <= (note.day - day).days < 365]
            found += bool(since)
            if since and not note.text.startswith("Kontroll"):
                assert "fint hjemme" not in note.text, note.body["id"]
                assert "i målingene hjemmefra" not in note.text, note.body["id"]
    assert found


def test_whose_chest_has_hurt_is_not_without_pain_since_last(records: Records) -> None:
    """What the forty-third round and readers beside it found, with what follows."""
    told = 0
    for record in records.values():
        hurt = [
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if any(coded["code"] == "A11" for why in one.get("reasonCode", ()) for coded in why["coding"])
        ]
        for note in notes({"": record}):
            if "Ingen brystsmerter siden sist" in note.text:
                told += 1
                assert not any(0 < (note.day - day).days < 200 for day in hurt), note.body["id"]
    assert told


def test_who_is_still_lying_in_is_not_sent_home(records: Records) -> None:
    for note in notes(records):
        if "Reiser hjem tidlig" in note.text:
            assert note.contact["status"] == "finished", note.body["id"]


def test_who_forgets_is_not_coached_to_train_in_a_group(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Frisklivssentralen:" in note.text:
            told += 1
            for one in note.record.of("Observation"):
                if "MMSE" in one["code"]["text"] and on(one["effectiveDateTime"]) <= note.day:
                    assert one["valueQuantity"]["value"] >= 20, note.body["id"]
    assert told


def test_a_number_is_not_said_of_a_pressure_that_does_not_reach_it(records: Records) -> None:
    assert not [note.body["id"] for note in notes(records) if "Over 140 i dag" in note.text]


def test_what_dampens_gout_is_prescribed(records: Records) -> None:
    """What eight more readers of forty records found, with what follows."""
    told = 0
    for note in notes(records):
        if "Betennelsesdempende i" in note.text and "Urinsyregikt" in reasons(note.contact):
            told += 1
            day = note.day.isoformat()
            assert used(note.record, "M01", day) or used(note.record, "H02", day), note.body["id"]
    assert told


def test_kilograms_lost_in_cures_are_those_on_the_scales(pocket: Records, records: Records) -> None:
    for some in (pocket, records):
        for record in some.values():
            weights: dict[str, float] = {
                one["encounter"]["reference"]: one["valueQuantity"]["value"]
                for one in record.of("Observation")
                if one["code"]["text"] == "Vekt" and "encounter" in one
            }
            first = None
            for note in notes({"": record}):
                here = note.body.get("encounter", {}).get("reference", "")
                if "Kur nummer 1." in note.text:
                    first = weights[here]
                if first and (found := re.search(r"(\d+) kg ned siden første kur", note.text)):
                    assert abs(first - weights[here] - int(found[1])) < 0.6, note.body["id"]
