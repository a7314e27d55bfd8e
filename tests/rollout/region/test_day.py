"""A day in the region: the same every time, in order, each act by someone whose citizens they are."""

from datetime import date

import msgspec

from fellesjournal.rollout.region.day import (
    FIRST_HOUR,
    GP,
    HOME_NURSE,
    LAST_HOUR,
    PARTS,
    WARD_DOCTOR,
    WARD_NURSE,
    day,
)
from fellesjournal.rollout.region.staff import WORKERS

ON = date(2026, 11, 26)
CITIZENS = {
    part: [f"innbygger-{12 * place + number}" for number in range(12)] for place, part in enumerate(PARTS)
}


def test_the_same_day_has_the_same_acts_in_the_order_of_the_clock() -> None:
    acts = day("frø", ON, CITIZENS)
    assert acts == day("frø", ON, CITIZENS)
    assert acts != day("annet", ON, CITIZENS)
    assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert all(FIRST_HOUR <= act.at.hour < LAST_HOUR and act.at.date() == ON for act in acts)
    assert len(acts) > 80


def test_everyone_has_a_part_and_one_role_to_play_it_in() -> None:
    roles = {worker.id: len(worker.posts) for worker in WORKERS}
    assert {roles[part.worker] for part in PARTS} == {1}
    assert {act.worker for act in day("frø", ON, CITIZENS)} >= {part.worker for part in PARTS}


def test_what_is_written_points_to_what_was_written_before() -> None:
    known: set[str] = set()
    for act in day("frø", ON, CITIZENS):
        for body in act.bodies:
            resource = msgspec.json.decode(body)
            contact = resource.get("encounter", {}).get("reference")
            assert contact is None or contact in known, act.line
            known.add(f"{resource['resourceType']}/{resource['id']}")


def test_nobody_who_lies_in_a_bed_comes_to_the_gp_or_legevakt() -> None:
    acts = day("frø", ON, {WARD_NURSE: ["a"], WARD_DOCTOR: ["a"], GP: ["a", "b"]})
    coming = [act for act in acts if act.worker in (GP.worker, "arvaken-nordlys")]
    assert coming
    assert all(b"Patient/a" not in body for act in coming for body in act.bodies)


def test_a_ward_is_measured_three_times_and_a_day_without_citizens_is_quiet() -> None:
    only = {WARD_NURSE: ["a", "b"], WARD_DOCTOR: ["a", "b"], GP: [], HOME_NURSE: []}
    acts = day("frø", ON, only)
    assert [act.worker for act in acts].count(WARD_NURSE.worker) == 6
    assert day("frø", ON, {}) == []
