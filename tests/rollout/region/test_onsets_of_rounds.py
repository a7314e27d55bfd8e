"""What the twenty-eighth and twenty-ninth rounds of reading found of onsets, GPs, legevakt, children and
messages; as rules for pockets of other seeds."""

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses import onsets
from rollout.region.test_rules import Records, age, notes, on, plain, problems, reasons

DAY, LAST = timedelta(days=1), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Vondt i magen siden i går, kvalm.", 1),
        ("Låsning i ryggen siden i går morges.", 1),
        ("Låsing i ryggen sidan i går morgon.", 1),
        ("Feber siden forgårs og halsvondt.", 2),
        ("Samme plage igjen, kom tilbake for noen dager siden.", 3),
        ("Vondt i korsryggen etter løft for tre dagar sidan.", 3),
        ("Diaré og oppkast i to døgn, bedre i dag.", 2),
        ("Vondt i hele kroppen i over et år.", 402),
        ("Ustø og svimmel siden morgenen.", 0),
    ],
)
def test_how_many_days_is_read_from_the_words(text: str, days: int) -> None:
    assert onsets.lasted(text) == days


def test_what_has_been_for_days_began_as_many_days_before_the_first_note(pocket: Records) -> None:
    begun = 0
    for record in pocket.values():
        told: dict[str, str] = {}
        for note in notes({"": record}):
            for one in (
                note.body["section"] if note.contact.get("class", {}).get("code") in ("AMB", "EMER") else ()
            ):
                text, first = plain(one), plain(one).split(". ")[0]
                if one["title"] in {"Aktuelt", "Vurdering", "Funn"}:
                    said = text if one["title"] == "Aktuelt" else first
                    told.setdefault(note.body["encounter"]["reference"], said)
        ends: dict[str, date] = {}
        for one in sorted(record.of("Condition"), key=lambda one: str(one["recordedDate"])):
            days = onsets.lasted(told.get(one.get("encounter", {}).get("reference", ""), ""))
            wrote, since, name = on(one["recordedDate"]), on(one["onsetDateTime"]), one["code"]["text"]
            if (
                0 < days <= 5
                and "hver natt" not in str(told)
                and wrote - days * DAY > ends.get(name, date.min)
            ):
                begun += 1
                assert since == max(wrote - days * DAY, on(record.born)), one["id"]
            ends[name] = on(one.get("abatementDateTime", "0001-01-01"))
    assert begun > 80


def test_only_what_was_within_about_a_year_is_the_same_as_last_time(pocket: Records) -> None:
    again = 0
    for record in pocket.values():
        before: dict[str, date] = {}
        for note in notes({"": record}):
            for why in reasons(note.contact):
                if (
                    re.search(
                        "plage igjen|plagen fra sist|Tilbake med samme plage|Det samme igjen", note.text
                    )
                    and why in before
                ):
                    again += 1
                    assert note.day - before[why] < 440 * DAY, note.body["id"]
                    assert why != "Omgangssyke", note.body["id"]
                before[why] = note.day
    assert again > 20


def test_a_note_of_the_legevakt_is_written_after_what_it_tells_of(pocket: Records) -> None:
    waits = {"observert i to timer": 2, "observert en time": 1}
    seen: defaultdict[str, int] = defaultdict(int)
    for note in notes(pocket):
        if note.contact.get("class", {}).get("code") != "EMER":
            continue
        written, came = note.body["date"], note.contact["period"]["start"]
        for words, hours in waits.items():
            if words in note.text:
                seen[words] += 1
                assert _hours(came, written) >= hours, note.body["id"]
        about = [
            one for one in note.record.of("Observation") if one.get("encounter") == note.body["encounter"]
        ]
        if "ved to målinger" in note.text:
            taken = [one for one in about if "Troponin" in one["code"].get("text", "")]
            seen["troponin"] += 1
            assert all(written >= one["issued"] for one in taken), note.body["id"]
            assert all(_hours(one["effectiveDateTime"], one["issued"]) >= 0.2 for one in taken)
        if "Ortostatisk" in note.text:
            standing = [one["effectiveDateTime"] for one in about if "note" in one]
            assert written >= max(standing), note.body["id"]
    assert len(seen) == 3
    assert min(seen.values()) > 1


