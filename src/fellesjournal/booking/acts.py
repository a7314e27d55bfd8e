"""An Appointment as it becomes when something is done with it (FHIR R4 appointment.html). Pure.

Nothing is changed in place and nothing is stored: who may write the result puts it through the door, where
the guard decides about the time. What an act is not meant for is refused, with every reason at once; what the
world says against it (who is dead, closed, away) is told by `objections`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking.holding import (
    COMES_LATE,
    HELD_UNTIL,
    OVERBOOKED,
    held_until,
    with_extension,
    without_extension,
)
from fellesjournal.errors import Conflict, Invalid, Issue, Unprocessable
from fellesjournal.fhir.bundle import instant
from fellesjournal.fhir.dates import date_span
from fellesjournal.norway.codes.contacts import CANCELLED

Tree = Mapping[str, Any]
Made = dict[str, Any]

BY_SERVICE, NOT_AT_HOME, BY_CITIZEN, ON_BEHALF = "AAT", "AIH", "AAI", "APVAI"
"""Reasons to cancel, of list 7621."""
OPEN = ("proposed", "pending", "waitlist", "booked")
"""What is still to come: it can be moved and cancelled."""
_PRESENT = ("arrived", "checked-in")
_FROM: dict[str, tuple[str, ...]] = {
    "hold": ("proposed", "pending", "waitlist"),
    "book": ("proposed", "pending", "waitlist"),
    "answer": OPEN,
    "move": OPEN,
    "cancel": (*OPEN, "arrived"),
    "arrive": ("booked",),
    "show in": ("booked", "arrived"),
    "finish": ("booked", *_PRESENT),
    "note as not met": ("booked",),
}
"""The states in which each act means something."""
MOST_REPEATED = 60


def proposed(
    who: Sequence[str], start: datetime, end: datetime, now: datetime, more: Tree | None = None
) -> Made:
    """A new Appointment that is proposed to all who are needed ("Practitioner/7"); `more` are members that
    it has besides, such as serviceType. Raises Unprocessable for a time that is none, or over.
    """
    _check_time(start, end, now)
    if not who:
        raise Unprocessable(
            Issue("required", "Nobody is to come: name those who are.", "Appointment.participant")
        )
    parties = [{"actor": {"reference": one}, "status": "needs-action"} for one in dict.fromkeys(who)]
    made = {"resourceType": "Appointment", **(more or {}), "status": "proposed"}
    return made | _times(start, end) | {"participant": parties}


def named(appointment: Tree, names: Mapping[str, str]) -> Made:
    """With what those who take part are called, as far as `names` has it, by reference."""
    parties = [
        one | {"actor": one["actor"] | {"display": names[reference]}}
        if (reference := one.get("actor", {}).get("reference")) in names
        else one
        for one in appointment["participant"]
    ]
    return dict(appointment) | {"participant": parties}


def held(appointment: Tree, until: datetime, now: datetime) -> Made:
    """Pending, and its time is given back by itself at `until`. Raises Conflict in a wrong state."""
    _check_state(appointment, "hold")
    _check_own_time(appointment, now)
    if until <= now:
        raise Unprocessable(
            Issue("value", f"A hold ends after now, not at {instant(until)}.", "Appointment.extension")
        )
    limit = {"url": HELD_UNTIL, "valueDateTime": instant(until)}
    return with_extension(appointment, limit) | {"status": "pending"}


def booked(appointment: Tree, now: datetime) -> Made:
    """Agreed for all; a hold on it ends. Raises Conflict in a wrong state."""
    _check_state(appointment, "book")
    _check_own_time(appointment, now)
    parties = [one | _agreed(one) for one in appointment["participant"]]
    return without_extension(appointment, HELD_UNTIL) | {"status": "booked", "participant": parties}


def tentative(appointment: Tree) -> Made:
    """What is to be booked held without an end instead, until somebody confirms it or gives it back."""
    parties = [one | {"status": "tentative"} for one in appointment["participant"]]
    return dict(appointment) | {"status": "pending", "participant": parties}


def answered(appointment: Tree, actor: str, answer: str) -> Made:
    """With the answer of one ("Patient/3": accepted, declined or tentative); booked when all have accepted.

    Raises Invalid for one who does not take part, Conflict in a wrong state.
    """
    _check_state(appointment, "answer")
    if answer not in ("accepted", "declined", "tentative"):
        raise Invalid(f"One answers accepted, declined or tentative, not '{answer}'.")
    parties = [dict(one) for one in appointment["participant"]]
    own = [one for one in parties if one.get("actor", {}).get("reference") == actor]
    if not own:
        raise Invalid(f"{actor} takes no part in this appointment.")
    for one in own:
        one["status"] = answer
    made = dict(appointment) | {"participant": parties}
    agreed = all(one["status"] == "accepted" for one in parties) and "start" in appointment
    return (without_extension(made, HELD_UNTIL) | {"status": "booked"}) if agreed else made


def moved(appointment: Tree, start: datetime, now: datetime, end: datetime | None = None) -> Made:
    """At another time, as long as before unless `end` says otherwise; times of single participants go along.

    Raises Conflict in a wrong state, Unprocessable for a time that is none, or over.
    """
    _check_state(appointment, "move")
    if "start" not in appointment or "end" not in appointment:
        _check_time(start, end or start, now)
        return dict(appointment) | _times(start, end or start)
    before, until = (date_span(appointment[name])[0] for name in ("start", "end"))
    end = end or start + (until - before)
    _check_time(start, end, now)
    parties = [shifted(one, start - before) for one in appointment["participant"]]
    kept = {name: value for name, value in appointment.items() if name != "slot"}
    return kept | _times(start, end) | {"participant": parties}


def shifted(party: Tree, by: timedelta) -> Made:
    """One who takes part for a time of their own, at another time, for which they are not late."""
    period = {name: instant(date_span(value)[0] + by) for name, value in party.get("period", {}).items()}
    return without_extension(party, COMES_LATE) | ({"period": period} if period else {})


def changed(appointment: Tree, wanted: Tree, now: datetime) -> Made:
    """As somebody wants it to be, with its id: other times, other people. What is agreed stays agreed.

    Raises Conflict in a wrong state, Unprocessable for a time that is none, or over.
    """
    _check_state(appointment, "move")
    _check_own_time(wanted, now)
    return without_extension(wanted, HELD_UNTIL) | {"id": appointment["id"], "status": "booked"}


def cancelled(appointment: Tree, reason: str, words: str = "") -> Made:
    """Called off, for a reason of list 7621 (AAT, AIH, AAI, APVAI) and in somebody's own words.

    Raises Invalid for another reason, Conflict in a wrong state.
    """
    listed = CANCELLED.find(reason)
    if listed is None or reason == "IM":
        told = ", ".join((BY_SERVICE, NOT_AT_HOME, BY_CITIZEN, ON_BEHALF))
        raise Invalid(f"An appointment is cancelled for a reason of list 7621 ({told}), not '{reason[:20]}'.")
    _check_state(appointment, "cancel")
    coding = {"system": CANCELLED.system, "code": reason, "display": listed.display}
    text = f"{listed.display}: {words.strip()}" if words.strip() else listed.display
    return without_extension(appointment, HELD_UNTIL) | {
        "status": "cancelled",
        "cancelationReason": {"coding": [coding], "text": text},
    }


def arrived(appointment: Tree) -> Made:
    """The citizen is there and waits. Raises Conflict in a wrong state."""
    return _stepped(appointment, "arrive", "arrived")


def in_room(appointment: Tree) -> Made:
    """The citizen has been shown in: R4's checked-in. Raises Conflict in a wrong state."""
    return _stepped(appointment, "show in", "checked-in")


