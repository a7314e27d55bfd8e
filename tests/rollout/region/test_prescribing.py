"""Where prescriptions are renewed, when decisions are made, and how far apart stays are."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import short_admissions, short_cases
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.courses.municipal import short_stays
from fellesjournal.rollout.region.devices import DEVICES
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.meetings import Meeting
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import ERA, TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]
EAR, PRESSURE = Problem("Ørevoks", "H81", "H612"), HYPERTENSION
CHECK = Problem("Helsekontroll", "A98")
WAITS = 21
"""Days for which something may have run out: what is asked for in a stay or at Easter comes after it."""
SERVICES = (Service.GP, Service.SURGICAL_WARD, Service.HEART_CLINIC, Service.NURSING_HOME)


@settings(deadline=None)
@given(
    st.sampled_from(SERVICES),
    st.sampled_from([(), (EAR,), (PRESSURE,), (CHECK,), (EAR, PRESSURE)]),
    st.booleans(),
)
def test_a_medicine_is_gone_through_where_it_belongs(
    service: Service, about: tuple[Problem, ...], lasts: bool
) -> None:
    lasting = {PRESSURE} if lasts else set()
    met = Meeting(TODAY, TODAY, service, "", "", "", about)
    other = Problem("Diabetes type 2", "T90", "E119")
    assert met.goes_through(PRESSURE, lasting) is (
        service is Service.NURSING_HOME or PRESSURE in about or (service is Service.GP and CHECK in about)
    )
    assert met.goes_through(other, lasting) is (
        service is Service.NURSING_HOME
        or (service is Service.GP and (CHECK in about or (lasts and PRESSURE in about)))
    )


def _renewals(life: Life) -> list[Json]:
    made = [one for one in bodies(life) if one["resourceType"] == "MedicationRequest"]
    return [one for one in made if medicine(one)["coding"][0]["code"] == AMLODIPINE.atc]


def _pressed(life: Life) -> Life:
    since = date(2014, 3, 1)
    life.problem(HYPERTENSION, since)
    life.uses(AMLODIPINE, since, HYPERTENSION)
    return life


def test_nothing_is_renewed_at_a_visit_for_something_else_but_asked_for(life: Lives) -> None:
    one = _pressed(life())
    for years in range(9):
        one.gp(date(2017 + years, 2, 15), EAR)
    renewed = _renewals(one)
    assert len(renewed) >= 9
    assert all("encounter" not in body for body in renewed)
    assert {body["requester"]["reference"] for body in renewed} == {one.services.gp.reference}


def test_what_is_controlled_every_year_is_renewed_there(life: Lives) -> None:
    one = _pressed(life())
    first, apart = date(2017, 2, 15), timedelta(days=350)
    seen = {one.gp(first + number * apart, HYPERTENSION).reference for number in range(9)}
    renewed = [body["encounter"]["reference"] for body in _renewals(one) if "encounter" in body]
    assert len(renewed) >= 8
    assert set(renewed) <= seen


def test_no_prescription_runs_out_before_it_is_renewed(records: Records) -> None:
    for record in records.values():
        used = {
            medicine(one)["text"]: one["effectivePeriod"]
            for one in record.of("MedicationStatement")
            if one["status"] == "active"
            and not one["dosage"][0].get("asNeededBoolean")
            and not any(word in medicine(one)["text"] for word, *_ in DEVICES)
        }
        for name, period in used.items():
            days = [
                date.fromisoformat(one["authoredOn"])
                for one in record.of("MedicationRequest")
                if medicine(one)["text"] == name and one["authoredOn"] >= period["start"]
            ]
            since = max(date.fromisoformat(period["start"]), ERA.since)
            for before, after in zip([since, *sorted(days)], sorted(days), strict=False):
                assert (after - before).days <= 366 + WAITS, (record.patient["id"], name)


def test_who_renews_at_a_contact_goes_through_the_list_there(records: Records) -> None:
    checked = 0
    for record in records.values():
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        listed = {
            one["code"]["text"]
            for one in record.of("Condition")
            if one.get("abatementDateTime", "9999")[:4] > one["onsetDateTime"][:4]
        }
        for contact in _of_renewals(record, contacts):
            if not contact["serviceProvider"]["reference"].endswith("legekontor"):
                continue
            about = {one["text"] for one in contact.get("reasonCode", ())}
            by_phone = contact["class"]["code"] == Way.PHONE.value[0]
            assert by_phone or "Helsekontroll" in about or about & listed, contact["id"]
            checked += 1
    assert checked > 300


def _lasts(period: Json) -> bool:
    """Whether it is more than a cure."""
    end = date.fromisoformat(period.get("end", "9999-12-31"))
    return end - date.fromisoformat(period["start"]) > timedelta(days=80)


def _of_renewals(record: Record, contacts: dict[str, Json]) -> Iterator[Json]:
    """The contacts at which something is renewed that was prescribed before."""
    known: set[str] = set()
    lasting = {
        medicine(one)["text"] for one in record.of("MedicationStatement") if _lasts(one["effectivePeriod"])
    }
    for one in sorted(record.of("MedicationRequest"), key=lambda one: str(one["authoredOn"])):
        name = medicine(one)["text"]
        again = name in known & lasting and "reasonReference" in one
        known.add(name)
        if again and "encounter" in one:
            yield contacts[one["encounter"]["reference"]]


def test_what_is_put_in_is_prescribed_when_it_is_put_in(records: Records) -> None:
    put_in = 0
    for record in records.values():
        for word, years, *_ in DEVICES:
            days = [
                date.fromisoformat(one["authoredOn"])
                for one in record.of("MedicationRequest")
                if word in medicine(one)["text"]
            ]
            uses = [one for one in record.of("MedicationStatement") if word in medicine(one)["text"]]
            for before, after in itertools.pairwise(sorted(days) if len(uses) == 1 else []):
                assert after - before > timedelta(days=365 * years - 90), record.patient["id"]
            put_in += bool(days)
    assert put_in > 20


def test_a_cure_that_is_not_over_is_in_use(life: Lives) -> None:
    one = life()
    visit = one.gp(TODAY - timedelta(days=2), EAR)
    one.cure(AMLODIPINE, visit, 10)
    (listed,) = [body for body in bodies(one) if body["resourceType"] == "MedicationStatement"]
    assert listed["status"] == "active"
    assert "end" not in listed["effectivePeriod"]


def test_a_decision_is_made_before_what_it_gives_begins(records: Records) -> None:
    checked = 0
    for record in records.values():
        asked = {f"ServiceRequest/{one['id']}": one for one in record.of("ServiceRequest")}
        letters = [one for one in record.of("DocumentReference") if "Vedtak om" in one.get("description", "")]
        for given_ in record.of("EpisodeOfCare"):
            applied = [asked[one["reference"]] for one in given_.get("referralRequest", ())]
            if not applied:
                continue
            text, start = given_["type"][0]["text"].lower(), given_["period"]["start"]
            since = applied[0]["authoredOn"][:10]
            days = [one["date"][:10] for one in letters if text in one["description"]]
            assert any(since <= day <= start for day in days), given_["id"]
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_relief_is_weeks_apart(life: Lives, seed: str) -> None:
    one = life(date(1944, 1, 1), seed=seed)
    one.turn_to("relief")
    short_stays.relief(one, date(2021, 1, 1), date(2026, 6, 1))
    found = sorted(
        (body["period"]["start"][:10], body["period"]["end"][:10])
        for body in bodies(one)
        if body["resourceType"] == "Encounter"
    )
    assert len(found) > 12
    for (_, left), (came, _) in itertools.pairwise(found):
        assert date.fromisoformat(came) - date.fromisoformat(left) >= short_stays.BETWEEN - timedelta(days=7)


def test_short_stays_at_hospital_stand_apart(records: Records) -> None:
    """Three stays in three weeks for three reasons is a reading error, not a life."""
    reasons = {one.problem.text for one in short_cases.CASES}
    stays: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for key, record in records.items():
        for one in record.of("Encounter"):
            about = {reason["text"] for reason in one.get("reasonCode", ())}
            if one["class"]["code"] == "IMP" and about & reasons and "end" in one["period"]:
                first, last = one["period"]["start"][:10], one["period"]["end"][:10]
                stays[key].append((date.fromisoformat(first), date.fromisoformat(last)))
    assert sum(map(len, stays.values())) > 200
    for found in stays.values():
        for (_, left), (came, _) in zip(sorted(found), sorted(found)[1:], strict=False):
            assert came - left >= short_admissions.APART - timedelta(days=1)
