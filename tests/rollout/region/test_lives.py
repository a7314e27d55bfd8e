"""Lives that hang together: what a clinician would look for in any record, asked of everybody's."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.contraindications import RULES, Against, Rule
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.region import Plan
from fellesjournal.rollout.region.shifts import Shift
from rollout.region import telling
from rollout.region.conftest import ERA, TODAY, Json, Record

Records = dict[str, Record]
WEIGHT, EGFR = "29463-7", "62238-1"
SWELLS = ("K77", "X76", "Y77", "D75", "R84", "D76")
"""ICPC-2 codes of what makes the weight change by many kilograms in weeks: a failing heart, cancers."""


@pytest.fixture(scope="module")
def people(region_plan: Plan) -> list[Person]:
    region, census = telling.counted(region_plan)
    return [
        person
        for block in range(region_plan.blocks)
        for person in region.persons(block, telling.part_of(census, block))
    ]


# One body


def test_two_weights_of_a_grown_citizen_differ_by_what_the_time_or_an_illness_explains(
    records: Records,
) -> None:
    for record in records.values():
        found = sorted(_values(record, WEIGHT)) if record.born < "1998" else []
        codes = {one["code"]["coding"][0]["code"] for one in record.of("Condition")}
        for (before, light), (after, heavy) in pairwise(found):
            years = (after - before).days / 365.25
            moves = 12 if _expects(record, before, after) else 9 if codes & set(SWELLS) else 0
            stays = (
                3
                if any(
                    first >= before - timedelta(120) and last <= after for first, last, _ in _stays(record)
                )
                else 0
            )
            assert abs(heavy - light) < 2.8 + 3 * years + moves + stays, (record.patient["id"], before, after)


def test_height_is_the_bodys_own_whoever_measures(records: Records) -> None:
    for record in records.values():
        found = sorted(_values(record, "8302-2")) if record.born < "1995" else []
        assert all(abs(one[1] - found[0][1]) < 4 for one in found)


@given(
    st.floats(-20, 20),
    st.integers(0, 2000),
    st.integers(1, 400),
    st.integers(0, 900),
    st.integers(1, 300),
    st.integers(-100, 5000),
)
def test_what_illness_adds_comes_and_goes_evenly_and_never_overshoots(
    amount: float, since: int, days: int, lasts: int, back: int, when: int
) -> None:
    day0 = date(2010, 1, 1)
    began = day0 + timedelta(since)
    shift = Shift(amount, began, days, began + timedelta(lasts), back)
    today, tomorrow = (shift.on(day0 + timedelta(when + one)) for one in (0, 1))
    assert abs(today) <= abs(amount)
    assert abs(tomorrow - today) <= abs(amount) * max(1 / days, 1 / back) + 1e-9
    assert shift.on(began) == 0 == shift.on(began + timedelta(lasts + back + 1))


# Nothing dangerous


def test_no_two_medicines_that_forbid_each_other_are_used_on_one_day(records: Records) -> None:
    for record in records.values():
        used = list(_used(record))
        for atc, name, first, last in used:
            for rule in _rules(atc, name, Against.MEDICINE):
                beside = [
                    one for one in used
                    if one[0].startswith(rule.of) and one != (atc, name, first, last)
                    and one[2] < last and first < one[3]
                ]  # fmt: skip
                assert not beside, (record.patient["id"], name, first, beside)


def test_nobody_is_given_what_they_do_not_tolerate(records: Records) -> None:
    for record in records.values():
        since = {
            coding["code"]: one.get("onsetDateTime", "")
            for one in record.of("AllergyIntolerance")
            for coding in one["code"].get("coding", ())
        }
        for atc, name, first, _ in _used(record):
            known = {code for code, day in since.items() if day <= str(first)}
            for rule in _rules(atc, name, Against.ALLERGY):
                assert not known & set(rule.of), (record.patient["id"], name, first)


def test_no_plan_of_a_ward_names_penicillin_for_one_who_does_not_tolerate_it(records: Records) -> None:
    for record in records.values():
        if any("Penicillin" in str(one["code"]) for one in record.of("AllergyIntolerance")):
            told = [str(one["section"]) for one in record.of("Composition")]
            assert not any("enicillin intravenøst" in one for one in told), record.patient["id"]


def test_no_medicine_is_used_with_a_problem_that_forbids_it(records: Records) -> None:
    for record in records.values():
        problems = [
            (one["code"]["coding"][0]["code"], one["recordedDate"])
            for one in record.of("Condition")
            if "abatementDateTime" not in one
        ]
        for atc, name, first, last in _used(record):
            for rule in _rules(atc, name, Against.PROBLEM):
                for code, told in problems:
                    known = max(date.fromisoformat(told), ERA.since)
                    assert code not in rule.of or last <= known, (record.patient["id"], name, first, code)


def test_what_is_measured_of_the_kidneys_never_forbids_what_is_used(records: Records) -> None:
    for record in records.values():
        stays = [(first, last) for first, last, _ in _stays(record)]
        low = [
            (when, value)
            for when, value in _values(record, EGFR)
            if not any(first <= when <= last for first, last in stays)
        ]
        for atc, name, first, last in _used(record):
            for rule in _rules(atc, name, Against.FILTRATION):
                broken = [one for one in low if one[1] < rule.below and first < one[0] < last]
                assert not broken, (record.patient["id"], name, first, broken)


def test_nothing_that_harms_a_child_is_used_in_a_pregnancy_that_is_known(records: Records) -> None:
    for record in records.values():
        expecting = [
            (
                date.fromisoformat(one["onsetDateTime"]),
                date.fromisoformat(one.get("abatementDateTime", "9999-12-31")),
            )
            for one in record.of("Condition")
            if one["code"]["text"] == "Graviditet"
        ]
        for atc, name, first, last in _used(record):
            if any(_rules(atc, name, Against.PREGNANCY)):
                together = [one for one in expecting if first < one[1] and one[0] < last]
                assert not together, (record.patient["id"], name, first, together)


def test_every_rule_names_its_source_and_what_is_given_instead_keeps_it() -> None:
    for rule in RULES:
        assert rule.source
        assert rule.instead is None or not (
            rule.instead.atc.startswith(rule.medicine)
            and rule.strength in f"{rule.instead.name} {rule.instead.dose}"
        )


# Where the citizen is


def test_nobody_is_seen_elsewhere_while_in_a_ward_or_a_short_stay(records: Records) -> None:
    for record in records.values():
        contacts = [(_moment(one["period"]["start"]), one) for one in record.of("Encounter")]
        for stay in record.of("Encounter"):
            if stay["class"]["code"] != "IMP" or _is_home(stay):
                continue
            first, last = (
                _moment(stay["period"]["start"]),
                _moment(stay["period"].get("end", "2026-11-27T00:00:00+01:00")),
            )
            inside = [one for when, one in contacts if first <= when < last and one is not stay]
            assert not inside, (record.patient["id"], stay["id"], inside[0]["period"])


def test_no_note_of_a_home_is_written_while_its_resident_lies_in_a_ward(records: Records) -> None:
    for record in records.values():
        homes = {f"Encounter/{one['id']}" for one in record.of("Encounter") if _is_home(one)}
        wards = [(first, last) for first, last, stay in _stays(record) if not _is_home(stay)]
        for note in record.of("Composition"):
            if note.get("encounter", {}).get("reference") in homes:
                day = date.fromisoformat(note["date"][:10])
                assert not any(first < day < last for first, last in wards), (
                    record.patient["id"],
                    note["id"],
                )


def test_stays_end_in_working_hours_and_deaths_at_any(records: Records) -> None:
    died = set()
    for record in records.values():
        for stay in record.of("Encounter"):
            if stay["class"]["code"] != "IMP" or "end" not in stay["period"]:
                continue
            hour = int(stay["period"]["end"][11:13])
            if stay["period"]["end"][:10] == record.died:
                died.add(hour)
            else:
                assert 8 <= hour < 17, (record.patient["id"], stay["period"])
    assert len(died) > 8


# Who belongs to whom


def test_children_bear_the_name_of_a_parent(people: list[Person]) -> None:
    for person in people:
        parents = [one for one in (person.mother, person.father) if one]
        assert not parents or person.family_name in {one.family_name for one in parents}, person.id


def test_each_child_born_in_the_recorded_years_is_in_the_mothers_record_on_that_day(
    people: list[Person], records: Records
) -> None:
    born = [one for one in people if one.born > ERA.since and one.mother and one.mother.is_woman]
    told = 0
    for child in born:
        assert child.mother
        births = [
            one for one in records[child.mother.id].of("Composition") if "Fødselen" in str(one["section"])
        ]
        assert child.born.isoformat() in {one["date"][:10] for one in births} | {
            (datetime.fromisoformat(one["date"]) - timedelta(hours=1)).date().isoformat() for one in births
        }, (child.id, child.born)
    for record in records.values():
        told += sum(
            one["class"]["code"] == "IMP" and "levende født barn" in one["reasonCode"][0]["text"]
            for one in record.of("Encounter")
            if "reasonCode" in one
        )
    assert told == len(born) > 50


# Medicines and those who prescribe them


def test_medicines_are_begun_and_stopped_on_days_with_a_contact(records: Records) -> None:
    for record in records.values():
        spans = _contacts(record)
        for one in record.of("MedicationStatement"):
            period = one["effectivePeriod"]
            days = [date.fromisoformat(period["start"])]
            if one["status"] == "stopped":
                days.append(date.fromisoformat(period["end"]))
            for day in days:
                met = any(first <= day <= last for first, last in spans)
                assert met or day < ERA.since, (record.patient["id"], one)


def test_prescriptions_are_written_by_who_was_met_or_the_gp_and_spread(
    records: Records,
) -> None:
    days: dict[str, int] = {}
    for record in records.values():
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        gp = [one["reference"] for one in record.patient["generalPractitioner"]]
        for one in record.of("MedicationRequest"):
            if "encounter" not in one:
                assert [one["requester"]["reference"]] == gp, one
                continue
            period = contacts[one["encounter"]["reference"]]["period"]
            assert period["start"][:10] <= one["authoredOn"] <= period.get("end", "9999")[:10], one
            days[one["authoredOn"]] = days.get(one["authoredOn"], 0) + 1
    assert max(days.values()) < sum(days.values()) / 250
    assert days.get(TODAY.isoformat(), 0) < 30


def _rules(atc: str, name: str, against: Against) -> Iterator[Rule]:
    for rule in RULES:
        if rule.against is against and atc.startswith(rule.medicine) and rule.strength in name:
            yield rule


def _used(record: Record) -> Iterator[tuple[str, str, date, date]]:
    """ATC code, name with dose, first day, and the day on which it is not used any more."""
    for one in record.of("MedicationStatement"):
        concept, period = medicine(one), one["effectivePeriod"]
        last = date.fromisoformat(period["end"]) if "end" in period else date.max
        name = f"{concept['text']} {one['dosage'][0]['text']}"
        if last > ERA.since:
            yield concept["coding"][0]["code"], name, date.fromisoformat(period["start"]), last


def _values(record: Record, code: str) -> list[tuple[date, float]]:
    return [
        (date.fromisoformat(one["effectiveDateTime"][:10]), one["valueQuantity"]["value"])
        for one in record.of("Observation")
        if one["code"]["coding"][0]["code"] == code
    ]


def _stays(record: Record) -> list[tuple[date, date, Json]]:
    return [
        (first, last, one)
        for one in record.of("Encounter")
        if one["class"]["code"] == "IMP"
        for first, last in (_days(one),)
    ]


def _contacts(record: Record) -> list[tuple[date, date]]:
    return [_days(one) for one in record.of("Encounter")]


def _days(contact: Json) -> tuple[date, date]:
    period = contact["period"]
    return date.fromisoformat(period["start"][:10]), date.fromisoformat(period.get("end", "2026-11-26")[:10])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _is_home(stay: Json) -> bool:
    """Whether it is a stay at a nursing home, from which one may be admitted for some days."""
    return bool(stay["class"]["code"] == "IMP" and stay["serviceProvider"]["reference"].endswith("sykehjem"))


def _expects(record: Record, first: date, last: date) -> bool:
    """Whether a pregnancy, or the months after one, touches the time."""
    births = [
        _days(one)[0]
        for one in record.of("Encounter")
        if "levende født barn" in str(one.get("reasonCode", ""))
    ]
    known = [
        date.fromisoformat(one["onsetDateTime"])
        for one in record.of("Condition")
        if one["code"]["text"] == "Graviditet"
    ]
    return any(first - timedelta(280) < one < last + timedelta(300) for one in births) or any(
        one < last and first < one + timedelta(280) for one in known
    )
