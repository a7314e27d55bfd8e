"""What readers of whole records have found in the sixteenth and seventeenth round, as rules for everybody."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from rollout.region.conftest import Json, Record

DAY = timedelta(days=1)


def of_day(text: str) -> date:
    return date.fromisoformat(text[:10])


def told(note: Json, title: str) -> str:
    """What stands under a heading of a note."""
    found = [one["text"]["div"] for one in note["section"] if one["title"] == title]
    return re.sub("<[^>]+>", " ", found[0]).strip() if found else ""


def whole(note: Json) -> str:
    return re.sub("<[^>]+>", " ", " ".join(one["text"]["div"] for one in note["section"]))


def reasons(record: Record) -> dict[str, str]:
    """Why each contact was."""
    return {
        f"Encounter/{one['id']}": one["reasonCode"][0]["text"]
        for one in record.of("Encounter")
        if "reasonCode" in one
    }


def notes(records: dict[str, Record]) -> Iterator[tuple[Record, Json, str]]:
    """Every note with why the contact was."""
    for record in records.values():
        why = reasons(record)
        for one in record.of("Composition"):
            yield record, one, why.get(one.get("encounter", {}).get("reference", ""), "")


def test_no_newborn_has_coughed_for_a_week(records: dict[str, Record]) -> None:
    for record, note, why in notes(records):
        if why == "Forkjølelse":
            assert of_day(note["date"]) - of_day(record.born) >= 60 * DAY


def test_what_comes_again_is_told_in_other_words(records: dict[str, Record]) -> None:
    series: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record, note, why in notes(records):
        if why in {"Kontakteksem", "Seboreisk eksem", "Omgangssyke", "Krystallsyke", "Slapphet"}:
            if said := told(note, "Aktuelt"):
                series[record.patient["id"], why].append(said)
        elif why == "Blærekatarr":
            said = told(note, "Vurdering")
            if said and not said.startswith("Mer urolig"):  # told of residents, once a year or so
                series[record.patient["id"], why].append(said)
        elif "demens" in why.lower() or "alzheimer" in why.lower():
            said = re.sub(r"MMSE \d+\. ", "", told(note, "Kontroll"))
            if said:
                series[record.patient["id"], why].append(said)
    assert any(len(one) > 2 for one in series.values())
    assert [pair for one in series.values() for pair in pairwise(one) if pair[0] == pair[1]] == []


def test_a_child_has_no_score_of_the_grown(records: dict[str, Record]) -> None:
    for record, note, _ in notes(records):
        if "NEWS2" in whole(note):
            assert of_day(note["date"]).year - int(record.born[:4]) >= 16


def test_a_childs_belly_is_not_looked_into_with_rays(records: dict[str, Record]) -> None:
    for record in records.values():
        for one in record.of("DiagnosticReport"):
            if one["code"]["text"] == "CT abdomen":
                assert of_day(one["effectiveDateTime"]).year - int(record.born[:4]) >= 16


def test_sepsis_is_not_over_before_its_last_control(records: dict[str, Record]) -> None:
    seen = 0
    for record in records.values():
        ends = [one["abatementDateTime"] for one in _of(record, "Sepsis") if "abatementDateTime" in one]
        contacts = [one for one in record.of("Encounter") if _why(one) == "Sepsis"]
        seen += len(contacts)
        if ends:
            assert max(one["period"]["start"][:10] for one in contacts) <= max(ends)
    assert seen


def test_who_is_tired_has_blood_taken(records: dict[str, Record]) -> None:
    for record in records.values():
        tested = {one.get("encounter", {}).get("reference") for one in record.of("Observation")}
        first = [one for one in record.of("Encounter") if _why(one) == "Slapphet"]
        lists = {one["encounter"]["reference"] for one in _of(record, "Slapphet") if "encounter" in one}
        assert lists <= tested
        assert len(first) >= len(lists)


def test_who_forgets_much_measures_no_pressure_at_home(records: dict[str, Record]) -> None:
    for record, forgets, note in _forgetting(records):
        said = told(note, "Vurdering")
        assert not re.search("apparat hjem|hjemmemåling|fint hjemme|mosjonerer", said, re.IGNORECASE), (
            record.patient["id"],
            forgets,
        )


def test_who_forgets_much_is_not_left_to_train_alone(records: dict[str, Record]) -> None:
    for _, _, note in _forgetting(records):
        assert "fortsetter øvelser selv" not in told(note, "Sammenfatning")


def test_who_forgets_much_neither_walks_out_alone_nor_looks_back_on_fear(records: dict[str, Record]) -> None:
    for _, _, note in _forgetting(records):
        assert "går tur" not in told(note, "Levevaner")
        assert "Klarer hverdagen" not in told(note, "Samtale")


def test_a_bladder_in_pregnancy_is_cultured(records: dict[str, Record]) -> None:
    for record in records.values():
        why = reasons(record)
        carried = [
            (of_day(one["onsetDateTime"]), of_day(one.get("abatementDateTime", "2100-01-01")))
            for one in _of(record, "Graviditet")
        ]
        for note in record.of("Composition"):
            if why.get(note.get("encounter", {}).get("reference", "")) != "Blærekatarr":
                continue
            if any(first <= of_day(note["date"]) < last for first, last in carried):
                assert "dyrk" in told(note, "Vurdering")


def test_no_pupil_has_trouble_at_work_or_restores_a_house(records: dict[str, Record]) -> None:
    for record, note, why in notes(records):
        if why.startswith("Situasjonsbetinget") and of_day(note["date"]).year - int(record.born[:4]) < 20:
            assert not re.search("jobb|oppussing", told(note, "Aktuelt"))


def _forgetting(records: dict[str, Record]) -> Iterator[tuple[Record, date, Json]]:
    """Notes after the day on which MMSE was found below twenty."""
    for record in records.values():
        low = [
            of_day(one["effectiveDateTime"])
            for one in record.of("Observation")
            if "MMSE" in one["code"]["text"].upper() and one.get("valueQuantity", {}).get("value", 30) < 19
        ]
        for note in record.of("Composition") if low else ():
            if of_day(note["date"]) > min(low):
                yield record, min(low), note


def _of(record: Record, problem: str) -> list[Json]:
    return [one for one in record.of("Condition") if one["code"]["text"] == problem]


def _why(encounter: Json) -> str:
    return str(encounter["reasonCode"][0]["text"]) if "reasonCode" in encounter else ""
