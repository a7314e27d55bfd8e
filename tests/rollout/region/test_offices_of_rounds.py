"""What the twenty-sixth and twenty-seventh rounds of reading found at offices: GPs, health stations, schools,
messages and the municipality; as rules for pockets of other seeds."""

import re
from collections import defaultdict
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import onsets
from fellesjournal.rollout.region.courses.municipal.decision import _sections
from fellesjournal.rollout.region.courses.overweight import limit
from fellesjournal.rollout.region.openings import school_day
from fellesjournal.rollout.region.people import Household, Person
from rollout.region.conftest import TODAY
from rollout.region.test_rules import Records, measured, notes, on, problems, reasons, under

DAY = timedelta(days=1)
AIRWAYS = {"R74", "R75", "R76", "R78", "R81"}


def test_doses_of_a_series_are_counted_without_a_hole(pocket: Records) -> None:
    series = 0
    for record in pocket.values():
        given = defaultdict(list)
        for one in record.of("Immunization"):
            for known in one.get("protocolApplied", ()):
                given[one["vaccineCode"]["text"]].append(known["doseNumberPositiveInt"])
        for vaccine, doses in given.items():
            if vaccine != "Influensa":
                series += 1
                first = min(doses)
                assert sorted(doses) == list(range(first, first + len(doses))), (
                    record.patient["id"],
                    vaccine,
                )
    assert series > 100


def test_infants_of_the_recorded_years_have_the_first_dose_first(pocket: Records) -> None:
    for record in pocket.values():
        if record.born > "2016-12":
            doses = [
                one["protocolApplied"][0]["doseNumberPositiveInt"]
                for one in record.of("Immunization")
                if "Hib" in one["vaccineCode"]["text"]
            ]
            assert doses == list(range(1, len(doses) + 1)), record.patient["id"]


def test_where_a_doctor_has_examined_a_child_the_doctor_was_there(pocket: Records) -> None:
    examined = 0
    for note in notes(pocket):
        if re.search("Legeundersøk|Hofter u.a|Skolestartundersøk", note.text):
            examined += 1
            there = [one["individual"]["reference"] for one in note.contact["participant"]]
            assert any("-lege-" in one for one in there), note.body["id"]
    assert examined > 20


def test_the_check_before_school_is_in_the_year_of_its_beginning(pocket: Records) -> None:
    for note in notes(pocket):
        if "Skolestartundersøkelse" in note.text:
            assert note.day.year == on(note.record.born).year + 6, note.body["id"]
            assert note.day.month < 7, note.body["id"]