def done(appointment: Tree) -> Made:
    """It has taken place. Raises Conflict in a wrong state."""
    return _stepped(appointment, "finish", "fulfilled")


def not_met(appointment: Tree, now: datetime) -> Made:
    """The citizen did not come. R4's constraint app-4 lets a reason stand on what was cancelled only, so list
    7621's IM is this status. Raises Conflict in a wrong state, or before it has begun.
    """
    made = _stepped(appointment, "note as not met", "noshow")
    if "start" in appointment and now < date_span(appointment["start"])[0]:
        raise Conflict(Issue("conflict", "It has not begun: nobody has failed to come.", "Appointment.start"))
    return made


def repeated(appointment: Tree, starts: Sequence[datetime], now: datetime) -> list[Made]:
    """The same again at other times, each an Appointment of its own without an id.

    Raises Unprocessable for times that are none or over, or more than MOST_REPEATED.
    """
    if not 0 < len(starts) <= MOST_REPEATED:
        text = f"An appointment is repeated 1 to {MOST_REPEATED} times, not {len(starts)}."
        raise Unprocessable(Issue("value", text))
    own = ("id", "meta", "identifier", "slot", "cancelationReason")
    base = {
        name: value for name, value in without_extension(appointment, HELD_UNTIL).items() if name not in own
    }
    return [moved(base | {"status": "proposed"}, start, now) | {"status": "booked"} for start in starts]