def _hours(since: str, until: str) -> float:
    between = date.fromisoformat(until[:10]) - date.fromisoformat(since[:10])
    clock = [int(one[11:13]) + int(one[14:16]) / 60 for one in (since, until)]
    return between.days * 24 + clock[1] - clock[0]


def test_a_strip_that_a_note_tells_of_has_its_value(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        if (
            re.search("ti(ks|x) positiv på leuko|hurtigtest negativ", note.text)
            and "Aktuelt: Feber, f" not in note.text
        ):
            if note.contact["class"]["code"] == "IMP":
                continue
            told += 1
            found = [
                one["valueCodeableConcept"]["text"]
                for one in note.record.of("Observation")
                if one.get("encounter") == note.body["encounter"]
                and re.search("stix|hurtigtest", one["code"].get("text", ""))
            ]
            assert found == ["Påvist" if "positiv" in note.text else "Ikke påvist"], note.body["id"]
    assert told > 10


def test_a_newborn_has_gained_what_the_note_says(pocket: Records) -> None:
    said = 0
    for record in pocket.values():
        weights = [
            one["valueQuantity"]["value"]
            for one in sorted(record.of("Observation"), key=lambda one: str(one["effectiveDateTime"]))
            if one["code"].get("text") == "Vekt"
        ]
        for note in notes({"": record}):
            if "på fødselsvekt" in note.text or "over fødselsvekt" in note.text:
                said += 1
                more = weights[1] - weights[0]
                assert ("over" in note.text) == (more > 0.12) or 0.08 < more < 0.2, note.body["id"]
    assert said > 0


def test_the_screening_of_a_newborn_is_on_the_day_that_was_said(pocket: Records) -> None:
    for record in pocket.values():
        told = [*notes({"": record})]
        for note in told:
            if said := re.search(r"tas ved kontroll her (\d\d)[.](\d\d)", note.text):
                taken = [f"{one.day:%d.%m}" for one in told if "Nyfødtscreening tatt" in one.text]
                assert taken == [f"{said[1]}.{said[2]}"] or note.day > LAST - 6 * DAY, note.body["id"]


def test_nobody_of_five_years_is_expected_about_language(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Appointment"):
            if one.get("comment") == "Språk og samspill":
                assert age(record, on(one["start"])) < 5, one["id"]


def test_words_of_a_pressure_are_those_of_its_value(pocket: Records) -> None:
    higher = 0
    for note in notes(pocket):
        assert "fått med apparat hjem" not in note.text
        about = [
            one for one in note.record.of("Observation") if one.get("encounter") == note.body.get("encounter")
        ]
        if "Høyere på kontoret" in note.text:
            higher += 1
            (pressure,) = [one for one in about if "component" in one]
            assert pressure["component"][0]["valueQuantity"]["value"] >= 135, note.body["id"]
    assert higher > 0


def test_who_ends_tablets_at_once_has_not_tapered_them(pocket: Records) -> None:
    for note in notes(pocket):
        if reasons(note.contact) == ["Depresjon"]:
            assert not re.search("[Tt]rappet ned|Trappa ned|Sjeldnere timer", note.text), note.body["id"]


def test_a_grown_ups_booster_has_no_number(pocket: Records) -> None:
    boosters = 0
    for record in pocket.values():
        for one in record.of("Immunization"):
            grown = age(record, on(one["occurrenceDateTime"])) >= 25
            if one["vaccineCode"]["text"] == "Difteri, stivkrampe, kikhoste, polio" and grown:
                boosters += 1
                assert "protocolApplied" not in one, one["id"]
    assert boosters > 5


def test_who_asks_for_what_is_not_taken_daily_names_it(pocket: Records) -> None:
    named = 0
    for record in pocket.values():
        fixed = [
            medicine(one)["text"]
            for one in record.of("MedicationRequest")
            if re.search("tablett|kapsel", medicine(one)["text"])
            and not one["dosageInstruction"][0].get("asNeededBoolean")
        ]
        for one in record.of("Communication"):
            text = str(one["payload"])
            if one["topic"]["text"] == "Resept" and "innbygger" in one["sender"]["reference"]:
                named += "Det gjelder" in text
                assert "Det gjelder" in text or fixed, one["id"]
    assert named > 3


def test_who_has_something_open_is_not_admitted_as_well_before(pocket: Records) -> None:
    for note in notes(pocket):
        if "Tidligere stort sett frisk" in note.text:
            there = [
                one["code"]["text"]
                for one in note.record.of("Condition")
                if on(one["recordedDate"]) < note.day - DAY <= on(one.get("abatementDateTime", "9999-12-31"))
                and one["code"]["coding"][-1]["code"][0] not in "SOZ"
            ]
            assert not there, note.body["id"]


def test_a_picture_of_the_back_is_in_the_plan_of_the_note(pocket: Records) -> None:
    asked = 0
    for record in pocket.values():
        plans = {(note.day, "MR" in note.text) for note in notes({"": record})}
        for one in record.of("ServiceRequest"):
            if one["code"].get("text") == "MR korsrygg" and "Isjias" in str(one.get("reasonCode")):
                asked += 1
                assert (on(one["authoredOn"]), True) in plans, one["id"]
    assert asked > 0


def test_a_physiotherapist_is_not_met_on_successive_days_about_one_thing(pocket: Records) -> None:
    for record in pocket.values():
        met = defaultdict(list)
        for one in record.of("Encounter"):
            if "-fysioterapi" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB":
                met[str(reasons(one))].append(on(one["period"]["start"]))
        for days in met.values():
            assert all(after - before > 3 * DAY for before, after in pairwise(sorted(days))), record.patient[
                "id"
            ]


def test_nobody_is_visited_at_home_within_an_hour_of_a_visit_elsewhere(pocket: Records) -> None:
    both = 0
    for record in pocket.values():
        met = sorted(
            (one["period"]["start"], one["period"]["end"], one["class"]["code"])
            for one in record.of("Encounter")
            if one["class"]["code"] in ("AMB", "HH") and "end" in one["period"]
        )
        for (_, left, where), (came, _, then) in pairwise(met):
            if where != then and left[:10] == came[:10]:
                both += 1
                assert _hours(left, came) > 0.9, (record.patient["id"], left, came)
    assert both > 5


def test_a_head_of_the_old_is_pictured(pocket: Records) -> None:
    for note in notes(pocket):
        hit = reasons(note.contact) == ["Hjernerystelse"] and note.contact["class"]["code"] == "EMER"
        if hit and age(note.record, note.day) >= 65 and note.day < LAST - DAY:
            about = note.body["encounter"]
            assert any(one["encounter"] == about for one in note.record.of("ImagingStudy")), note.body["id"]


def test_nobody_feels_well_at_a_control_of_cancer_while_depressed(pocket: Records) -> None:
    for record in pocket.values():
        low = [(on(since), on(until)) for text, since, until in problems(record) if text == "Depresjon"]
        for note in notes({"": record}):
            if "Føler seg frisk, har tatt opp" in note.text:
                assert not any(since < note.day < until for since, until in low), note.body["id"]


def test_a_cold_of_a_week_ago_is_the_same_cold(pocket: Records) -> None:
    again = 0
    for record in pocket.values():
        colds = [note for note in notes({"": record}) if reasons(note.contact) == ["Forkjølelse"]]
        at_gp = [one for one in colds if "Vurdering" in one.text and one.contact["class"]["code"] == "AMB"]
        for before, after in pairwise(at_gp):
            if timedelta() < after.day - before.day < 18 * DAY:
                again += 1
                assert re.search("fra sist|forkjølelsen ennå|frå sist|forkjølinga enno", after.text), (
                    after.body["id"]
                )
    assert again > 0


def test_words_are_those_of_the_code_they_stand_under(pocket: Records) -> None:
    for note in notes(pocket):
        if reasons(note.contact) == ["Forkjølelse"]:
            assert "nfluensa" not in note.text, note.body["id"]
        assert "arbeidsevne ved migrene" not in note.text, note.body["id"]
