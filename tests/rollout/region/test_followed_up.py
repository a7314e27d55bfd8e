"""What is found is followed up: rules for everybody, from the twenty-second round of reading on."""

import re
from datetime import date, timedelta

from rollout.region.conftest import Json, Record
from rollout.region.test_readings_lately import notes, of_day, told, whole

DAY = timedelta(days=1)
LAST = date(2026, 11, 26)
FOLLOWED = {"K86", "K89", "K74", "K75", "K76", "K77", "K78", "K90", "K91", "T90", "U99", "W81", "W84", "W78"}
"""ICPC-2 codes of those whose pressure is followed for another reason."""


def dying(record: Record) -> date:
    return of_day(record.died) - 200 * DAY if record.died else date.max


def code(one: Json) -> str:
    return str(one["code"]["coding"][0]["code"])


def at_gps(record: Record) -> dict[str, Json]:
    """Visits at the GP's, by reference."""
    return {
        f"Encounter/{one['id']}": one
        for one in record.of("Encounter")
        if "legekontor" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB"
    }


def test_a_child_whose_ears_are_inflamed_again_and_again_is_sent_on(records: dict[str, Record]) -> None:
    often = 0
    for record in records.values():
        ears = sorted(
            of_day(one["recordedDate"])
            for one in record.of("Condition")
            if one["code"]["text"] == "Akutt mellomørebetennelse"
        )
        sent = [
            of_day(one["authoredOn"])
            for one in record.of("ServiceRequest")
            if one["reasonCode"][0]["text"] == "Gjentatte ørebetennelser"
        ]
        for number, span in ((3, 183), (4, 365)):
            for first, last in zip(ears, ears[number - 1 :], strict=False):
                if (last - first).days <= span:
                    often += 1
                    assert any(first < one <= last for one in sent), (record.patient["id"], last)
    assert often


def test_a_ward_knows_what_is_in_plaster(records: dict[str, Record]) -> None:
    found = 0
    for record in records.values():
        worn = [
            (of_day(note["date"]), r"Støvel|Gips")
            for note in record.of("Composition")
            if re.search(r"Støvel i seks uker|god sirkulasjon\. Gips\.|Gips i fem uker", whole(note))
        ]
        for note in record.of("Composition"):
            if said := told(note, "Tidligere sykdommer"):
                for since, word in worn:
                    if since < of_day(note["date"]) <= since + 30 * DAY:
                        found += 1
                        assert re.search(word, said), (record.patient["id"], note["date"])
    assert found


def test_a_pressure_at_the_border_is_looked_into(records: dict[str, Record]) -> None:
    raised = 0
    for record in records.values():
        met, ill = at_gps(record), FOLLOWED & {code(one) for one in record.of("Condition")}
        taken = sorted(
            (of_day(one["effectiveDateTime"]), one["component"][0]["valueQuantity"]["value"])
            for one in record.of("Observation")
            if one["code"]["text"] == "Blodtrykk" and one.get("encounter", {}).get("reference") in met
        )
        moved = any("Langtidsopphold" in str(one["type"]) for one in record.of("EpisodeOfCare"))
        for day, systolic in taken:
            soon = day + 150 * DAY
            if ill or moved or systolic < 140 or soon > min(LAST, dying(record)):
                continue
            raised += 1
            near = day - 1001 * DAY
            said = [
                told(note, "Blodtrykk")
                for note in record.of("Composition")
                if near <= of_day(note["date"]) <= soon
            ]
            assert any(said), (record.patient["id"], day, systolic)
    assert raised > 20


def test_who_is_very_heavy_and_weighed_is_told(records: dict[str, Record]) -> None:
    heavy = 0
    for record, note, why in notes(records):
        if why != "Helsekontroll":
            continue
        weights = [
            one["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"]["text"] == "Vekt" and one.get("encounter") == note["encounter"]
        ]
        heights = [
            one["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"]["text"] == "Høyde" and one["valueQuantity"]["value"] > 140
        ]
        if weights and heights and weights[0] / (heights[-1] / 100) ** 2 > 33:
            heavy += 1
            assert "KMI" in told(note, "Vekt"), (record.patient["id"], note["date"])
    assert heavy
