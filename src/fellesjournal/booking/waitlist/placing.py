"""Putting somebody on a list: one who waits, and one who is to be called in again (a recall). Pure.

A recall is an entry that begins to wait later: a placeholder without a time, booked nearer the date, for
appointments made long ahead are mostly made again. The control list tells of it when it is due.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.waitlist.entry import ENTRY, WAITING, entry
from fellesjournal.fhir.bundle import instant

Made = dict[str, Any]


class Wish(NamedTuple):
    """What is known of one who is put on a list. `citizen` and `service` are references; `window` is from and
    until when they are to come (a recall; None: for as long as it takes), `visit` a CodeableConcept,
    `referral` a reference or "".
    """

    citizen: str
    service: str
    since: datetime
    deadline: date | None = None
    priority: int = 0
    notice_hours: int = 0
    places: Sequence[str] = ()
    window: tuple[datetime, datetime | None] | None = None
    visit: Mapping[str, Any] | None = None
    referral: str = ""
    minutes: int = 0
    instead: str = ""
    """The Appointment that is kept until an earlier time is taken."""


def placed(wish: Wish, now: datetime) -> Made:
    """The entry. Raises Unprocessable for what it lacks (see entry)."""
    parts: list[Made] = [{"url": "since", "valueDateTime": _written(wish.since)}]
    if wish.deadline:
        parts.append({"url": "deadline", "valueDate": wish.deadline.isoformat()})
    if wish.notice_hours:
        parts.append({"url": "notice", "valueUnsignedInt": wish.notice_hours})
    parts += [{"url": "place", "valueReference": {"reference": one}} for one in wish.places]
    if wish.instead:
        parts.append({"url": "instead", "valueReference": {"reference": wish.instead}})
    made: Made = {
        "resourceType": "Appointment",
        "status": WAITING,
        "created": _written(now),
        "extension": [{"url": ENTRY, "extension": parts}],
        "participant": [
            {"actor": {"reference": one}, "status": "accepted"} for one in (wish.citizen, wish.service)
        ],
    }
    if wish.window:
        start, end = wish.window
        period = {"start": _written(start)} | ({"end": _written(end)} if end else {})
        made["requestedPeriod"] = [period]
    if wish.visit:
        made["serviceType"] = [dict(wish.visit)]
    if wish.referral:
        made["basedOn"] = [{"reference": wish.referral}]
    made |= {name: value for name, value in _numbers(wish) if value}
    entry(made)
    return made


def _numbers(wish: Wish) -> tuple[tuple[str, int], ...]:
    return ("priority", wish.priority), ("minutesDuration", wish.minutes)


def _written(moment: datetime) -> str:
    return instant(moment.astimezone(NORWAY))
