"""What somebody found who signed in for the first time and looked at the stories and a pocket."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec
import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.days import is_working_day
from fellesjournal.rollout.region.courses.today import beds
from fellesjournal.rollout.region.courses.today.reasons import STAYS
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.region import Plan, Region, plan
from fellesjournal.rollout.region.stories import died, last_time, newborn, pneumonia
from rollout.region import telling
from rollout.region.conftest import TODAY, Json, bodies
from rollout.region.test_rules import Records
from rollout.region.test_stories import about

PLAN = Plan(200, "fellesjournal", date(2016, 11, 26), 10)


@pytest.fixture(scope="module")
def stories() -> dict[str, list[Json]]:
    """The resources of each citizen with a story, by id."""
    found: dict[str, list[Json]] = {}
    for body in map(msgspec.json.decode, Region(PLAN).stories()):
        found.setdefault(about(body), []).append(body)
    return found


def of(resources: list[Json], kind: str) -> Iterator[Json]:
    return (one for one in resources if one["resourceType"] == kind)


def test_who_has_nurses_at_home_is_expected_today(stories: dict[str, list[Json]]) -> None:
    nursed = 0
    for citizen, told in stories.items():
        cared_for = [
            one
            for one in of(told, "EpisodeOfCare")
            if one["status"] == "active"
            and one["managingOrganization"]["reference"].endswith("-hjemmetjeneste")
        ]
        days = {one["start"][:10] for one in of(told, "Appointment") if one["description"].endswith("besøk")}
        nursed += bool(cared_for)
        assert bool(cared_for) is (TODAY.isoformat() in days), citizen
        assert not cared_for or len(days) == 8, citizen
    assert nursed == 3


def test_the_nurses_question_waits_at_the_gps(stories: dict[str, list[Json]]) -> None:
    (asked,) = (one for one in of(stories[last_time.ID], "Communication") if one["status"] == "in-progress")
    assert [one["reference"] for one in asked["recipient"]] == ["Organization/nordavind-legekontor"]
    assert asked["sender"]["reference"] == "Organization/isfjell-hjemmetjeneste"
    assert "received" not in asked
    assert "category" not in asked


def test_who_cannot_swallow_has_no_tablets(stories: dict[str, list[Json]]) -> None:
    used = [one for one in of(stories[last_time.ID], "MedicationStatement") if one["status"] == "active"]
    assert len(used) == 4
    for one in used:
        assert "injeksjon" in medicine(one)["text"]


WARDS = ("sengepost", "barneavdeling")
OFTEN, DAY, SLACK = ((5, 4), (1, 6), (0, 12)), timedelta(hours=23), timedelta(minutes=30)
GIVEN = {
    "enicillin intravenøst": ("J01CE01", "J01DD01", "J01FF01"),
    "ntibiotika intravenøst": ("J01CE01", "J01DD01", "J01CR05"),
    "Furosemid intravenøst": ("C03CA01",),
}
"""What a plan names, and how one of the ATC codes begins that is then on the list."""


def lie_today(told: list[Json]) -> Iterator[Json]:
    """The stays at wards that go on."""
    for one in of(told, "Encounter"):
        here = one["serviceProvider"]["reference"]
        if one["status"] == "in-progress" and one["class"]["code"] == "IMP" and here.endswith(WARDS):
            yield one


def within(told: list[Json], kind: str, stay: Json) -> list[Json]:
    own = f"Encounter/{stay['id']}"
    return [one for one in of(told, kind) if one.get("encounter", {}).get("reference") == own]


def words(note: Json) -> str:
    return " ".join(f"{part['title']}: {part['text']['div']}" for part in note["section"])


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def held(told: list[Json], stay: Json) -> None:
    """Notes of every day, measurements as the score says, and what the plan names."""
    came = when(stay["period"]["start"])
    notes = [(when(one["date"]), words(one)) for one in within(told, "Composition", stay)]
    for back in range(1, (TODAY - came.date()).days):
        day = TODAY - timedelta(days=back)
        assert any(at.date() == day and "Visitt:" in said for at, said in notes), (stay["id"], day)
        assert any(at.date() == day and "Sykepleie:" in said for at, said in notes), (stay["id"], day)
    scores = [
        (when(one["effectiveDateTime"]), one["valueInteger"])
        for one in within(told, "Observation", stay)
        if one["code"]["text"] == "NEWS2"
    ]
    if scores:
        assert max(scores)[0] >= datetime(TODAY.year, TODAY.month, TODAY.day, 6), stay["id"]
    for (at, score), (following, _) in itertools.pairwise(sorted(scores)):
        if at > datetime(TODAY.year, TODAY.month, TODAY.day, 7) - DAY:
            every = next(hours for least, hours in OFTEN if score >= least)
            assert following - at <= timedelta(hours=every) + SLACK, (stay["id"], at, score)
    used = [
        medicine(one)["coding"][0]["code"]
        for one in of(told, "MedicationStatement")
        if one["status"] == "active"
    ]
    for _, said in notes:
        for named, codes in GIVEN.items():
            assert named not in said or set(codes) & set(used), (stay["id"], named)


def test_who_lies_there_today_is_treated_measured_and_written_of_until_this_morning(pocket: Records) -> None:
    lying = 0
    for record in pocket.values():
        for stay in lie_today(record.all):
            lying += 1
            held(record.all, stay)
    assert lying > 8


def test_the_pneumonia_is_treated_in_a_vein_and_no_tablets_are_given_along_yet(
    stories: dict[str, list[Json]],
) -> None:
    told = stories[pneumonia.ID]
    (stay,) = lie_today(told)
    held(told, stay)
    used = [medicine(one)["text"] for one in of(told, "MedicationStatement") if one["status"] == "active"]
    assert [name for name in used if "penicillin" in name.lower()] == [
        "Benzylpenicillin 1,2 g pulver til injeksjonsvæske"
    ]


def test_what_was_begun_long_ago_is_not_all_from_one_day_of_the_year(
    pocket: Records, stories: dict[str, list[Json]]
) -> None:
    began = [
        one["effectivePeriod"]["start"]
        for record in pocket.values()
        for one in record.of("MedicationStatement")
        if one["effectivePeriod"]["start"] < "2006"
    ]
    same = f"-{TODAY:%m-%d}"
    assert len(began) > 20
    assert sum(day.endswith(same) for day in began) < 3
    for citizen, told in stories.items():
        onsets = {
            one["onsetDateTime"] for one in of(told, "Condition") if one["onsetDateTime"] < "2016-11-26"
        }
        assert not any(day.endswith(same) for day in onsets), citizen


def test_new_clots_have_twice_the_dose_for_a_week(life: Callable[..., Life]) -> None:
    embolism = next(one for one in STAYS if one.problem.icd == beds.EMBOLISM)
    for back, double in ((3, True), (8, False)):
        one = life(date(1960, 1, 1))
        beds.lies(one, TODAY - timedelta(days=back), embolism)
        told = bodies(one)
        doses = [each for each in of(told, "MedicationStatement") if each["status"] == "active"]
        (dose,) = [each["dosage"][0]["text"] for each in doses]
        assert dose.startswith("2 tabletter") is double, back


def test_what_is_usual_in_blood_is_a_womans_or_a_mans(pocket: Records) -> None:
    seen = set()
    for record in pocket.values():
        adult = (date.fromisoformat(record.born) + timedelta(days=18 * 365 + 6)).isoformat()
        for one in record.of("Observation"):
            if one["code"]["text"] == "Hemoglobin" and one["effectiveDateTime"] >= adult:
                low = one["referenceRange"][0]["low"]["value"]
                assert low == (11.7 if record.patient["gender"] == "female" else 13.4), one["id"]
                seen.add(low)
    assert len(seen) == 2


def test_who_applies_for_help_with_medicines_takes_some_and_offices_are_open(pocket: Records) -> None:
    asked = 0
    for record in pocket.values():
        for one in record.of("ServiceRequest"):
            if one["status"] != "active" or "søk" in one["code"]["text"].lower() or "encounter" in one:
                continue
            asked += 1
            assert is_working_day(when(one["authoredOn"]).date()), one["id"]
            if "hjelp til medisiner" in one["reasonCode"][0]["text"]:
                used = [each for each in record.of("MedicationStatement") if each["status"] == "active"]
                assert any(not each["dosage"][0].get("asNeededBoolean") for each in used), one["id"]
    assert asked


def test_an_inflamed_drum_bulges(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Composition"):
            assert "buklende" not in words(one)
            assert "Kjenner seg fin" not in words(one)


def test_no_two_of_a_block_or_with_a_story_have_the_same_name(stories: dict[str, list[Json]]) -> None:
    region, census = telling.counted(plan(1000, "navn", None, 10, TODAY))
    told = [one for resources in stories.values() for one in of(resources, "Patient")]
    for block in range(10):
        names = [f"{' '.join(one['name'][0]['given'])} {one['name'][0]['family']}" for one in told]
        persons = region.persons(block, telling.part_of(census, block))
        names += [f"{one.given} {one.family_name}" for one in persons]
        assert len(set(names)) == len(names), block


def test_the_newborns_next_check_up_is_booked(stories: dict[str, list[Json]]) -> None:
    (booked,) = of(stories[newborn.ID], "Appointment")
    assert booked["comment"] == "Helsekontroll, 6 uker"
    assert is_working_day(when(booked["start"]).date())
    assert booked["start"][:10] > TODAY.isoformat()


def test_comfort_alone_is_not_given_before_it_was_decided(stories: dict[str, list[Json]]) -> None:
    notes = sorted((one["date"], words(one)) for one in of(stories[died.ID], "Composition"))
    decided = next(at for at, said in notes if "går over til lindring" in said)
    assert not any("unnstell" in said for at, said in notes if at < decided)
