"""What is said of contraception, calls, certificates and check-ups, and the rest of the record bears out."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import contraception, lost_pregnancies
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from rollout.region.conftest import Record, bodies
from rollout.region.test_rules import Records, notes, on, reasons

Lives = Callable[..., Life]
TRIFLES = (
    "Lett forkjøl|støtt en tå|støytt ei tå|Treg mage i noen dager|Treg mage nokre|Neseblod i går|Naseblod i"
)
OF_CHOICE = "[Pp]revensjon|kondom|avslutte svangerskapet"
WELL = re.compile("Ingen (nye )?plager|Føler seg frisk|Kjenner seg (fin|frisk)|Frisk[.]|Har det bra")
SPOTS = {"Pigmentflekk", "Seboreisk vorte", "Gallestein"}
MONTHS, DAYS = timedelta(days=120), timedelta(days=3)


def _lives_with_a_woman(record: Record) -> bool:
    partners = [one for one in record.of("RelatedPerson") if _kin(one) in {"Ektefelle", "Samboer"}]
    return record.patient["gender"] == "female" and any(one["gender"] == "female" for one in partners)


def _kin(related: dict[str, list[dict[str, str]]]) -> str:
    return related["relationship"][0]["text"]


def test_two_women_are_not_told_of_contraception(records: Records, pocket: Records) -> None:
    couples = 0
    for some in (records, pocket):
        for note in notes({id: one for id, one in some.items() if _lives_with_a_woman(one)}):
            couples += 1
            assert not re.search(OF_CHOICE, note.text), note.body["id"]
    assert couples


def test_who_lives_with_a_woman_takes_no_contraception_and_ends_no_pregnancy(life: Lives) -> None:
    others = 0
    for seed in map(str, range(12)):
        alone, wife = (life(date(1994, 3, 3), Sex.FEMALE, seed=seed) for _ in range(2))
        wife.person.partner = Person(2, Sex.FEMALE, date(1993, 1, 1), wife.person.household, id="innbygger-2")
        for told in (alone, wife):
            for course in (lost_pregnancies.loses, contraception.uses):
                told.turn_to(course.__name__)
                course(told)
            told.close()
        others += any(one["resourceType"] == "MedicationStatement" for one in bodies(alone))
        met = [one for one in bodies(wife) if one["resourceType"] == "Encounter"]
        assert not any(re.search("Provosert|Prevensjon", why) for one in met for why in reasons(one))
        assert not any(one["resourceType"] == "MedicationStatement" for one in bodies(wife))
    assert others


def test_nobody_calls_about_a_trifle_who_has_just_been_seen(records: Records) -> None:
    called = near = 0
    for record in records.values():
        offices = [one for one in record.of("Encounter") if one["class"]["code"] == "AMB"]
        for note in notes({"": record}):
            if re.search(f"Telefon: .*({TRIFLES})", note.text):
                called += 1
                seen = [one for one in offices if _by(one) == _by(note.contact)]
                apart = [abs(on(one["period"]["start"]) - note.day) for one in seen]
                assert timedelta() not in apart, note.body["id"]
                near += min(apart, default=MONTHS) <= DAYS
    assert called > 100
    assert near < called / 25, "some visits are told later"


def _by(contact: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return contact["participant"][0]["individual"]["reference"]


def test_nobody_asks_for_a_lorry_licence_while_on_sick_leave(records: Records) -> None:
    told = 0
    for record in records.values():
        off: list[tuple[date, date]] = []
        for note in notes({"": record}):
            weeks = re.search(r"Sykmeldt (?:på nytt fra i dag, )?\d+ % i (én|to|2|4) uke", note.text)
            if weeks:
                lasts = {"én": 1, "to": 2, "2": 2, "4": 4}[weeks[1]]
                off.append((note.day, note.day + timedelta(weeks=lasts)))
            if "førerkort klasse C" in note.text:
                told += 1
                assert not any(since <= note.day < until for since, until in off), note.body["id"]
    assert told


def test_nobody_is_well_at_a_check_up_who_tells_later_for_how_long_it_has_hurt(records: Records) -> None:
    told = said = 0
    for note in notes(records):
        if "Helsekontroll" not in reasons(note.contact) or "Levevaner" not in note.text:
            continue
        told += 1
        later = [
            one["code"]["text"]
            for one in note.record.of("Condition")
            if one["onsetDateTime"] < note.day.isoformat() < one["recordedDate"]
            and "encounter" in one
            and on(one["recordedDate"]) - note.day < MONTHS
        ]
        said += "Nevner ikke noe som plager" in note.text
        if set(later) - SPOTS:
            assert not WELL.search(note.text), (note.body["id"], later)
    assert told > 100
    assert said
