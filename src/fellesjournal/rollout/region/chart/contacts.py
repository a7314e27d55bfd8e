"""Contacts and stays: where a citizen met a service, and why."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ACT, Json, concept, reference
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.moments import written


class Way(Enum):
    """How they met: code of v3-ActCode, and what people call it."""

    VISIT = ("AMB", "Konsultasjon")
    STAY = ("IMP", "Innleggelse")
    HOME = ("HH", "Hjemmebesøk")
    EMERGENCY = ("EMER", "Legevakt")
    PHONE = ("VR", "Telefonkontakt")

    @property
    def at_home(self) -> bool | None:
        """Whether it is where the citizen lives, or elsewhere; None where that is all one."""
        return None if self is Way.PHONE else self is Way.HOME


def encounter(
    chart: Chart,
    way: Way,
    start: datetime,
    end: datetime | None,
    unit: str,
    by: str,
    reasons: tuple[Problem, ...] = (),
    within: str = "",
    booked: str = "",
    room: str = "",
    also: Sequence[str] = (),
) -> str:
    """Write a contact; one without an end goes on. `within` is the stay it is part of, `booked` the
    appointment that it fulfils, `room` where the citizen lies, `also` who takes part beside `by`. Returns it.
    """
    code, text = way.value
    period = {"start": written(start)} | ({"end": written(end)} if end else {})
    body: Json = {
        "status": "finished" if end else "in-progress",
        "class": {"system": ACT, "code": code},
        "type": [{"text": text}],
        "subject": chart.subject,
        "participant": [{"individual": reference(one)} for one in (by, *also)],
        "period": period,
        "serviceProvider": reference(unit),
    }
    if reasons:
        body["reasonCode"] = [concept(*reason.terms) for reason in reasons]
    if booked:
        body["appointment"] = [reference(booked)]
    if within:
        body["partOf"] = reference(within)
    if room:
        body["location"] = [{"location": reference(room), "status": "active"}]
    return chart.add("Encounter", body)
