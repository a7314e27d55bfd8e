"""What was left of twenty-five rounds of reading, as rules for pockets of other seeds."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rollout.region.conftest import Json, Record
from rollout.region.test_rules import Records, notes, on, plain

DAY = timedelta(days=1)
FIRST, LAST = date(2016, 11, 26), date(2026, 11, 26)
PUT_IN = {"implantat": "p-staven", "intrauterint": "spiralen"}


def told_at(record: Record) -> dict[str, str]:
    """What the notes of each contact say."""
    found: dict[str, str] = {}
    for one in record.of("Composition"):
        contact = one.get("encounter", {}).get("reference", "")
        found[contact] = " ".join((found.get(contact, ""), *map(plain, one["section"]))).lower()
    return found


def is_named(medicine: str, said: str) -> bool:
    called = next((name for word, name in PUT_IN.items() if word in medicine), "")
    return medicine.split(maxsplit=1)[0].lower() in said or (called != "" and called in said)


def ended(record: Record) -> Iterator[tuple[str, date]]:
    """Medicines that were stopped for a reason while one lived, and when."""
    for one in record.of("MedicationStatement"):
        until = one["effectivePeriod"].get("end", "")
        if one["status"] == "stopped" and FIRST < on(until) < LAST and until != record.died[:10]:
            yield one["medicationCodeableConcept"]["text"], on(until)


def test_what_is_begun_at_a_contact_is_named_in_its_notes(pocket: Records) -> None:
    begun = 0
    for record in pocket.values():
        told, since = told_at(record), _begun(record)
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in record.of("MedicationRequest"):
            name, contact = one["medicationCodeableConcept"]["text"], one.get("encounter", {})
            where = contacts.get(contact.get("reference", ""))
            if where and "end" in where["period"] and (name, one["authoredOn"]) in since:
                begun += 1
                said = told.get(contact["reference"], "")
                assert is_named(name, said), (record.patient["id"], name, one["authoredOn"])
    assert begun > 500


def _begun(record: Record) -> set[tuple[str, str]]:
    return {
        (one["medicationCodeableConcept"]["text"], one["effectivePeriod"]["start"])
        for one in record.of("MedicationStatement")
    }


def test_what_is_ended_for_a_reason_is_named_in_a_note_of_that_day(pocket: Records) -> None:
    stopped = 0
    for record in pocket.values():
        told = told_at(record)
        for name, day in ended(record):
            said = " ".join(_said_on(record, day, told))
            stopped += 1
            assert is_named(name, said), (record.patient["id"], name, day)
    assert stopped > 50


def _said_on(record: Record, day: date, told: dict[str, str]) -> Iterator[str]:
    """What is written at contacts and in stays that the day falls in."""
    for one in record.of("Encounter"):
        first, last = on(one["period"]["start"]), on(one["period"].get("end", "2026-11-26"))
        if first <= day <= last:
            yield told.get(f"Encounter/{one['id']}", "")


def test_a_call_about_medicines_tells_of_what_happened_that_day(pocket: Records) -> None:
    calls = 0
    for note in notes(pocket):
        told = re.search(r"Telefon: .*(Slutt[ae]r|Starter|Byrjar) med", note.text)
        if told:
            calls += 1
            days = {day for one in note.record.of("MedicationStatement") for day in _ends_of(one)}
            assert note.day.isoformat() in days, note.body["id"]
        assert "en av dem" not in note.text
    assert calls > 20


def _ends_of(statement: Json) -> list[str]:
    return [str(day) for day in statement["effectivePeriod"].values()]


def test_what_is_put_in_is_not_changed_shortly_before_it_is_taken_out(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("MedicationStatement"):
            name, period = one["medicationCodeableConcept"]["text"], one["effectivePeriod"]
            if any(word in name for word in PUT_IN) and "end" in period and not record.died:
                lasted = on(period["end"]) - on(period["start"])
                assert lasted > timedelta(days=300), (record.patient["id"], name, period)
