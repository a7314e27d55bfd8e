"""Classes of contradiction that readers have found, each a rule for everybody in pockets of other seeds.

docs/decisions/region.md lists the classes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.paraphrases import _SAME, otherwise
from rollout.region.conftest import Json, Record

Records = dict[str, Record]
SOON = timedelta(days=60)
"""For so long after its end a contact about a problem is about what has been."""
ENDLESS = "9999-12-31"
BY = {
    "Fysioterapi": {"fysioterapeut"},
    "Kartleggingsbesøk": {"saksbehandler"},
    "Behandlingstime": {"psykolog"},
    "Operasjonsbeskrivelse": {"lege"},
    "Epikrise": {"lege"},
    "Svangerskapskontroll": {"jordmor"},
    "Sykepleie": {"sykepleier"},
    "Månedsnotat": {"helsefagarbeider", "sykepleier"},
    "Praktisk bistand": {"hjemmehjelp"},
    "Årskontroll": {"lege"},
    "Helsekontroll": {"helsesykepleier", "lege"},
}
"""Who writes under a heading, by role."""
FOR = {
    "A10": ("diabetes", "hjertesvikt", "nyresykdom"),
    "H03AA": ("hypotyreose",),
    "N06D": ("demens", "alzheimer"),
    "R03": ("astma", "kols", "obstruktiv bronkitt"),
    "M04": ("gikt",),
    "N06BA": ("adhd",),
    "G04C": ("prostata",),
    "N02CC": ("migrene",),
}
"""What is on the list of one who uses such medicines."""
OF_A_WOMAN, OF_A_MAN = r"\b(gravid|livmor\w*|skjeden?|underliv\w*|mens)\b", r"\b(prostata|pungen|testik\w*)\b"
GROWN, AT_WORK = r"sykmeld|arbeidsgiver|førerkort|kollega", r"sykmeldt|på jobben|arbeidsgiver"


class Note(NamedTuple):
    """A note, its contact, and what is measured there."""

    record: Record
    day: date
    text: str
    body: Json
    contact: Json


def on(text: str) -> date:
    return date.fromisoformat(text[:10])


def plain(section: Json) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", section["text"]["div"])).strip()


def under(note: Json, title: str) -> str:
    return next((one["text"]["div"] for one in note["section"] if one["title"] == title), "")


def notes(records: Records) -> Iterator[Note]:
    for record in records.values():
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in sorted(record.of("Composition"), key=lambda one: str(one["date"])):
            text = " ".join(f"{part['title']}: {plain(part)}" for part in one["section"])
            contact = contacts.get(one.get("encounter", {}).get("reference", ""), {})
            yield Note(record, on(one["date"]), text, one, contact)


def reasons(contact: Json) -> list[str]:
    return [one["text"] for one in contact.get("reasonCode", ())]


def age(record: Record, day: date) -> int:
    born = on(record.born)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def measured(records: Records) -> defaultdict[str, defaultdict[str, list[float]]]:
    """Values by contact and name."""
    found: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in records.values():
        for one in record.of("Observation"):
            if "encounter" in one and "valueQuantity" in one:
                name = one["code"].get("text", "")
                found[one["encounter"]["reference"]][name].append(one["valueQuantity"]["value"])
    return found


def used(record: Record) -> list[tuple[str, str, str, str]]:
    """Name, ATC code, first day and the day on which it is not used any more."""
    return [
        (
            medicine(one)["text"],
            medicine(one)["coding"][0]["code"],
            one["effectivePeriod"]["start"],
            one["effectivePeriod"].get("end", ENDLESS),
        )
        for one in record.of("MedicationStatement")
    ]


def problems(record: Record) -> list[tuple[str, str, str]]:
    return [
        (one["code"]["text"], one["onsetDateTime"], one.get("abatementDateTime", ENDLESS))
        for one in record.of("Condition")
    ]


# Dates and contacts


def test_no_problem_is_over_before_the_last_contact_about_it(pocket: Records) -> None:
    checked = 0
    for record in pocket.values():
        listed = problems(record)
        for contact in record.of("Encounter"):
            day = contact["period"]["start"][:10]
            for why in reasons(contact):
                spans = [one for one in listed if one[0] == why]
                checked += bool(spans)
                if not any(since <= day <= until for _, since, until in spans):
                    late = [until for _, _, until in spans if on(until) < on(day) <= on(until) + SOON]
                    assert not late, (record.patient["id"], why, day)
    assert checked > 1000


def test_what_is_found_and_written_at_a_contact_is_of_its_time(pocket: Records) -> None:
    for record in pocket.values():
        periods = {f"Encounter/{one['id']}": one["period"] for one in record.of("Encounter")}
        for one in (*record.of("Observation"), *record.of("Composition")):
            period = periods.get(one.get("encounter", {}).get("reference", ""))
            when = one.get("effectiveDateTime") or one.get("date", "")
            if period and when:
                assert period["start"] <= when <= period.get("end", ENDLESS), one["id"]


def test_nobody_sees_the_gp_twice_on_a_day(pocket: Records) -> None:
    for record in pocket.values():
        days = Counter(
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if one["class"]["code"] == "AMB" and "legekontor" in one["serviceProvider"]["reference"]
        )
        assert max(days.values(), default=0) <= 1, (record.patient["id"], days.most_common(1))


def test_nobody_lies_in_two_wards_or_visits_others_from_one(pocket: Records) -> None:
    for record in pocket.values():
        contacts = record.of("Encounter")
        stays = [one for one in contacts if "sengepost" in one["serviceProvider"]["reference"]]
        for stay in stays:
            begins, ends = stay["period"]["start"], stay["period"].get("end", ENDLESS)
            for one in contacts:
                if one is not stay and "sykehjem" not in one["serviceProvider"]["reference"]:
                    inside = begins[:10] < one["period"]["start"][:10] < ends[:10]
                    assert not inside, (record.patient["id"], one["id"])


# Plans and what happened


def test_who_is_said_to_be_referred_has_a_referral(pocket: Records) -> None:
    said = 0
    for note in notes(pocket):
        refers = re.search("Henvist (til|hjerte|kirurg|i pakke)", note.text)
        if refers and "ved nye" not in note.text:
            said += 1
            asked = [on(one["authoredOn"]) for one in note.record.of("ServiceRequest")]
            assert any(abs(one - note.day) <= timedelta(days=3) for one in asked), note.text
    assert said > 20


def test_antibiotics_that_a_note_prescribes_are_on_the_list(pocket: Records) -> None:
    said = 0
    for note in notes(pocket):
        if re.search("Antibiotika i (en|tre|fem|syv|ti)", note.text) and note.contact:
            said += 1
            begun = {since for _, code, since, _ in used(note.record) if code.startswith("J01")}
            assert note.day.isoformat() in begun, (note.record.patient["id"], note.text)
    assert said > 5


def test_blood_that_is_said_to_be_taken_is_answered(pocket: Records) -> None:
    said = 0
    for note in notes(pocket):
        if re.search("[Pp]røver (er )?tatt|[Bb]lodprøver (er )?tatt", note.text) and note.contact:
            said += 1
            taken = [on(one["effectiveDateTime"]) for one in note.record.of("Observation")]
            assert any(timedelta() <= one - note.day <= timedelta(days=7) for one in taken), note.text
    assert said > 5


# Medicines


def test_a_discharge_letter_lists_what_is_used_on_the_day(pocket: Records) -> None:
    letters = 0
    for note in notes(pocket):
        listed = under(note.body, "Legemidler ved utskrivning")
        if listed:
            letters += 1
            lines = re.findall("<p>(.*?)</p>", listed)
            names = Counter(one.partition(":")[0] for one in lines if one != "Ingen faste.")
            day = note.day.isoformat()
            taken = Counter(name for name, _, since, until in used(note.record) if since <= day < until)
            assert names == taken, (note.record.patient["id"], day)
    assert letters > 40


def test_what_is_used_for_an_illness_is_used_by_those_who_have_it(pocket: Records) -> None:
    found = 0
    for record in pocket.values():
        known = " ".join(name for name, _, _ in problems(record)).lower()
        for name, code, *_ in used(record):
            for prefix, illnesses in FOR.items():
                if code.startswith(prefix):
                    found += 1
                    assert any(one in known for one in illnesses), (record.patient["id"], name, known)
    assert found > 20


def test_nothing_is_on_the_list_twice_at_a_time_or_prescribed_beside_it(pocket: Records) -> None:
    for record in pocket.values():
        taken = used(record)
        for number, (_, code, since, until) in enumerate(taken):
            for _, other, from_, to in taken[number + 1 :]:
                assert code != other or until <= from_ or to <= since, (record.patient["id"], code)
        for one in record.of("MedicationRequest"):
            code, day = medicine(one)["coding"][0]["code"], one["authoredOn"][:10]
            assert any(code == other and a <= day <= b for _, other, a, b in taken), one["id"]


def test_medicines_that_stay_the_same_are_not_changed_that_day(pocket: Records) -> None:
    for note in notes(pocket):
        if "Samme medisiner" in note.text:
            day = note.day.isoformat()
            lasting = [(a, b) for *_, a, b in used(note.record) if on(b) - on(a) > timedelta(days=30)]
            assert all(day not in span for span in lasting), note.record.patient["id"]


# Who is written of, and by whom


def test_words_are_those_of_the_citizens_sex_and_age(pocket: Records) -> None:
    for note in notes(pocket):
        woman, years = note.record.patient["gender"] == "female", age(note.record, note.day)
        assert not re.search(OF_A_MAN if woman else OF_A_WOMAN, note.text), note.text
        assert years >= 16 or not re.search(GROWN, note.text, re.IGNORECASE), note.text
        assert years < 67 or not re.search(AT_WORK, note.text, re.IGNORECASE), (years, note.text)


def test_notes_are_written_by_those_whose_notes_they_are(pocket: Records) -> None:
    seen = Counter[str]()
    for note in notes(pocket):
        role = re.search(r"-([a-zæøå]+)-\d+$", note.body["author"][0]["reference"])
        for part in note.body["section"]:
            allowed = BY.get(part["title"])
            if role and allowed:
                seen[part["title"]] += 1
                assert role[1] in allowed, (part["title"], role[0])
    assert len(seen) > 8


def test_who_writes_of_a_visit_was_there(pocket: Records) -> None:
    for note in notes(pocket):
        if note.contact and note.contact["class"]["code"] in {"AMB", "EMER", "VR"}:
            there = [one["individual"]["reference"] for one in note.contact["participant"]]
            assert note.body["author"][0]["reference"] in there, note.body["id"]


def test_what_one_is_known_with_is_on_the_list(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        before = re.search(r"Kjent med ([^.]*)\..* Allergier:", note.text)
        if before:
            listed = [one for one in problems(note.record) if one[1] <= note.day.isoformat() <= one[2]]
            said = before[1].lower()
            told += 1
            for name, *_ in listed:
                said = said.replace(name.lower(), "")
            assert not re.sub(r"[,\s]|og", "", said), (note.record.patient["id"], before[1])
    assert told > 20


# Values and words


def test_fever_is_said_of_those_who_have_it(pocket: Records) -> None:
    values, said = measured(pocket), 0
    for note in notes(pocket):
        warm = values[f"Encounter/{note.contact['id']}"]["Temperatur"] if note.contact else []
        if warm and note.contact["class"]["code"] != "IMP":
            said += 1
            assert max(warm) >= 38.5 or "Høy feber" not in note.text, (warm, note.text)
            assert max(warm) < 38 or not re.search("Feberfri|ikke feber", note.text), (warm, note.text)
    assert said > 20


def test_low_oxygen_is_spoken_of(pocket: Records) -> None:
    values = measured(pocket)
    for note in notes(pocket):
        found = values[f"Encounter/{note.contact['id']}"]["Oksygenmetning"] if note.contact else []
        if found and min(found) < 92 and note.contact["class"]["code"] != "IMP":
            assert re.search("KOLS|pust|SpO2|oksygen|Spirometri|[Tt]ett i brystet", note.text), (
                found,
                note.text,
            )


def test_nobody_grows_shorter_or_changes_weight_from_week_to_week(pocket: Records) -> None:
    for record in pocket.values():
        for name, least, within in (("Høyde", -1.5, 36_500), ("Vekt", -7, 30)):
            line = sorted(
                (one["effectiveDateTime"], one["valueQuantity"]["value"])
                for one in record.of("Observation")
                if one["code"].get("text") == name and age(record, on(one["effectiveDateTime"])) < 75
            )
            for (before, low), (after, high) in pairwise(line):
                near = on(after) - on(before) < timedelta(days=within)
                assert not near or high - low > least, (record.patient["id"], name, before, after)


# Same words


def test_notes_of_one_citizen_do_not_say_the_same_the_next_time(pocket: Records) -> None:
    again = total = 0
    for record in pocket.values():
        before: dict[tuple[object, ...], str] = {}
        for note in notes({"": record}):
            about = (*reasons(note.contact), *(part["title"] for part in note.body["section"]))
            bare = re.sub(r"\d+([,.]\d+)?", "0", note.text)
            total += about in before
            again += before.get(about) == bare
            before[about] = bare
    assert total > 2000
    assert again / total < 0.03, (again, total)


def test_no_message_of_one_citizen_is_sent_again_and_again_in_the_same_words(pocket: Records) -> None:
    for record in pocket.values():
        sent = [str(one["payload"]) for one in record.of("Communication") if "contentString" in str(one)]
        assert all(times < 6 for times in Counter(sent).values()), record.patient["id"]


def test_other_words_come_round_and_leave_the_rest(pocket: Records) -> None:
    said: dict[str, int] = {}
    told = [otherwise("Uke 30. Urin u.a. Fosterlyd fin.", said) for _ in range(6)]
    assert told[0] == "Uke 30. Urin u.a. Fosterlyd fin."
    assert len(set(told)) == 6
    assert all(one.startswith("Uke 30. ") and one.endswith(".") for one in told)
    sentences = [one for ways in _SAME for one in ways]
    assert len(sentences) == len(set(sentences))
