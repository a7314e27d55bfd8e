"""What stays at wards and visits to legevakt say, against the rest of the record; as rules."""

import re
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Note, Records, notes, on, reasons

FLUTTERS, STROKE, KIDNEYS = "I489", "I63", "N189"
"""How the ICD-10 codes begin."""
TRACED = r"EKG (er )?normalt|EKG med sinusrytme|EKG uten ferske|Ingen rytmeforstyrrelse|adenosin"


def known(note: Note, code: str) -> bool:
    """Whether it stood on the list before the day of the note, and is not over."""
    day = note.day.isoformat()
    return any(
        one.get("recordedDate", "9999") < day <= one.get("abatementDateTime", "9999")
        for one in note.record.of("Condition")
        if any(coded["code"].startswith(code) for coded in one["code"]["coding"])
    )


def expects(note: Note) -> bool:
    return known(note, "Z321")


def test_the_tracing_of_a_heart_that_flutters_is_not_in_rhythm(records: Records) -> None:
    fluttered = 0
    for note in notes(records):
        if known(note, FLUTTERS):
            fluttered += "EKG: atrieflimmer" in note.text
            assert not re.search(TRACED, note.text), note.body["id"]
    assert fluttered


def test_who_has_had_a_stroke_is_not_without_remarks_afterwards(records: Records) -> None:
    as_before = 0
    for note in notes(records):
        if known(note, STROKE):
            as_before += "Nevrologi som før" in note.text
            assert "Normal nevrologi" not in note.text, note.body["id"]
    assert as_before


def test_a_stone_is_eased_by_what_can_be_taken(records: Records) -> None:
    eased = 0
    for note in notes(records):
        if "Smertefri etter diklofenak" in note.text:
            eased += 1
            assert not used(note.record, "B01A", (note.day - timedelta(days=1)).isoformat()), note.body["id"]
            assert not known(note, KIDNEYS), note.body["id"]
            assert not expects(note), note.body["id"]
    assert eased


def test_who_is_with_child_is_neither_looked_into_with_rays_for_a_stone_nor_at_football(
    records: Records,
) -> None:
    carried = 0
    for note in notes(records):
        if expects(note):
            carried += 1
            assert not re.search("CT urinveier|CT abdomen|CT ved nye|fotballbanen", note.text), note.body[
                "id"
            ]
    assert carried


def test_nobody_bleeds_for_years_after_the_change_of_life(records: Records) -> None:
    changed: dict[str, date] = {}
    operated = 0
    for note in notes(records):
        who = note.record.patient["id"]
        if "Overgangsplager" in reasons(note.contact):
            changed.setdefault(who, note.day)
        if "Leiomyom i livmor" in reasons(note.contact):
            operated += 1
            assert who not in changed or "Store blødninger" not in note.text, note.body["id"]
    assert operated


def test_what_a_letter_gives_along_for_the_stomach_begins_that_day(records: Records) -> None:
    given = 0
    for note in notes(records):
        if "Syrehemmer for fire uker er på e-resept" in note.text:
            given += 1
            begun = [
                one["effectivePeriod"]["start"]
                for one in note.record.of("MedicationStatement")
                if medicine(one)["text"].startswith("Pantoprazol")
            ]
            assert note.day.isoformat() in begun, note.body["id"]
    assert given


def test_nobody_is_clear_who_forgets_nearly_all(records: Records) -> None:
    clear = 0
    for note in notes(records):
        if "Våken og klar." in note.text:
            clear += 1
            scores = [
                one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if "MMSE" in one["code"]["text"] and on(one["effectiveDateTime"]) <= note.day
            ]
            assert min(scores, default=30) >= 15, note.body["id"]
    assert clear


def test_who_is_given_cures_and_has_a_fever_is_not_sent_home_from_legevakt(records: Records) -> None:
    for note in notes(records):
        if "Får cellegift for tiden" in note.text:
            assert "feber i" not in note.text, note.body["id"]


def test_what_one_breathes_at_home_is_on_the_list(records: Records) -> None:
    for note in notes(records):
        if "tross inhalasjoner hjemme" in note.text:
            assert used(note.record, "R03", (note.day - timedelta(days=1)).isoformat()), note.body["id"]
        assert "forstøver hjemme" not in note.text, note.body["id"]