def overbooked(appointment: Tree, actor: str, reason: str) -> Made:
    """One who is busy is booked all the same, with a reason. Raises Invalid for one who takes no part, who is
    a citizen, or without a reason.
    """
    if not reason.strip():
        raise Invalid("Who overbooks says why.")
    if actor.startswith("Patient/"):
        raise Invalid("A citizen cannot be in two places: only those who help are overbooked.")
    why = {"url": OVERBOOKED, "valueString": reason.strip()}
    parties = [
        with_extension(one, why) if one.get("actor", {}).get("reference") == actor else dict(one)
        for one in appointment["participant"]
    ]
    if parties == list(appointment["participant"]):
        raise Invalid(f"{actor} takes no part in this appointment.")
    return dict(appointment) | {"participant": parties}


def _stepped(appointment: Tree, act: str, status: str) -> Made:
    _check_state(appointment, act)
    return without_extension(appointment, HELD_UNTIL) | {"status": status}


def _check_state(appointment: Tree, act: str) -> None:
    status = appointment.get("status", "")
    if status not in _FROM[act]:
        told = f"This appointment is {status}: only what is {' or '.join(_FROM[act])} is there to {act}."
        if status == "cancelled" and (until := held_until(appointment)):
            told = f"{told} Its time was held until {instant(until)}, and is given back: find one anew."
        raise Conflict(Issue("conflict", told, "Appointment.status"))


def _check_own_time(appointment: Tree, now: datetime) -> None:
    if "start" not in appointment or "end" not in appointment:
        raise Unprocessable(
            Issue("required", "It has no time yet: give it a start and an end.", "Appointment.start")
        )
    _check_time(date_span(appointment["start"])[0], date_span(appointment["end"])[0], now)


def _check_time(start: datetime, end: datetime, now: datetime) -> None:
    issues = []
    if end <= start:
        text = f"It ends ({instant(end)}) no later than it begins ({instant(start)})."
        issues.append(Issue("value", text, "Appointment.end"))
    if start <= now:
        issues.append(
            Issue("value", f"{instant(start)} is over: choose a time to come.", "Appointment.start")
        )
    if issues:
        raise Unprocessable(*issues)


def _times(start: datetime, end: datetime) -> Made:
    minutes = int((end - start) / timedelta(minutes=1))
    return {"start": instant(start), "end": instant(end), "minutesDuration": minutes}


def _agreed(party: Tree) -> Made:
    return {"status": "accepted" if party.get("status") in ("needs-action", "tentative") else party["status"]}