def test_nobody_is_seen_at_school_in_the_holidays(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        for one in record.of("Encounter"):
            if "skolehelse" in one["serviceProvider"]["reference"]:
                seen += 1
                day = on(one["period"]["start"])
                assert day == school_day(day), one["id"]
    assert seen > 50


def test_the_limit_for_overweight_is_between_the_half_years() -> None:
    boy, born = Person(0, Sex.MALE, date(2016, 1, 1), Household(0, 1, 1)), date(2016, 1, 1)
    assert limit(boy, born + 8 * 365 * DAY) == pytest.approx(18.44, abs=0.01)
    assert limit(boy, born + timedelta(days=8 * 365 + 363)) == pytest.approx(19.10, abs=0.02)
    assert limit(boy, born + 30 * 365 * DAY) == 25


def test_overweight_is_spoken_of_while_it_is_on_the_list_and_ends_below_the_limit(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Condition"):
            if one["code"]["text"] == "Overvekt hos barn":
                ends = on(one.get("abatementDateTime", TODAY.isoformat()))
                for note in notes({"": record}):
                    if on(one["onsetDateTime"]) <= note.day <= ends and "8. trinn" in note.text:
                        assert "KMI" in note.text, note.body["id"]
                        assert note.day == ends or "nå under" not in note.text


def test_an_answer_that_is_promised_on_helsenorge_is_sent(pocket: Records) -> None:
    promised = 0
    for note in notes(pocket):
        if "svar på Helsenorge" in note.text and note.day < TODAY - 12 * DAY and not note.record.died:
            promised += 1
            answers = [
                on(one["sent"])
                for one in note.record.of("Communication")
                if one["topic"]["text"] == "Prøvesvar" and "innbygger" in one["recipient"][0]["reference"]
            ]
            assert any(note.day < day <= note.day + 12 * DAY for day in answers), note.body["id"]
    assert promised > 2


def test_what_a_message_says_is_sent_or_given_exists(pocket: Records) -> None:
    for record in pocket.values():
        letters = [on(one["date"]) for one in record.of("DocumentReference")]
        given = [
            on(one["occurrenceDateTime"])
            for one in record.of("Immunization")
            if one["vaccineCode"]["text"] == "Hepatitt A"
        ]
        for one in record.of("Communication"):
            text, day = str(one["payload"]), on(one["sent"])
            assert "er sendt i dag" not in text, one["id"]
            assert "ligger som brev" not in text or day in letters, one["id"]
            if "Hepatitt A er aktuelt" in text and day < TODAY - 40 * DAY and not record.died:
                assert any(day < then < day + 40 * DAY for then in given), one["id"]
            assert "Skal til" not in text or not "2020-03-12" <= one["sent"] < "2021-09", one["id"]


def test_a_picture_that_is_read_at_a_clinic_was_taken(pocket: Records) -> None:
    read = 0
    for note in notes(pocket):
        if re.search(r"([Rr]øntgen|\bCT\b|\bMR\b)[^.]*(uten anm|u\.a|viser)", note.text):
            read += 1
            taken = [on(one["started"]) for one in note.record.of("ImagingStudy")]
            assert any(note.day - 40 * DAY <= day <= note.day for day in taken), note.body["id"]
    assert read > 3


def test_a_spirometry_has_its_values(pocket: Records) -> None:
    blown = 0
    values = measured(pocket)
    for note in notes(pocket):
        if "pirometri" in note.text:
            blown += 1
            found = values[note.body["encounter"]["reference"]]
            assert 0.4 < found["FEV1"][0] < found["FVC"][0] < 7.5, note.body["id"]
            if "Normal spirometri" in note.text:
                assert found["FEV1"][0] / found["FVC"][0] > 0.7
    assert blown > 5


def test_a_pressure_measured_at_home_as_agreed_is_answered_as_such(pocket: Records) -> None:
    for note in notes(pocket):
        assert "Døgnmåling" not in note.text


def test_who_is_troubled_by_pollen_is_known_not_to_tolerate_it(pocket: Records) -> None:
    for note in notes(pocket):
        if "pollentid" in note.text or "pollensesong" in note.text:
            known = str([one["code"]["text"] for one in note.record.of("AllergyIntolerance")])
            assert "pollen" in known, note.body["id"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Nedstemt i to måneder, sover dårlig.", 60),
        ("Hostet i to uker, litt oppspytt.", 14),
        ("Kløende, rødt utslett på hendene siste uker.", 14),
        ("Våkner klokka fire hver natt.", 30),
        ("Seig hoste siden forrige uke, verst om natten.", 7),
        ("Sliten siste halvår.", 182),
        ("Uro og bekymring hver dag i et halvt år.", 182),
        ("Trykk over kinn og panne en uke etter forkjølelse.", 0),
    ],
)
def test_how_long_something_has_been_is_read_from_the_words(text: str, days: int) -> None:
    assert onsets.lasted(text) == days


def test_what_has_been_for_weeks_began_weeks_before_the_first_visit(pocket: Records) -> None:
    long = 0
    for record in pocket.values():
        told = {
            note.body["encounter"]["reference"]: note
            for note in reversed([*notes({"": record})])
            if "Aktuelt" in note.text
        }
        ends: dict[str, date] = {}
        for one in sorted(record.of("Condition"), key=lambda one: str(one["recordedDate"])):
            note, code = told.get(one.get("encounter", {}).get("reference", "")), one["code"]["text"]
            days = onsets.lasted(under(note.body, "Aktuelt")) if note else 0
            if note and days and ends.get(code, date.min) < note.day - days * DAY > on(record.born):
                long += 1
                assert on(one["onsetDateTime"]) <= note.day - days * DAY, one["id"]
            ends[code] = on(one.get("abatementDateTime", "0001-01-01"))
    assert long > 50


def test_nobody_is_examined_by_telephone(pocket: Records) -> None:
    called = 0
    taken = measured(pocket)
    for note in notes(pocket):
        if note.contact and note.contact["class"]["code"] == "VR":
            called += 1
            found = re.search(
                r"[Uu]ndersøkt|[Nn]ormal kraft|[Øø]m |[Mm]yk|trommehinn|ren over|palp|EKG", note.text
            )
            assert not found, note.body["id"]
            assert not taken[note.body["encounter"]["reference"]], note.body["id"]
    assert called > 10


def test_sick_notes_follow_each_other_and_the_illness_lasts_as_long(pocket: Records) -> None:
    weeks = {"én": 1, "to": 2, "2": 2, "4": 4}
    signed = prolonged = 0
    for record in pocket.values():
        until, lasts = date.min, defaultdict(list)
        for one in record.of("Condition"):
            lasts[one["code"]["text"]].append(one)
        for note in notes({"": record}):
            given = re.search(r"Sykmeld(t|ingen forlenges).* i (én|to|2|4) uke", note.text)
            if not given or "legekontor" not in note.contact["serviceProvider"]["reference"]:
                continue
            signed += 1
            assert "fra i dag" not in note.text or note.day >= until
            if "forlenges" in note.text:
                prolonged += 1
                assert until - 3 * DAY <= note.day <= until + 3 * DAY, note.body["id"]
            else:
                assert note.day >= until, note.body["id"]
            starts = until if "forlenges" in note.text else note.day
            until = starts + timedelta(weeks=weeks[given[2]])
            ends = [
                on(one["abatementDateTime"]) if "abatementDateTime" in one else date.max
                for one in lasts[reasons(note.contact)[0]]
                if on(one["onsetDateTime"]) <= note.day
            ]
            assert max(ends) >= min(until, TODAY), note.body["id"]
    assert signed > 30
    assert prolonged > 3


def test_a_yearly_control_is_a_year_after_the_last(pocket: Records) -> None:
    for record in pocket.values():
        controls = [
            on(one["period"]["start"]) for one in record.of("Encounter") if reasons(one) == ["Helsekontroll"]
        ]
        for note in notes({"": record}):
            if re.search("Årl(ig|eg) (kontroll|gjennomgang av s)", note.text) and note.contact:
                assert any(270 * DAY < note.day - one < 460 * DAY for one in controls), note.body["id"]


def test_nobody_is_well_at_a_check_up_while_depressed(pocket: Records) -> None:
    for record in pocket.values():
        low = [(on(since), on(until)) for text, since, until in problems(record) if text == "Depresjon"]
        for note in notes({"": record}):
            well = re.search("Ingen plager|Føler seg frisk|Kjenner seg fin|Frisk[.]", note.text)
            if well and reasons(note.contact) == ["Helsekontroll"]:
                assert not any(since <= note.day <= until for since, until in low), note.body["id"]


def test_what_is_put_in_is_prescribed_once_and_taken_out_by_its_name(pocket: Records) -> None:
    taken = 0
    for record in pocket.values():
        put_in = [
            (medicine(one)["text"], one["effectivePeriod"]["start"])
            for one in record.of("MedicationStatement")
        ]
        for one in record.of("MedicationRequest"):
            name = medicine(one)["text"]
            if "implantat" in name or "innlegg" in name:
                assert (name, one["authoredOn"][:10]) in put_in, one["id"]
        for note in notes({"": record}):
            if note.text.startswith("Inngrep: ") and "Plan" in note.text:
                taken += 1
                assert re.search("P-staven|Spiralen", note.text), note.body["id"]
                assert "Prevensjon" in reasons(note.contact)[0], note.body["id"]
    assert taken > 3


def test_a_service_that_is_given_for_a_time_has_the_end_of_its_decision(pocket: Records) -> None:
    for record in pocket.values():
        asked = {f"ServiceRequest/{one['id']}": one for one in record.of("ServiceRequest")}
        for one in record.of("EpisodeOfCare"):
            for request in one.get("referralRequest", ()):
                end = asked[request["reference"]].get("occurrencePeriod", {}).get("end")
                assert end is None or "end" in one["period"], one["id"]


def test_a_decision_tells_the_time_for_complaints_that_the_law_gives() -> None:
    (text,) = [text for title, text in _sections([], date(2026, 1, 1), None, "", {}) if title == "Klage"]
    assert "innen fire uker" in text  # pasient- og brukerrettighetsloven § 7-5


def test_the_list_has_the_vaccine_that_a_note_of_a_wound_speaks_of(pocket: Records) -> None:
    given = 0
    for note in notes(pocket):
        if "Stivkrampevaksine" in note.text and "legevakt" in note.contact["serviceProvider"]["reference"]:
            doses = [
                on(one["occurrenceDateTime"])
                for one in note.record.of("Immunization")
                if "stivkrampe" in one["vaccineCode"]["text"]
            ]
            given += "gitt" in note.text
            assert note.day in doses if "gitt" in note.text else min(doses) <= note.day, note.body["id"]
    assert given > 3


def test_nav_is_told_of_work_capacity_where_there_is_an_illness(pocket: Records) -> None:
    asked = 0
    for note in notes(pocket):
        if "arbeidsevne" in note.text:
            asked += 1
            told = note.text.lower()
            there = [
                text for text, since, until in problems(note.record) if on(since) <= note.day <= on(until)
            ]
            assert any(text.lower() in told for text in there), note.body["id"]
    assert asked > 3


def test_tablets_for_depression_begin_and_end_where_somebody_is_met(pocket: Records) -> None:
    used_for = 0
    for record in pocket.values():
        called = {
            on(one["period"]["start"]) for one in record.of("Encounter") if one["class"]["code"] == "VR"
        }
        met = {on(one["period"]["start"]) for one in record.of("Encounter") if reasons(one) == ["Depresjon"]}
        for one in record.of("MedicationStatement"):
            if one.get("reasonCode", [{}])[0].get("text") == "Depresjon" or str(
                medicine(one)["text"]
            ).startswith(("Escitalopram", "Sertralin", "Mirtazapin")):
                begun = on(one["effectivePeriod"]["start"])
                if begun in met:
                    used_for += 1
                    end = one["effectivePeriod"].get("end")
                    assert not end or on(end) not in called - met, one["id"]
    assert used_for > 3


def test_who_is_referred_for_depression_has_been_treated_and_the_clinic_ends_with_a_letter(
    pocket: Records,
) -> None:
    for record in pocket.values():
        first = [on(since) for text, since, _ in problems(record) if text == "Depresjon"]
        for one in record.of("ServiceRequest"):
            if first and "psykiatri" in one["code"].get("text", "").lower():
                day = on(one["authoredOn"])
                if any(since <= day for since in first):
                    assert day - max(since for since in first if since <= day) >= 60 * DAY, one["id"]
        letters = [on(one["date"]) for one in record.of("DocumentReference")]
        for note in notes({"": record}):
            if "Plan for veien videre er skrevet ned" in note.text:
                assert note.day in letters, note.body["id"]


def test_who_coughed_in_the_pandemic_was_tested(pocket: Records) -> None:
    coughed = 0
    for record in pocket.values():
        tested = [
            on(one["effectiveDateTime"])
            for one in record.of("Observation")
            if "covid-19" in one["code"].get("text", "")
        ]
        met: defaultdict[str, str] = defaultdict(str)
        for note in notes({"": record}):
            met[note.body["encounter"]["reference"]] += note.text if "encounter" in note.body else ""
        for one in record.of("Encounter"):
            codes = {each["code"] for why in one.get("reasonCode", ()) for each in why["coding"]}
            day, text = on(one["period"]["start"]), met[f"Encounter/{one['id']}"].lower()
            at_doctor = "legekontor" in str(one["serviceProvider"]) or one["class"]["code"] == "EMER"
            if text and at_doctor and codes & AIRWAYS and "2020-03-12" <= day.isoformat() <= "2022-02-12":
                coughed += 1
                assert "covid-19" in text, one["id"]
                assert any(day - DAY <= then <= day for then in tested), one["id"]
    assert coughed > 20


def test_schools_and_physiotherapists_were_closed_in_the_spring_of_2020(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Encounter"):
            if "fysioterapi" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB":
                assert not "2020-03-12" <= one["period"]["start"] < "2020-04-20", one["id"]


def test_diabetes_is_found_with_what_else_is_looked_at(pocket: Records) -> None:
    found = 0
    values = measured(pocket)
    for note in notes(pocket):
        if "Diabetes type 2. Føttene er uten funn" in note.text:
            found += 1
            taken = values[note.body["encounter"]["reference"]]
            assert {"HbA1c", "Kreatinin", "LDL-kolesterol"} <= set(taken), note.body["id"]
            pressures = [
                one
                for one in note.record.of("Observation")
                if one.get("encounter") == note.body["encounter"] and "component" in one
            ]
            assert pressures, note.body["id"]
    assert found


def test_the_gp_whom_nurses_at_home_have_told_has_the_message(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        if "astlegen er " in note.text and "hjemmetjeneste" in note.body["custodian"]["reference"]:
            told += 1
            sent = [
                on(one["sent"])
                for one in note.record.of("Communication")
                if one["topic"]["text"] == "Fra hjemmetjenesten" and one["sender"] == note.body["author"][0]
            ]
            assert note.day in sent, note.body["id"]
    assert told
