"""What the twenty-sixth and twenty-seventh rounds of reading found of stays and answers, as rules for pockets
of other seeds."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from fellesjournal.fhir.medicines import medicine
from rollout.region.conftest import Json, Record
from rollout.region.test_rules import ENDLESS, Records, notes, problems, reasons

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LAST = date(2026, 11, 26)
OFFICE = {"CRP", "Hemoglobin", "Glukose", "INR", "HbA1c", "Albumin/kreatinin i urin"}
IN_WARDS = ("sengepost", "barne", "foede", "føde", "poliklinikk")
PICTURES = {
    "CT": r"\bCT\b",
    "MR": r"\bMR\b",
    "RTG": r"[Rr]øntgen|RTG",
    "UL": r"[Uu]ltralyd|\bUL\b",
    "Ekkokardiografi": r"[Ee]kko",
}
"""How a note speaks of pictures, by the first word of what they are called."""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def contacts(record: Record) -> dict[str, Json]:
    return {f"Encounter/{one['id']}": one for one in record.of("Encounter")}


def at(one: Json) -> str:
    return str(one.get("encounter", {}).get("reference", ""))


def laboratory(records: Records) -> Iterator[tuple[Record, Json]]:
    for record in records.values():
        for one in record.of("Observation"):
            if one["category"][0]["coding"][0]["code"] == "laboratory" and "issued" in one:
                yield record, one


def pictures(record: Record) -> list[Json]:
    return [one for one in record.of("DiagnosticReport") if "imagingStudy" in one]


def test_no_plan_names_pictures_that_are_answered_before_it_is_written(pocket: Records) -> None:
    planned = 0
    for note in notes(pocket):
        plan = re.sub(r".*Plan: ", "", note.text) if "Plan: " in note.text else ""
        written = moment(note.body["date"])
        for one in pictures(note.record):
            if (
                plan
                and at(one) == at(note.body)
                and re.search(PICTURES[one["code"]["text"].split()[0]], plan)
            ):
                planned += 1
                assert written <= moment(one["issued"]), (note.body["id"], plan)
    assert planned > 3


def test_what_a_note_found_on_pictures_was_answered_when_it_was_written(pocket: Records) -> None:
    found = 0
    for note in notes(pocket):
        status = re.search(r"Status: (.*?)Vurdering", note.text)
        read = re.search(r"\b(CT|Røntgen|MR): ", status[1]) if status else None
        if read:
            name = {"Røntgen": "RTG"}.get(read[1], read[1])
            same = [one for one in pictures(note.record) if at(one) == at(note.body)]
            same = [one for one in same if one["code"]["text"].startswith(name)]
            found += 1
            assert same, note.body["id"]
            assert min(one["issued"] for one in same) <= note.body["date"], note.body["id"]
    assert found > 3


def test_nothing_is_answered_in_the_minute_in_which_it_is_taken(pocket: Records) -> None:
    for record in pocket.values():
        met = contacts(record)
        for one in record.of("DiagnosticReport"):
            waited = moment(one["issued"]) - moment(one["effectiveDateTime"])
            least = 30 * MINUTE if "imagingStudy" in one else 4 * MINUTE
            assert least <= waited <= 4 * DAY, (one["id"], waited)
            if "imagingStudy" in one:
                by = [each["reference"] for each in one["performer"]]
                heart = "Ekko" in one["code"]["text"]
                assert ("poliklinikk" if heart else "radiologi") in by[-1], (one["id"], by)
                assert heart or all("radiologi" in each for each in by), (one["id"], by)
                period = met[at(one)]["period"]
                away = "radiologi" in met[at(one)]["serviceProvider"]["reference"]
                assert away or one["issued"] <= period.get("end", ENDLESS), one["id"]


def test_tests_are_answered_by_who_measures_them(pocket: Records) -> None:
    sent = 0
    for record, one in laboratory(pocket):
        where = contacts(record).get(at(one), {}).get("serviceProvider", {}).get("reference", "")
        waited = moment(one["issued"]) - moment(one["effectiveDateTime"])
        by = one["performer"][0]["reference"]
        if "legekontor" in where or "sykehjem" in where:
            at_once = one["code"]["text"] in OFFICE
            sent += not at_once
            assert (waited < HOUR) if at_once else (12 * HOUR < waited < 4 * DAY), (one["id"], waited)
            assert ("laboratorium" in by) is not at_once, (one["id"], by)
        elif any(ward in where for ward in IN_WARDS):
            assert HOUR <= waited <= 2 * HOUR, (one["id"], waited)
    assert sent > 100


def test_notes_of_answers_know_them(pocket: Records) -> None:
    """What is said of tests is of some that had been answered; what is taken that day is not gone through."""
    said = 0
    known: defaultdict[str, list[Json]] = defaultdict(list)
    for record, one in laboratory(pocket):
        known[record.patient["id"]].append(one)
    for note in notes(pocket):
        if re.search(SPEAKS_OF_ANSWERS, note.text) and "legekontor" in str(note.contact):
            written = moment(note.body["date"])
            lately = [moment(one["issued"]) for one in known[note.record.patient["id"]]]
            said += 1
            assert any(written - 12 * DAY <= one <= written for one in lately), (note.body["id"], note.text)
            late = [
                one["code"]["text"] for one in known[note.record.patient["id"]] if at(one) == at(note.body)
            ]
            assert not set(late) - OFFICE, (note.body["id"], note.text, late)
    assert said > 20


SPEAKS_OF_ANSWERS = (
    "Prøvene uten (an)?merk|Prøvene viser|prøver gjennomgått|er tatt igjen, omtrent|Nyreprøver stabile|"
    "Kolesterolet er i mål|LDL i mål|prøvene er fine|TSH er (fortsatt|innenfor)|Prøver uten funn|litt utenfor"
)


def test_who_is_watched_for_an_hour_is_there_for_longer(pocket: Records) -> None:
    watched = 0
    for note in notes(pocket):
        told = re.search(r"observert (?:i )?(en time|to timer)|hjem etter (en time)", note.text)
        if told and "legevakt" in str(note.contact.get("serviceProvider")):
            period = note.contact["period"]
            hours = 2 if told[1] == "to timer" else 1
            watched += 1
            assert moment(period["end"]) - moment(period["start"]) > hours * HOUR + 15 * MINUTE, note.body[
                "id"
            ]
    assert watched


def stays(records: Records) -> Iterator[tuple[Record, Json, list[Json]]]:
    """Stays at hospital that are over, each with what was written in it."""
    for record in records.values():
        inside: defaultdict[str, list[Json]] = defaultdict(list)
        for one in record.all:
            inside[at(one)].append(one)
        for ref, one in contacts(record).items():
            if one["class"]["code"] == "IMP" and "sengepost" in one["serviceProvider"]["reference"]:
                yield record, one, inside[ref]


def texts(inside: list[Json], kind: str) -> str:
    told = [one for one in inside if one["resourceType"] == "Composition" and one.get("title", "") == kind]
    return " ".join(part["text"]["div"] for one in told for part in one["section"])


def taken(inside: list[Json], name: str) -> list[Json]:
    return [one for one in inside if one["resourceType"] == "Observation" and one["code"]["text"] == name]


def test_what_a_letter_says_was_found_is_there(pocket: Records) -> None:
    found = 0
    for _, stay, inside in stays(pocket):
        letter = texts(inside, "Epikrise")
        reports = [one for one in inside if one["resourceType"] == "DiagnosticReport"]
        named = {one["code"]["text"]: one for one in reports}
        for word, what in (
            ("Ekko med", "Ekkokardiografi"),
            ("orovirus i", "Mikrobiologi, avføring"),
            ("E. coli i urinen", "Dyrkning av urin"),
        ):
            if word in letter:
                found += 1
                assert named[what]["issued"] <= stay["period"]["end"], stay["id"]
        if "Blodtrykket faller litt når" in letter:
            assert any("stående" in str(one.get("note")) for one in taken(inside, "Blodtrykk")), stay["id"]
        if "ved gastroskopi" in letter:
            assert "belagt med fibrin" in texts(inside, "Journalnotat"), stay["id"]
            assert len(taken(inside, "Hemoglobin")) > 1, stay["id"]
    assert found


def test_a_pressure_said_to_be_measured_standing_is_there(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search(r"Måles stående|Ortostatisk blodtrykk normalt|mmHg stående", note.text):
            measured = [one for one in note.record.of("Observation") if at(one) == at(note.body)]
            assert any("stående" in str(one.get("note")) for one in measured), note.body["id"]


def test_who_fasts_begins_no_tablets(pocket: Records) -> None:
    for record, stay, inside in stays(pocket):
        plans = [part for one in inside for part in one.get("section", ()) if part["title"] == "Plan"]
        if re.search("[Ff]astende", str(plans)):
            day = stay["period"]["start"][:10]
            for one in record.of("MedicationRequest"):
                if one["authoredOn"][:10] == day and at(one).endswith(stay["id"]):
                    name = medicine(one)["text"]
                    assert not re.search("tablett|kapsel", name), (one["id"], name)


def test_what_a_letter_gives_along_is_used_for_as_long_as_it_says(pocket: Records) -> None:
    given = 0
    for record, stay, inside in stays(pocket):
        letter = texts(inside, "Epikrise")
        told = re.search(r"er på e-resept, for (\d+) dager", letter)
        days = int(told[1]) if told else 28 if "Syrehemmer for fire uker er på e-resept" in letter else 0
        if not days or "end" not in stay["period"]:
            continue
        home = date.fromisoformat(stay["period"]["end"][:10])
        used = [one["effectivePeriod"] for one in record.of("MedicationStatement")]
        begun = [one for one in used if one["start"][:10] == home.isoformat()]
        ends = [one.get("end", "")[:10] for one in begun]
        given += 1
        going_on = home + days * DAY > LAST or record.died
        assert going_on or (home + days * DAY).isoformat() in ends, (stay["id"], home, ends, days)
    assert given


def test_history_knows_of_what_lasts_and_of_what_was_lately(pocket: Records) -> None:
    lately = 0
    for record, stay, inside in stays(pocket):
        first = stay["period"]["start"][:10]
        notes_of = texts(inside, "Journalnotat")
        if "stort sett frisk" in notes_of or "ellers frisk" in notes_of:
            for text, since, until in problems(record):
                long = date.fromisoformat(until[:10]) - date.fromisoformat(since[:10]) >= 100 * DAY
                passing = text in ("Depresjon", "Jernmangelanemi")
                assert not (passing and long and since < first <= until), (stay["id"], text)
        for _, other, _ in stays({"": record}):
            end = other["period"].get("end", ENDLESS)[:10]
            gap = date.fromisoformat(first) - date.fromisoformat(end)
            told = "Tidligere sykdommer" in str(inside)
            if told and other["id"] != stay["id"] and timedelta() < gap < 200 * DAY:
                lately += 1
                why = other["reasonCode"][0]["text"].lower()
                assert re.search(f"(?i){re.escape(why)}|nnlagt med", notes_of), (stay["id"], why)
    assert lately


def test_nurses_write_of_the_time_of_day(pocket: Records) -> None:
    arrived = 0
    for _, stay, inside in stays(pocket):
        for one in inside:
            text = " ".join(part["text"]["div"] for part in one.get("section", ()))
            if one["resourceType"] == "Composition" and "sykepleier" in str(one["author"]):
                late = moment(one["date"]) - moment(stay["period"]["start"])
                hour = moment(one["date"]).hour
                if re.search("ra mottaket|Mottatt på|Innkomst", text):
                    arrived += 1
                    assert late < 2 * HOUR, (one["id"], late)
                if re.search("Oppe (det meste|store deler)|Bedre i dag|Rolig dag|til måltider", text):
                    assert hour >= 13, (one["id"], text)
                if "enerom" in texts(inside, "Journalnotat"):
                    assert "til måltider" not in text, one["id"]
    assert arrived > 10


def test_vital_signs_in_a_ward_are_taken_by_nurses_at_hours_that_vary(pocket: Records) -> None:
    for _, stay, inside in stays(pocket):
        pulses = taken(inside, "Puls")
        for one in pulses:
            assert "lege" not in one["performer"][0]["reference"].split("-"), one["id"]
        minutes = [one["effectiveDateTime"][11:16] for one in pulses]
        assert len(minutes) < 3 or len(set(minutes)) > 1, stay["id"]


def test_who_has_had_an_infarct_is_referred_to_the_heart_clinic(pocket: Records) -> None:
    for record, stay, inside in stays(pocket):
        if "hjertepoliklinikken" in texts(inside, "Epikrise") and "NSTEMI" in str(inside):
            asked = [one for one in record.of("ServiceRequest") if at(one).endswith(stay["id"])]
            assert asked, stay["id"]
            goal = "1,4" if stay["period"]["start"] >= "2019-09" else "1,8"
            assert f"LDL under {goal}" in texts(inside, "Epikrise"), stay["id"]


def test_blood_is_taken_of_who_is_dry_or_has_a_stone(pocket: Records) -> None:
    wanted = {
        "Nyrestein": {"Kreatinin", "CRP"},
        "Dehydrering": {"Kreatinin", "Natrium", "Kalium"},
        "Gastroenteritt, antatt infeksiøs": {"Kreatinin", "Natrium", "Kalium"},
    }
    for record, stay, inside in stays(pocket):
        needs = wanted.get(reasons(stay)[0] if reasons(stay) else "", set())
        assert needs <= {one["code"].get("text") for one in inside if "code" in one}, stay["id"]
        years = int(stay["period"]["start"][:4]) - int(record.born[:4])
        if "Nyrestein" in reasons(stay) and record.patient["gender"] == "female" and years < 50:
            assert taken(inside, "hCG"), stay["id"]


def test_who_bleeds_in_a_ward_today_is_looked_into_and_followed(pocket: Records) -> None:
    for record, stay, inside in stays(pocket):
        if "Gastroskopi" in str([one for one in inside if one["resourceType"] == "Procedure"]):
            assert "Gastroskopi" in [part["title"] for one in inside for part in one.get("section", ())]
            assert len(taken(inside, "Hemoglobin")) > 1, (record.patient["id"], stay["id"])


def test_what_is_sent_to_be_cultured_is_answered(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search("dyrkning(?! sendt p)|Ny dyrkning", note.text) and "legekontor" in str(note.contact):
            named = [one for one in note.record.of("DiagnosticReport") if at(one) == at(note.body)]
            late = moment(note.body["date"]).date() > LAST - 4 * DAY
            assert late or "Dyrkning av urin" in [one["code"]["text"] for one in named], note.body["id"]
        if "Vekst i blodkultur" in note.text:
            named = [one for one in note.record.of("DiagnosticReport") if at(one) == at(note.body)]
            assert "Dyrkning av blod" in [one["code"]["text"] for one in named], note.body["id"]


def test_who_goes_home_was_measured_that_day(pocket: Records) -> None:
    home = measured = 0
    for _, stay, inside in stays(pocket):
        end = stay["period"].get("end", "")
        if end and end[11:13] >= "09" and end[:10] != stay["period"]["start"][:10]:
            home += 1
            measured += any(one["effectiveDateTime"][:10] == end[:10] for one in taken(inside, "Puls"))
    assert measured > 0.95 * home > 10


def test_no_plan_names_a_test_that_is_answered_before_it_is_written(pocket: Records) -> None:
    planned = 0
    for note in notes(pocket):
        plan = " ".join(re.findall(r"Plan: (.*?)(?= [A-ZÆØÅ]\w+: |$)", note.text))
        for one in note.record.of("Observation"):
            name = one["code"].get("text", "").partition(" T")[0]
            if (
                at(one) == at(note.body)
                and name in ("Troponin", "Lipase", "NT-proBNP")
                and name.lower() in plan.lower()
            ):
                planned += 1
                assert note.body["date"] <= one["issued"], (note.body["id"], plan)
    assert planned
