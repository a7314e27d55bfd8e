"""A day in the region: the same every time, in order, each act by someone whose citizens they are."""

from datetime import date

import msgspec

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.day import (
    CONSULTATIONS,
    FIRST_HOUR,
    GP,
    HOME_NURSE,
    LAST_HOUR,
    LEGEVAKT_NURSE,
    PARTS,
    SECRETARY,
    WARD_DOCTOR,
    WARD_NURSE,
    Act,
    Known,
    day,
)
from fellesjournal.rollout.region.scenes import Signs
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


def test_who_goes_home_is_not_measured_on_the_ward_that_evening() -> None:
    lain = {"id": "opphold", "resourceType": "Encounter", "period": {"start": "2026-11-20T10:00:00+01:00"}}
    known = Known(
        {}, {"a": lain, "b": {**lain, "id": "nytt", "period": {"start": "2026-11-26T01:00:00+01:00"}}}
    )
    acts = day("frø", ON, {WARD_NURSE: ["a", "b"], WARD_DOCTOR: ["a", "b"]}, known)
    left = next(act for act in acts if act.line == "skriver ut en pasient")
    ended = msgspec.json.decode(left.bodies[-1])
    assert (ended["id"], ended["status"]) == ("opphold", "finished")
    assert ended["period"]["end"].startswith("2026-11-26T13:05")
    later = [act for act in acts if act.at > left.at]
    assert later
    assert all(b"Patient/a" not in body for act in later for body in act.bodies)


def test_who_comes_to_legevakt_later_than_the_day_that_is_played_stays_there() -> None:
    came = {"resourceType": "Encounter", "period": {"start": "2026-11-26T05:00:00+01:00"}}
    later = {"id": "senere", "resourceType": "Encounter", "period": {"start": "2026-11-27T05:00:00+01:00"}}
    acts = day("frø", ON, {LEGEVAKT_NURSE: ["a", "b"]}, Known({}, {"a": {**came, "id": "nå"}, "b": later}))
    ended = [one["id"] for _, one in _written(acts, "Encounter") if one["status"] == "finished"]
    assert ended == ["nå"]


def test_nothing_an_act_says_has_happened_is_later_than_the_act() -> None:
    for act in day("frø", ON, CITIZENS):
        for body in act.bodies:
            resource = msgspec.json.decode(body)
            if resource["resourceType"] != "Appointment":
                period = resource.get("period", {})
                for said in (resource.get("effectiveDateTime"), resource.get("sent"), *period.values()):
                    assert said is None or said[:19] <= act.at.isoformat(), act.line


def test_each_one_is_measured_from_their_own_last_values() -> None:
    known = Known({"a": Signs(pulse=48, systolic=104), "b": Signs(pulse=96, systolic=165)})
    acts = day("frø", ON, {WARD_NURSE: ["a", "b"]}, known)
    pulses = {
        citizen: [
            one["valueQuantity"]["value"]
            for act in acts
            for one in map(msgspec.json.decode, act.bodies)
            if one["subject"]["reference"] == f"Patient/{citizen}" and one["code"]["text"] == "Puls"
        ]
        for citizen in ("a", "b")
    }
    assert max(pulses["a"]) < 65 < min(pulses["b"])


def test_a_fever_goes_down_and_what_is_usual_stays() -> None:
    chance, signs = Chance("frø"), Signs(temperature=39.4, pulse=52)
    for _ in range(12):
        signs = signs.later(chance)
    assert signs.temperature < 38.6
    assert 35 < signs.pulse < 70
    assert signs.saturation <= 100


def _booked(id: str, citizen: str, start: str, minutes: int = 20, what: str = "") -> Json:
    return {
        "resourceType": "Appointment",
        "id": id,
        "meta": {"versionId": "1"},
        "status": "booked",
        "description": what,
        "start": f"2026-11-26T{start}:00+01:00",
        "minutesDuration": minutes,
        "participant": [{"actor": {"reference": f"Patient/{citizen}"}, "status": "accepted"}],
    }


