"""What twelve records that were read whole said against themselves; as rules."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain

from fellesjournal.rollout.region.courses import border, controls, papers
from fellesjournal.rollout.region.courses.hypertension import PRESSED
from fellesjournal.rollout.region.driving import NURSED
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record, bodies
from rollout.region.test_rules import Records, notes, plain

Lives = Callable[..., Life]
DAY = timedelta(days=1)
OUTDOORS, HELPED = "Bevege seg utendørs", 3


def outdoors(record: Record) -> Iterator[tuple[str, int]]:
    """The days on which it was found how much help is needed outdoors, and how much."""
    for one in record.of("Observation"):
        if OUTDOORS in str(one["code"]):
            yield one["effectiveDateTime"][:10], int(one["valueCodeableConcept"]["coding"][0]["code"])


ADVICE = "kan kjøre igjen|Kan kjøre igjen|Ikke bilkjøring|kjøreforbud"


def is_nursed(record: Record, day: str) -> bool:
    """Whether nurses come to the home on the day."""
    spans = [one["period"] for one in record.of("EpisodeOfCare") if "Helsetjenester i hjemmet" in str(one)]
    return any(one["start"] <= day < one.get("end", "9999") for one in spans)


def test_who_is_helped_outdoors_is_not_fit_to_drive(records: Records) -> None:
    met = 0
    for note in notes(records):
        if "Førerkortattest:" in note.text:
            day = note.day.isoformat()
            found = [score for seen, score in sorted(outdoors(note.record)) if seen <= day]
            if found and found[-1] >= HELPED and is_nursed(note.record, day):
                met += 1
                assert "Helsekravene er oppfylt" not in note.text, note.body["id"]
    assert met


def test_nobody_is_certified_again_who_was_found_unfit(records: Records) -> None:
    met = 0
    for record in records.values():
        told = [one.text for one in notes({"": record}) if "Førerkortattest:" in one.text]
        unfit = ["ikke oppfylt" in one or "slutte å kjøre" in one for one in told]
        met += any(unfit)
        assert not any(unfit[:-1]), record.patient["id"]
    assert met


def test_the_licence_goes_when_help_outdoors_has_come(life: Lives) -> None:
    for number in range(30):
        one = life(date(1940, 5, 5), seed=f"kjører{number}")
        since = date(2019, 1, 1)
        one.decline.outdoors.append((since, True))
        one.decline.helped_at_home.append((since, date.max, True))
        papers.drives_on(one)
        texts = [plain(part) for note in bodies(one) for part in note.get("section", ())]
        assert not any("Helsekravene er oppfylt" in text for text in texts), texts
        if texts:
            assert one.decline.drove_until is not None
            assert one.decline.drove_until < date(2020, 8, 1)


def test_the_mattress_comes_once(records: Records, pocket: Records) -> None:
    told = 0
    for record in [*records.values(), *pocket.values()]:
        come = [one for one in notes({"": record}) if "madrass er kommet" in one.text]
        told += len(come)
        assert len(come) < 2, come[1].body["id"]
    assert told


def test_the_hospital_calls_a_stay_what_its_letter_does(records: Records) -> None:
    met = 0
    for record in records.values():
        letters = " ".join(one.text for one in notes({"": record}) if "Diagnose:" in one.text).lower()
        for one in record.of("Communication"):
            for name in re.findall(r"Etter oppholdet for ([^:]+): ber om", str(one["payload"])):
                met += 1
                assert f"diagnose: {name.lower()}" in letters, one["id"]
    assert met


def test_who_comes_about_the_pressure_soon_does_not_measure_at_home_before(life: Lives) -> None:
    one, day = life(), date(2024, 3, 4)
    assert "hjemme" in controls._too_high(one, day)[0]
    one.gp(day + timedelta(days=28), PRESSED)
    assert "hjemme" not in controls._too_high(one, day)[0]


def test_what_one_measures_oneself_is_held_against_what_nurses_measured(life: Lives) -> None:
    for told in (True, False):
        one, day = life(), date(2024, 3, 4)
        border._seen_again(one, day)
        if told:
            one.body.high_at_home.append(day)
        said = [plain(part) for note in bodies(one) for part in note.get("section", ())]
        assert any("snitt" in text for text in said), said
        assert any("lavere enn hos hjemmesykepleien" in text for text in said) is told, said


def test_who_lives_in_a_nursing_home_is_given_medicines_there(records: Records, pocket: Records) -> None:
    met = 0
    for note in chain(notes(records), notes(pocket)):
        homes = [one for one in note.record.of("EpisodeOfCare") if "Langtidsopphold" in str(one)]
        moved = min((one["period"]["start"] for one in homes), default="9999")
        if note.text.startswith("Diagnose:") and moved < note.day.isoformat():
            met += "gis på sykehjemmet" in note.text
            assert "e-resept" not in note.text, note.body["id"]
    assert met


def test_whom_nurses_have_long_come_to_is_not_told_when_to_drive(records: Records, pocket: Records) -> None:
    told = 0
    for note in chain(notes(records), notes(pocket)):
        if re.search(ADVICE, note.text):
            told += 1
            nursed = all(is_nursed(note.record, (note.day - one).isoformat()) for one in (NURSED, DAY))
            led = [more >= HELPED for seen, more in outdoors(note.record) if seen < note.day.isoformat()]
            assert not (nursed and led and all(led)), note.body["id"]
    assert told
