"""What the thirty-seventh round of reading found, ten records by lot; as rules."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.vitals import SECOND
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, on

AT_WORK = re.compile(
    r"Sykmeld|Egenmelding|på jobb|Jobber fullt|[Kk]larer jobben|førerkort klasse C|snekring|arbeid over ho"
)
"""What is said of those who work, or work hard at home."""
OLDEST = 70
LAST = "2026-11-26"
PREGNANT = "Gravid"
FROM_ITS_DAY = {
    "NEWS2": SECOND,
    "Statsforvalteren": date(2021, 1, 1),
    "ovid": date(2020, 1, 25),
    "uke 12": date(2022, 1, 1),
}
UNTIL_ITS_DAY = {"Fylkesmannen": date(2021, 1, 1), "NEWS-skår": SECOND}
"""Words of their time, and when that begins or ends."""


def helped(record: Record, day: str) -> bool:
    """Whether the house is cleaned for them on the day, or they live in a home; one may work who is talked to
    once a week."""
    for one in record.of("EpisodeOfCare"):
        since, until = one["period"]["start"], one["period"].get("end", "9999")
        what = " ".join(kind["text"] for kind in one["type"])
        if since <= day <= until and ("Praktisk bistand" in what or "Langtidsopphold" in what):
            return True
    return False


def letters(record: Record) -> Iterator[tuple[str, str]]:
    for one in record.of("DocumentReference"):
        yield one["date"][:10], one.get("description", "")


def test_of_work_one_hears_from_those_who_work(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        if AT_WORK.search(note.text):
            told += 1
            age = (note.day - on(note.record.born)).days / 365.25
            assert age < OLDEST, note.body["id"]
            assert not helped(note.record, note.day.isoformat()), note.body["id"]
    for record in pocket.values():
        for day, title in letters(record):
            if "arbeidsplassen" in title:
                assert (on(day) - on(record.born)).days / 365.25 < OLDEST - 2, record.patient["id"]
                assert not helped(record, day), record.patient["id"]
    assert told


def test_what_ends_for_a_pregnancy_ends_when_she_knows(records: Records) -> None:
    ended = 0
    for record in records.values():
        known = [
            (one["onsetDateTime"], one.get("abatementDateTime", "9999"))
            for one in record.of("Condition")
            if one["code"]["text"] == "Graviditet"
        ]
        for one in record.of("MedicationStatement"):
            if any(why["text"] == PREGNANT for why in one.get("statusReason", ())):
                ended += 1
                day = one["effectivePeriod"]["end"]
                assert any(since <= day <= until for since, until in known), (
                    one["id"],
                    medicine(one)["text"],
                )
    assert ended


def test_words_are_of_their_time(records: Records) -> None:
    seen = set()
    for note in notes(records):
        for words, day in FROM_ITS_DAY.items():
            if words in note.text:
                seen.add(words)
                assert note.day >= day, (note.body["id"], words)
        for words, day in UNTIL_ITS_DAY.items():
            if words in note.text:
                seen.add(words)
                assert note.day < day, (note.body["id"], words)
    assert {"NEWS2", "NEWS-skår"} <= seen


ITS_DAY = re.compile(r"i dag|i natt|morgenen|i ettermiddag|i en time|etter middag|lutselig|brått|i morges")
PASSES = (
    "Byll på rygg",
    "Nakkesmerter",
    "Tennisalbue",
    "Akutt bronkitt",
    "Isjias",
    "Hemoroider",
    "Blærekatarr",
)


def test_what_passes_was_there_the_day_before(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        told = {
            note.body.get("encounter", {}).get("reference", ""): note.text for note in notes({"": record})
        }
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        ended: dict[str, str] = {}
        for one in sorted(record.of("Condition"), key=lambda one: str(one["onsetDateTime"])):
            name, where = one["code"]["text"], one.get("encounter", {}).get("reference", "")
            before = ended.get(name, "")
            ended[name] = one.get("abatementDateTime", "9999")
            if name in PASSES and where in contacts:
                day = on(contacts[where]["period"]["start"])
                seen += 1
                again = before and (day - on(before)).days <= 1
                text = told.get(where, "")
                assert again or on(one["onsetDateTime"]) < day or ITS_DAY.search(text), (one["id"], name)
                if "hele helgen" in text:
                    assert on(one["onsetDateTime"]).weekday() in (5, 6), one["id"]
    assert seen


def test_a_harmless_spot_that_is_left_does_not_end(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        for one in record.of("Condition"):
            if one["code"]["text"] in ("Seboreisk vorte", "Pigmentflekk") and "encounter" in one:
                seen += 1
                assert "abatementDateTime" not in one, one["id"]
    assert seen


def test_a_test_of_yesterday_was_taken_yesterday(pocket: Records) -> None:
    tested = 0
    for record in pocket.values():
        taken = [
            one["effectiveDateTime"]
            for one in record.of("Observation")
            if one["code"].get("text", "").startswith("SARS-CoV-2")
        ]
        for note in notes({"": record}):
            if re.search(r"covid-19 i går|[Cc]ovid-19-test i går", note.text):
                tested += 1
                yesterday = (note.day - timedelta(days=1)).isoformat()
                assert any(one.startswith(yesterday) and 8 <= int(one[11:13]) < 20 for one in taken), (
                    note.body["id"]
                )
    assert tested


def test_this_years_stays_are_told_by_their_month(pocket: Records) -> None:
    for note in notes(pocket):
        for words in re.findall(r"Innlagt med [^.]*", note.text):
            assert not re.search(rf" i {note.day.year}\b", words), note.body["id"]
            assert "antatt infeksiøs" not in words, note.body["id"]


def test_who_sleeps_badly_is_not_said_to_sleep_well(records: Records) -> None:
    for note in notes(records):
        if re.search(r"sover greit|sover som ventet|våkner med barnet", note.text):
            for one in note.record.of("Condition"):
                if one["code"]["text"] == "Søvnproblemer":
                    wrote = on(one["recordedDate"])
                    assert not wrote < note.day < on(one.get("abatementDateTime", "9999-12-31")), note.body[
                        "id"
                    ]


def test_tablets_for_sleep_are_prescribed_for_a_year_and_not_just_before_they_end(records: Records) -> None:
    taken = 0
    for record in records.values():
        prescribed = sorted(
            one["authoredOn"][:10]
            for one in record.of("MedicationRequest")
            if medicine(one)["text"].startswith("Zopiklon")
        )
        for one in record.of("MedicationStatement"):
            if not medicine(one)["text"].startswith("Zopiklon"):
                continue
            period = one["effectivePeriod"]
            until = period.get("end", LAST)
            mine = [day for day in prescribed if period["start"] <= day <= until]
            for day, following in pairwise([*mine, until]):
                taken += 1
                assert (on(following) - on(day)).days <= 410, one["id"]
            if any(why["text"] == "Trappet ned" for why in one.get("statusReason", ())) and len(mine) > 1:
                assert (on(until) - on(mine[-1])).days >= 30, one["id"]
    assert taken


def test_a_week_of_pregnancy_has_seven_days(records: Records) -> None:
    for record in records.values():
        told = [
            note for note in notes({"": record}) if re.search(r"Innkomst: P\d, uke|Fødselen: ", note.text)
        ]
        for came, born in pairwise(told):
            first, then = (re.search(r"uke (\d+)\+(\d)", one.text) for one in (came, born))
            at_birth = re.search(r"klokka (\d\d)\.", born.text)
            if first and then and at_birth and came.body["encounter"] == born.body["encounter"]:
                days = 7 * int(then[1]) + int(then[2]) - 7 * int(first[1]) - int(first[2])
                late = at_birth[1] == "23" and born.body["date"][11:13] == "00"
                assert days == (born.day - came.day).days - late, born.body["id"]
            assert "vakuum" not in born.text or "vakuum ved lege" in born.text, born.body["id"]