def _written(acts: list[Act], kind: str) -> list[tuple[Act, Json]]:
    found = [(act, msgspec.json.decode(body)) for act in acts for body in act.bodies]
    return [(act, one) for act, one in found if one["resourceType"] == kind]


def test_who_is_booked_at_the_gp_arrives_goes_in_and_is_done() -> None:
    booked = {GP: [_booked("time", "b", "10:20"), _booked("samtidig", "c", "10:20")]}
    acts = day("frø", ON, {GP: ["a", "b", "c"]}, Known(booked=booked))
    statuses = [
        (act.worker, one["status"]) for act, one in _written(acts, "Appointment") if one["id"] == "time"
    ]
    assert statuses == [(SECRETARY.worker, "arrived"), (GP.worker, "fulfilled")]
    contacts = [
        (act, one)
        for act, one in _written(acts, "Encounter")
        if one.get("appointment") == [{"reference": "Appointment/time"}]
    ]
    assert [one["status"] for _, one in contacts] == ["in-progress", "finished"]
    assert contacts[0][0].at.isoformat() == "2026-11-26T10:20:00"
    after = [
        one["period"]["start"]
        for _, one in _written(acts, "Encounter")
        if one["subject"]["reference"] == "Patient/c"
    ]
    assert after[0][:19] >= contacts[1][1]["period"]["end"][:19]
    assert all("meta" not in one for _, one in _written(acts, "Appointment"))


def test_planned_visits_are_made_at_their_time_and_fulfilled() -> None:
    visits = [
        _booked("morgen", "a", "08:40"),
        _booked("kveld", "a", "20:10"),
        _booked("sår", "b", "10:00", 30, "Sårstell"),
    ]
    acts = day("frø", ON, {HOME_NURSE: ["a", "b", "c"]}, Known(booked={HOME_NURSE: visits}))
    assert [act.at.isoformat()[11:16] for act in acts] == ["09:00", "10:30", "20:30"]
    met = {one["appointment"][0]["reference"]: one["period"] for _, one in _written(acts, "Encounter")}
    assert met["Appointment/sår"]["start"].startswith("2026-11-26T10:00")
    assert {one["status"] for _, one in _written(acts, "Appointment")} == {"fulfilled"}
    notes = [str(one["section"]) for act, one in _written(acts, "Composition") if act.at.hour == 20]
    assert not any("frokost" in said or "middag" in said for said in notes)


def test_a_planned_visit_waits_while_somebody_lies_in_a_bed() -> None:
    known = Known(booked={HOME_NURSE: [_booked("morgen", "a", "08:40")], GP: [_booked("time", "a", "09:00")]})
    acts = day("frø", ON, {WARD_NURSE: ["a"], HOME_NURSE: ["a"], GP: ["a"]}, known)
    assert not _written(acts, "Appointment")


def test_those_who_call_are_given_the_times_between() -> None:
    booked = {GP: [_booked(f"time-{hour}", f"b{hour}", f"{hour:02}:00") for hour in range(9, 15)]}
    acts = day("frø", ON, {GP: [f"a{number}" for number in range(40)]}, Known(booked=booked))
    starts = sorted(
        one["period"]["start"]
        for _, one in _written(acts, "Encounter")
        if one["status"] == "in-progress" and one["class"]["code"] == "AMB"
    )
    assert len(starts) == len(set(starts)) == CONSULTATIONS


def test_messages_are_answered_and_controls_booked_ahead() -> None:
    everybody = {**CITIZENS, HOME_NURSE: CITIZENS[GP]}
    resources = [msgspec.json.decode(body) for act in day("frø", ON, everybody) for body in act.bodies]
    answers = [one["inResponseTo"][0]["reference"] for one in resources if one.get("inResponseTo")]
    sent = {f"Communication/{one['id']}" for one in resources if one["resourceType"] == "Communication"}
    booked = [one["start"] for one in resources if one["resourceType"] == "Appointment"]
    assert answers
    assert set(answers) <= sent
    assert len(booked) == len(set(booked)) > 2
    assert all(one > "2026-12-01" for one in booked)
