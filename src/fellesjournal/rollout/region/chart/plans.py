"""Plans of care: who takes part, what is aimed at, and what is done."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fellesjournal.norway.codes.people import ROLE_TO_PATIENT
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, Term, concept, reference

PRIMARY_CONTACT, GP = "9", "6"
"""Roles of list 9034."""


class Measure(NamedTuple):
    """Something that is done for a citizen (tiltak): what, how often, and what it is to lead to."""

    what: str
    how: str
    goal: str
    since: date | None = None
    """When it begins, where that is later than the plan."""


def team(chart: Chart, members: Sequence[tuple[str, str]], since: date, unit: str) -> str:
    """Write a care team; members are references with roles of list 9034. Returns the reference."""
    body: Json = {
        "status": "active",
        "name": "Primærkontakt og fastlege",
        "subject": chart.subject,
        "period": {"start": since.isoformat()},
        "participant": [{"role": [_role(role)], "member": reference(member)} for member, role in members],
        "managingOrganization": [reference(unit)],
    }
    return chart.add("CareTeam", body)


def plan(chart: Chart, measures: Sequence[Measure], since: date, by: str, unit: str, team: str) -> str:
    """Write a plan with a goal for each measure. Returns the reference."""
    goals = [_goal(chart, one.goal, one.since or since, by) for one in measures]
    body: Json = {
        "status": "active",
        "intent": "plan",
        "title": "Tiltaksplan",
        "subject": chart.subject,
        "period": {"start": since.isoformat()},
        "created": since.isoformat(),
        "author": reference(by),
        "careTeam": [reference(team)],
        "goal": [reference(goal) for goal in goals],
        "activity": [
            {
                "detail": {
                    "code": {"text": measure.what},
                    "status": "in-progress",
                    "goal": [reference(goal)],
                    "description": measure.how,
                    "performer": [reference(unit)],
                }
                | ({"scheduledPeriod": {"start": measure.since.isoformat()}} if measure.since else {})
            }
            for measure, goal in zip(measures, goals, strict=True)
        ],
    }
    return chart.add("CarePlan", body)


def _goal(chart: Chart, text: str, since: date, by: str) -> str:
    body: Json = {
        "lifecycleStatus": "active",
        "description": {"text": text},
        "subject": chart.subject,
        "startDate": since.isoformat(),
        "expressedBy": reference(by),
    }
    return chart.add("Goal", body)


def _role(code: str) -> Json:
    found = ROLE_TO_PATIENT.find(code)
    assert found is not None
    return concept(Term(ROLE_TO_PATIENT.system, code, found.display))
