"""In a pocket the public-health nurse, the secretaries and the student have something to do, and have done
something."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from fellesjournal.rollout.region import staff
from fellesjournal.rollout.region.region import POCKET, SEED, plan
from rollout.region import telling
from rollout.region.conftest import TODAY

Json = dict[str, Any]
NURSE, CLINIC, OFFICE, STUDENT = (
    f"Practitioner/{one}"
    for one in ("lydhor-blaklokke", "ryddig-perlemor", "flink-blaveis", "nysgjerrig-furukongle")
)


@pytest.fixture(scope="module")
def pocket() -> list[Json]:
    """All resources of its citizens."""
    demonstrated = plan(POCKET, SEED, None, 10, TODAY)
    return [msgspec.json.decode(body) for body in telling.every_block(demonstrated)]


def of(pocket: list[Json], kind: str) -> list[Json]:
    return [one for one in pocket if one["resourceType"] == kind]


def citizen(resource: Json) -> str:
    named = resource.get("subject") or resource["participant"][0]["actor"]
    return str(named["reference"]).partition("/")[2]


def with_(worker: str, appointments: list[Json]) -> list[Json]:
    return [
        one
        for one in appointments
        if worker in [part["actor"]["reference"] for part in one["participant"]] and "start" in one
    ]


def test_the_public_health_nurse_expects_children(pocket: list[Json]) -> None:
    born = {one["id"]: one["birthDate"] for one in of(pocket, "Patient")}
    booked = with_(NURSE, of(pocket, "Appointment"))
    today = [one for one in booked if one["start"].startswith(TODAY.isoformat())]
    assert today
    assert len(booked) >= 12
    assert all(int(born[citizen(one)][:4]) > TODAY.year - 19 for one in booked)
    places = {one["participant"][2]["actor"]["reference"] for one in booked}
    assert places == {f"Location/{staff.STATION}", f"Location/{staff.SCHOOLS}"}


def test_a_check_up_is_at_its_age_and_held_once(pocket: list[Json]) -> None:
    born = {one["id"]: datetime.fromisoformat(one["birthDate"]) for one in of(pocket, "Patient")}
    for one in with_(NURSE, of(pocket, "Appointment")):
        if (said := one["comment"]).endswith(" år"):
            days = (datetime.fromisoformat(one["start"][:10]) - born[citizen(one)]).days
            assert abs(days / 365.25 - int(said.split()[-2])) < 0.2


def test_nobody_is_booked_twice(pocket: list[Json]) -> None:
    starts = [
        (part["actor"]["reference"], one["start"])
        for one in of(pocket, "Appointment")
        if "start" in one and one["status"] == "booked"
        for part in one["participant"][1:2]
        if part["actor"]["reference"].startswith("Practitioner/")
    ]
    assert len(starts) == len(set(starts))


def test_the_clinics_secretary_tells_of_the_hour(pocket: list[Json]) -> None:
    written = of(pocket, "DocumentReference")
    letters = [one for one in written if one["author"][0].get("reference") == CLINIC]
    assert letters
    unit = f"Location/{staff.CLINIC}"
    booked = [
        one
        for one in of(pocket, "Appointment")
        if one["status"] == "booked" and unit in [part["actor"]["reference"] for part in one["participant"]]
    ]
    assert {citizen(one) for one in letters} <= {citizen(one) for one in booked}


def test_the_offices_secretary_answers_with_the_hour_that_is_booked(pocket: list[Json]) -> None:
    answers = [one for one in of(pocket, "Communication") if one["sender"]["reference"] == OFFICE]
    assert answers
    hours = {(citizen(one), one["start"][:16]) for one in of(pocket, "Appointment") if "start" in one}
    for one in answers:
        said = one["payload"][0]["contentString"]
        start = datetime.strptime(said, "Hei, du har fått time %d.%m.%Y kl. %H.%M.")
        assert (citizen(one), start.isoformat()[:16]) in hours


def test_what_the_student_writes_is_signed_by_a_doctor_too_or_waits_for_it(pocket: list[Json]) -> None:
    notes = [one for one in of(pocket, "Composition") if one["author"][0]["reference"] == STUDENT]
    assert notes
    for one in notes:
        student, doctor = one["attester"]
        assert student["party"]["reference"] == STUDENT != doctor["party"]["reference"]
        assert (one["status"] == "final") == ("time" in doctor)


def test_the_offices_secretary_registers_letters_on_paper_from_outside(pocket: list[Json]) -> None:
    born = {one["id"]: one["birthDate"] for one in of(pocket, "Patient")}
    letters = [one for one in of(pocket, "DocumentReference") if "authenticator" in one]
    assert OFFICE in {one["authenticator"]["reference"] for one in letters}
    for one in letters:
        assert one["author"][0].keys() == {"display"}
        assert one["content"][0]["attachment"]["creation"] < one["date"][:10] <= TODAY.isoformat()
        assert int(born[citizen(one)][:4]) <= TODAY.year - 18
