"""What the thirty-seventh round of reading found of stays and what follows them; as rules."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses.municipal.catalogue import PRACTICAL_HELP, Grant
from fellesjournal.rollout.region.courses.municipal.decision import _otherwise
from rollout.region.conftest import Json, Record
from rollout.region.test_rules import Records, notes

FEVERLESS = 37.5
A_DAY = timedelta(hours=24)
BORN, LOOKED = ("MC",), ("UJ", "UG", "F")
"""How the codes of births begin, and of what leaves no wound to speak of."""
AWAITS = r"(?i)\b(blodkultur|dyrkning|ultralyd|røntgen|CT|MR)\w*\b"
ANSWERS = {
    "kultur": "Dyrkning",
    "dyrkning": "Dyrkning",
    "ultralyd": "UL |Ekko",
    "røntgen": "RTG",
    "ct": "CT",
    "mr": "MR",
}
SOON = timedelta(days=60)
"""For so long one control is of the same pain as the next."""


def operations(record: Record) -> Iterator[tuple[Json, Json]]:
    """Each operation during a stay, and the stay."""
    contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
    for one in record.of("Procedure"):
        stay = contacts.get(one.get("encounter", {}).get("reference", ""))
        code = one["code"]["coding"][0]["code"]
        if stay and stay["class"]["code"] == "IMP" and not code.startswith(BORN):
            yield one, stay


def test_who_is_in_theatre_is_nowhere_else(pocket: Records) -> None:
    operated = 0
    for record in pocket.values():
        for one, _ in operations(record):
            start, end = one["performedPeriod"]["start"], one["performedPeriod"]["end"]
            operated += 1
            for other in record.of("Observation"):
                assert not start < other.get("effectiveDateTime", "") < end, (one["id"], other["id"])
            for other in record.of("Composition"):
                assert not start < other["date"] < end, (one["id"], other["id"])
    assert operated


def test_the_days_after_an_operation_name_it(pocket: Records) -> None:
    for record in pocket.values():
        for one, stay in operations(record):
            end, code = one["performedPeriod"]["end"], one["code"]["coding"][0]["code"]
            if code.startswith(LOOKED):
                continue
            for note in notes({"": record}):
                if note.contact is not stay or note.body["date"] <= end:
                    continue
                if "Visitt" in note.text and "infeksjon" not in note.text:
                    assert re.search(r"etter|Operert i dag", note.text), note.body["id"]
                assert "innkomsten står" not in note.text, note.body["id"]
            if re.search("margnagle|hofte", one["code"]["text"]):
                there = [
                    medicine(line)["coding"][0]["code"]
                    for line in record.of("MedicationStatement")
                    if line["effectivePeriod"]["start"]
                    <= end[:10]
                    <= line["effectivePeriod"].get("end", "9999")
                ]
                assert any(each.startswith("B01A") for each in there), one["id"]


def test_who_is_said_to_be_feverless_is_so_on_the_last_day(pocket: Records) -> None:
    said = 0
    for note in notes(pocket):
        if re.search("[Ff]eberfri", note.text) and note.contact.get("class", {}).get("code") == "IMP":
            over = note.contact["period"].get("end")
            for one in note.record.of("Observation") if over else ():
                when = one.get("effectiveDateTime", "")
                at_last = over and when and datetime.fromisoformat(over) - datetime.fromisoformat(when)
                if one["code"]["text"] == "Temperatur" and at_last and timedelta() <= at_last < A_DAY:
                    said += 1
                    assert one["valueQuantity"]["value"] < FEVERLESS, one["id"]
    assert said


def test_what_is_planned_on_arrival_is_answered(pocket: Records) -> None:
    planned = 0
    for note in notes(pocket):
        until = note.contact.get("period", {}).get("end", "")
        if "Plan" not in str(note.body.get("section")) or "Status" not in str(note.body.get("section")):
            continue
        if not until or note.contact["class"]["code"] != "IMP":
            continue
        plan = next(str(one["text"]) for one in note.body["section"] if one.get("title") == "Plan")
        answered = " ".join(
            one["code"]["text"]
            for one in note.record.of("DiagnosticReport")
            if one.get("encounter", {}).get("reference") == f"Encounter/{note.contact['id']}"
        )
        for word in re.findall(AWAITS, plan):
            kind = next((what for start, what in ANSWERS.items() if start in word.lower()), "")
            planned += 1
            assert re.search(kind, answered), (note.body["id"], plan, answered)
    assert planned


def test_a_stroke_is_named_when_its_pictures_are_seen(pocket: Records) -> None:
    named = 0
    for note in notes(pocket):
        if re.search(r"Akutt hjerneinfarkt|Vurdering.*\bTIA\.", note.text) and "Plan" in note.text:
            issued = [
                one["issued"]
                for one in note.record.of("DiagnosticReport")
                if one["code"]["text"].startswith("CT caput")
                and one.get("encounter", {}).get("reference") == f"Encounter/{note.contact['id']}"
            ]
            named += 1
            assert any(one <= note.body["date"] for one in issued), note.body["id"]
    assert named


def test_a_ward_asks_for_tests_that_it_took(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Communication"):
            if "kontroll av kreatinin og kalium" not in str(one["payload"]):
                continue
            sent = datetime.fromisoformat(one["sent"])
            lately = [
                each
                for each in record.of("Encounter")
                if each["class"]["code"] == "IMP"
                and "end" in each["period"]
                and timedelta() < sent - datetime.fromisoformat(each["period"]["end"]) < timedelta(days=10)
            ]
            assert any(
                test["code"]["text"] == "Kreatinin"
                for each in lately
                for test in record.of("Observation")
                if test.get("encounter", {}).get("reference") == f"Encounter/{each['id']}"
            ), one["id"]


def test_what_is_trained_at_home_begins_with_the_first_visit(pocket: Records) -> None:
    for record in pocket.values():
        met = [
            note.body["date"][:10]
            for note in notes({"": record})
            if note.body["section"][0].get("title") == "Hverdagsrehabilitering"
        ]
        for plan in record.of("CarePlan"):
            for one in plan["activity"]:
                if one["detail"]["code"]["text"] == "Hverdagsrehabilitering":
                    begins = one["detail"]["scheduledPeriod"]["start"]
                    goal = one["detail"]["goal"][0]["reference"].split("/")[1]
                    (aim,) = [each for each in record.of("Goal") if each["id"] == goal]
                    assert aim["startDate"] == begins, plan["id"]
                    assert not met or begins == min(met), (plan["id"], met)


def test_who_is_nearly_well_is_not_referred_for_the_same(pocket: Records) -> None:
    for record in pocket.values():
        told = sorted((note.day, note.text) for note in notes({"": record}))
        said = [one for one in told if re.search("Klart bedre, nesten som før|MR viser prolaps", one[1])]
        for (first, before), (then, after) in pairwise(said):
            if then - first < SOON:
                assert not ("nesten som før" in before and "Henvist til vurdering" in after), after


def test_a_faint_is_not_trained_after(pocket: Records) -> None:
    for note in notes(pocket):
        assert not re.search("Innlagt med (synkope|besvimelse), ikke klar", note.text), note.body["id"]


def test_what_is_asked_for_and_not_granted_has_a_reason() -> None:
    cleaning = [Grant(PRACTICAL_HELP, "rengjøring hver tredje uke")]
    assert "innkjøp" in _otherwise(cleaning, {2: 3, 9: 2})
    assert "middag" in _otherwise(cleaning, {2: 1, 9: 4})
    assert not _otherwise([Grant(PRACTICAL_HELP, "rengjøring, innkjøp og mat")], {2: 4, 9: 4})