def test_nobody_is_said_to_manage_alone_on_arrival_whom_nurses_visit(records: Records) -> None:
    told = 0
    for note in notes(records):
        told += "Innkomstsamtale tatt" in note.text
        assert "Klarer seg selv hjemme" not in note.text, note.body["id"]
    assert told


def test_kidneys_that_fail_are_as_before_after_sepsis(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Kontroll etter sepsis" in note.text:
            told += 1
            assert "normalisert" not in note.text or not known(note, KIDNEYS), note.body["id"]
    assert told


def test_accidents_are_by_day(records: Records) -> None:
    for note in notes(records):
        if re.search("[Tt]rafikkulykke, påkjørt|Fallulykke fra stor|Drukningsulykke", note.text):
            assert int(note.contact["period"]["start"][11:13]) >= 9, note.body["id"]


def test_who_comes_to_a_ward_to_die_neither_eats_nor_asks_on_arrival(records: Records) -> None:
    came = 0
    for note in notes(records):
        if note.record.died and note.contact.get("period", {}).get("end", "")[:10] == note.record.died[:10]:
            came += "enerom" in note.text or "overvåking" in note.text
            assert not re.search("Bor på sykehjem|spør hvor dette er|uten uro", note.text), note.body["id"]
    assert came


def test_nobody_moves_into_a_home_after_having_come_there_to_die(records: Records) -> None:
    came = set()
    for note in notes(records):
        who = note.record.patient["id"]
        if "Kommer til lindrende opphold" in note.text:
            came.add(who)
        assert who not in came or "Flyttet inn i dag" not in note.text, note.body["id"]
    assert came


def test_who_does_not_answer_any_more_is_not_awake_afterwards(records: Records) -> None:
    told = 0
    for note in notes(records):
        told += "Svarer bare av og til" in note.text
        assert "Svarer ikke lenger" not in note.text, note.body["id"]
    assert told


def test_nothing_is_taken_out_twice(records: Records) -> None:
    for record in records.values():
        done = [one["code"]["text"] for one in record.of("Procedure") if "text" in one["code"]]
        for once in ("Laparoskopisk total hysterektomi", "Fremre kolporafi"):
            assert done.count(once) < 2, record.patient["id"]


def test_nobody_is_known_with_gallstones_after_the_gallbladder_is_out(records: Records) -> None:
    out: dict[str, str] = {}
    for record in records.values():
        for one in record.of("Procedure"):
            if one["code"].get("text") == "Laparoskopisk kolecystektomi":
                out[record.patient["id"]] = one["performedPeriod"]["end"][:10]
    assert out
    for note in notes(records):
        if "Kjent med" in note.text and "gallestein" in note.text.split("Allergier")[0]:
            over = out.get(note.record.patient["id"], "9999")
            told = re.search(r"Kjent med [^.]*gallestein", note.text)
            assert note.day.isoformat() <= over or not told, note.body["id"]


def test_the_same_cough_is_not_found_again_before_it_is_over(records: Records) -> None:
    found = 0
    for record in records.values():
        spans = [
            (on(one["recordedDate"]), on(one.get("abatementDateTime", "9999-12-31")))
            for one in record.of("Condition")
            if one["code"]["text"] in ("Akutt bronkitt", "Influensa")
        ]
        found += len(spans)
        for (_, over), (again, _) in pairwise(sorted(spans)):
            assert over <= again, record.patient["id"]
    assert found


def test_nobody_walks_for_a_worn_joint_in_a_boot(records: Records) -> None:
    worn = 0
    for record in records.values():
        broken = [
            on(one["recordedDate"])
            for one in record.of("Condition")
            if one["code"]["text"] == "Brudd i ankel"
        ]
        worn += len(broken)
        for note in notes({"": record}):
            if any("leddsartrose" in why for why in reasons(note.contact)):
                assert not any(0 <= (note.day - day).days < 42 for day in broken), note.body["id"]
    assert worn


def test_the_weeks_after_an_infarction_are_without_pain_in_the_chest(records: Records) -> None:
    told = 0
    for record in records.values():
        hurt: list[date] = []
        for note in notes({"": record}):
            if {"Brystsmerter", "Uspesifisert brystsmerte"} & {*reasons(note.contact)}:
                hurt.append(note.day)
            if "Kontroll etter hjerteinfarkt. Ingen brystsmerter" in note.text:
                told += 1
                assert not any(0 < (note.day - day).days < 30 for day in hurt), note.body["id"]
    assert told
