"""What the thirtieth round of reading found, ten records by lot; as rules for pockets of other seeds."""

import re

from rollout.region.test_rules import ENDLESS, Records, notes, used

TOLD_PICTURES = ("Røntgen: brudd",)


def test_a_list_that_is_sent_has_what_is_used_for_a_while_too(pocket: Records) -> None:
    sent = 0
    for record in pocket.values():
        for one in record.of("Communication"):
            said = " ".join(part.get("contentString", "") for part in one["payload"])
            if not said.startswith("Listen i dag: "):
                continue
            sent += 1
            day = one["sent"][:10]
            for name, _, since, until in used(record):
                if since <= day < (until or ENDLESS):
                    assert name in said, (one["id"], name)
    assert sent


def test_a_reaction_is_one_that_the_substance_gives(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("AllergyIntolerance"):
            reactions = [part.get("text", "") for r in one.get("reaction", ()) for part in r["manifestation"]]
            if one["code"]["text"] in ("Nikkel", "Bisstikk"):
                assert not any("nysing" in said for said in reactions), one["id"]


def test_pictures_that_legevakt_tells_of_are_there(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        if any(words in note.text for words in TOLD_PICTURES):
            told += 1
            pictured = [one["encounter"]["reference"] for one in note.record.of("ImagingStudy")]
            assert note.body["encounter"]["reference"] in pictured, note.body["id"]
    assert told


def test_medicines_are_laid_out_for_who_uses_some_every_day(pocket: Records) -> None:
    rolls = 0
    for note in notes(pocket):
        if "ultidoserull" in note.text:
            rolls += 1
            day = note.day.isoformat()
            regular = [
                one
                for one in note.record.of("MedicationStatement")
                if one["effectivePeriod"]["start"] <= day < one["effectivePeriod"].get("end", ENDLESS)
                and not one["dosage"][0].get("asNeededBoolean")
            ]
            assert regular, note.body["id"]
    assert rolls


def test_blood_in_the_urine_is_read_off_a_strip(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search(r"\bBlod i urin", note.text):
            strips = [
                one
                for one in note.record.of("Observation")
                if one.get("encounter", {}).get("reference") == note.body["encounter"]["reference"]
                and one["code"]["text"].startswith("Blod i urin")
            ]
            assert strips, note.body["id"]


def test_no_measuring_is_promised_in_a_grade_that_may_be_over(pocket: Records) -> None:
    assert not any(re.search(r"Måles igjen på \d+\. trinn", note.text) for note in notes(pocket))
