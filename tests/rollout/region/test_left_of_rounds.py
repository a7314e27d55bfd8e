"""What was left of twenty-five rounds of reading, as rules for pockets of other seeds."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.days import is_working_day
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses import colds
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.municipal.home_notes import told
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.formulary import LOSARTAN
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from rollout.region.conftest import Json, Record
from rollout.region.test_rules import Records, age, measured, notes, on, plain, reasons, under

Lives = Callable[..., Life]
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


def is_named(written: str, said: str) -> bool:
    called = next((name for word, name in PUT_IN.items() if word in written), "")
    return written.split(maxsplit=1)[0].lower() in said or (called != "" and called in said)


def ended(record: Record) -> Iterator[tuple[str, date]]:
    """Medicines that were stopped for a reason while one lived, and when."""
    for one in record.of("MedicationStatement"):
        until = one["effectivePeriod"].get("end", "")
        if one["status"] == "stopped" and FIRST < on(until) < LAST and until != record.died[:10]:
            yield medicine(one)["text"], on(until)


def test_what_is_begun_at_a_contact_is_named_in_its_notes(pocket: Records) -> None:
    begun = 0
    for record in pocket.values():
        at_each, since = told_at(record), _begun(record)
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in record.of("MedicationRequest"):
            name, contact = medicine(one)["text"], one.get("encounter", {})
            where = contacts.get(contact.get("reference", ""))
            if where and "end" in where["period"] and (name, one["authoredOn"]) in since:
                begun += 1
                said = at_each.get(contact["reference"], "")
                assert is_named(name, said), (record.patient["id"], name, one["authoredOn"])
    assert begun > 500


def _begun(record: Record) -> set[tuple[str, str]]:
    return {
        (medicine(one)["text"], one["effectivePeriod"]["start"]) for one in record.of("MedicationStatement")
    }


def test_what_is_ended_for_a_reason_is_named_in_a_note_of_that_day(pocket: Records) -> None:
    stopped = 0
    for record in pocket.values():
        at_each = told_at(record)
        for name, day in ended(record):
            said = " ".join(_said_on(record, day, at_each))
            stopped += 1
            assert is_named(name, said), (record.patient["id"], name, day)
    assert stopped > 50


def _said_on(record: Record, day: date, at_each: dict[str, str]) -> Iterator[str]:
    """What is written at contacts and in stays that the day falls in."""
    for one in record.of("Encounter"):
        first, last = on(one["period"]["start"]), on(one["period"].get("end", "2026-11-26"))
        if first <= day <= last:
            yield at_each.get(f"Encounter/{one['id']}", "")


def test_medicines_are_named_in_the_plan_and_not_beside_a_test_for_infection(pocket: Records) -> None:
    tested = 0
    for note in notes(pocket):
        said = under(note.body, "Smittevern")
        tested += bool(said)
        assert not re.search("Resept:|Starter med|Slutter med", said), note.body["id"]
    assert tested > 5


def test_a_call_about_medicines_tells_of_what_happened_that_day(pocket: Records) -> None:
    calls = 0
    for note in notes(pocket):
        names = re.search(r"Telefon: .*(Slutt[ae]r|Starter|Byrjar) med", note.text)
        if names:
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
            name, period = medicine(one)["text"], one["effectivePeriod"]
            if any(word in name for word in PUT_IN) and "end" in period and not record.died:
                lasted = on(period["end"]) - on(period["start"])
                assert lasted > timedelta(days=300), (record.patient["id"], name, period)


def test_nurses_see_the_day_before_what_builds_up(life: Lives) -> None:
    one = life(date(1938, 5, 5))
    day = date(2024, 3, 12)
    one.problem(FAILURE, date(2020, 1, 1))
    one.stay(Service.MEDICAL_WARD, "lege", day, 5, FAILURE)
    for before, worse in ((1, True), (5, False)):
        visit = _at_home(one, day - before * DAY)
        assert ("hovne legger. Fastlegen" in told(one, visit, 8, Level.MUCH)) is worse


def _at_home(one: Life, day: date) -> Visit:
    return one.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=8)


def test_who_is_visited_every_third_day_is_not_given_medicines(life: Lives) -> None:
    one = life(date(1938, 5, 5))
    one.uses(LOSARTAN, date(2020, 1, 1))
    visit = _at_home(one, date(2024, 3, 12))
    said = {told(one, visit, hour, Level.SOME, daily=False) for hour in (8, 20) for _ in range(60)}
    assert len(said) > 6
    assert not any(re.search("edisin gitt|morgenmedisin|Kveldsmedisin", text) for text in said)


def test_a_high_pressure_at_home_is_spoken_of(pocket: Records) -> None:
    spoken = 0
    for record in pocket.values():
        high = {
            one["encounter"]["reference"]
            for one in record.of("Observation")
            if one["code"].get("text") == "Blodtrykk"
            and "encounter" in one
            and one["component"][0]["valueQuantity"]["value"] >= 150
        }
        for note in notes({"": record}):
            if (
                note.text.startswith(("Hjemmebesøk", "Nattpatrulje"))
                and note.body["encounter"]["reference"] in high
            ):
                spoken += 1
                assert re.search("[Bb]lodtrykk|[Tt]rykk", note.text), note.body["id"]
    assert spoken > 5


def test_what_a_child_says_at_legevakt_is_what_one_of_that_age_can_say(pocket: Records) -> None:
    for note in notes(pocket):
        if note.contact and "legevakt" in note.contact["serviceProvider"]["reference"]:
            small = age(note.record, note.day) < 3
            assert small or "tar seg til øret" not in note.text
            assert not small or "peker på det" not in note.text
            if "trommehinne" in note.text:
                assert reasons(note.contact) == ["Akutt mellomørebetennelse"]


def test_a_small_child_with_fever_has_a_fast_pulse(pocket: Records) -> None:
    values = measured(pocket)
    for note in notes(pocket):
        found = values[f"Encounter/{note.contact['id']}"] if note.contact else {}
        if age(note.record, note.day) < 6 and max(found.get("Temperatur", [0])) >= 38.5:
            assert min(found.get("Puls", [200])) > 85, note.body["id"]


def test_who_needs_an_interpreter_has_one_at_each_talk_with_a_doctor(pocket: Records) -> None:
    talks = 0
    for record in pocket.values():
        needs = "patient-interpreterRequired" in str(record.patient["extension"])
        at_each = told_at(record)
        for one in record.of("Encounter"):
            said = at_each.get(f"Encounter/{one['id']}", "")
            if said and "legekontor" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB":
                talks += needs
                injected = said.startswith(" gitt i")
                assert ("tolk " in said) is needs or injected, (record.patient["id"], one["id"])
    assert talks > 20


def test_physiotherapists_see_nobody_on_holidays_and_eves(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        for one in record.of("Encounter"):
            if "fysioterap" in str(one["participant"]):
                day = on(one["period"]["start"])
                seen += 1
                assert is_working_day(day), one["id"]
                assert (day.month, day.day) not in {(12, 24), (12, 31)}, one["id"]
    assert seen > 50


def test_few_ask_about_a_spot_and_not_all_in_the_same_words(pocket: Records) -> None:
    grown = [one for one in pocket.values() if age(one, LAST) >= 30]
    asked = [note for note in notes(pocket) if reasons(note.contact) == ["Pigmentflekk"]]
    assert len({note.record.patient["id"] for note in asked}) < len(grown) / 4
    assert len({note.text for note in asked}) > 1


def test_words_for_a_cold_fit_the_season_the_age_and_smoking(life: Lives) -> None:
    assert len(colds.COLDS) >= 12
    for years, smokes in ((1, False), (9, False), (40, True), (80, False)):
        one = life(date(2024 - years, 1, 5))
        one.body.smokes = smokes
        for month in range(1, 13):
            said = " ".join(colds.told(one, date(2024, month, 20))[0] for _ in range(30))
            assert ("Sommerforkjølet" in said) <= (month in {6, 7})
            assert ("influensa" in said) <= (month in {12, 1, 2, 3})
            assert ("barnehagen" in said) <= (years == 1)
            assert ("klassen" in said) <= (years == 9)
            assert ("røyk" in said) is smokes


def test_bones_are_measured_with_what_thins_them(records: Records) -> None:
    begun = 0
    for record in records.values():
        measured_on = [
            on(one["effectiveDateTime"])
            for one in record.of("DiagnosticReport")
            if one["code"].get("text") == "Bentetthet (DXA)"
        ]
        brittle = any(one["code"]["text"] == "Osteoporose" for one in record.of("Condition"))
        for one in record.of("MedicationStatement"):
            since = on(one["effectivePeriod"]["start"])
            letrozole = medicine(one)["text"].startswith("Letrozol")
            if letrozole and FIRST < since < LAST - 60 * DAY and not (brittle or record.died):
                begun += 1
                assert any(timedelta() <= day - since <= 60 * DAY for day in measured_on)
    assert begun > 0


def test_a_t_score_that_a_note_reads_was_measured(records: Records) -> None:
    read = 0
    for note in notes(records):
        if "T-skår" in note.text and note.day > FIRST + 60 * DAY:
            read += 1
            seen = [
                on(one["effectiveDateTime"])
                for one in note.record.of("DiagnosticReport")
                if one["code"].get("text") == "Bentetthet (DXA)"
            ]
            assert any(timedelta() <= note.day - day <= 90 * DAY for day in seen), note.body["id"]
    assert read > 3


def test_the_yearly_control_of_diabetes_has_albumin_in_urine(pocket: Records) -> None:
    values, controls = measured(pocket), 0
    for note in notes(pocket):
        if note.text.startswith("Årskontroll: ") and reasons(note.contact) == ["Diabetes type 2"]:
            controls += 1
            found = values[note.body["encounter"]["reference"]]["Albumin/kreatinin i urin"]
            assert len(found) == 1, note.body["id"]
            assert found[0] < 3 or "lbumin i urinen" in note.text, note.body["id"]
    assert controls > 20
