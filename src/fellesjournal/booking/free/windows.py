"""Visits at home within a window of time, and consultations without a place. Pure.

The citizen is to be at home for the whole window; who comes is busy for the visit alone. So the Appointment
is as long as the window, and the one who comes takes part for a period of their own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking import acts, rules
from fellesjournal.booking.free import finding
from fellesjournal.booking.free.finding import Free, Need
from fellesjournal.booking.free.grid import Grid, fit
from fellesjournal.errors import Invalid, Issue, Unprocessable
from fellesjournal.fhir.bundle import instant
from fellesjournal.fhir.dates import date_span
from fellesjournal.norway.codes.contacts import APPOINTMENT, CONTACT

Tree = Mapping[str, Any]
Made = dict[str, Any]

HOME, VIDEO, TELEPHONE = "Hjemmebesok", "6", "7"
"""Of list 7617 (what the citizen is told that it is), and of 8432 (kinds of contact)."""


def first_home_visit(
    free: Free, needs: Sequence[Need], citizen: int, grid: Grid, window: tuple[datetime, datetime]
) -> tuple[datetime, tuple[str, ...]] | None:
    """When one of each who is needed could come within a window in which the citizen is free all the time,
    and who; None when they cannot, or the citizen is busy.
    """
    inside = grid.inside(*window)
    if not inside or citizen & inside != inside:
        return None
    within = fit(inside, max(need.offset + need.length for need in needs))
    found = finding.find(free, needs, within, 1).offers
    return (grid.moment(found[0].start), found[0].chosen) if found else None


def is_window(appointment: Tree) -> bool:
    """Whether the citizen waits from its start to its end for a visit at home that is shorter."""
    parties = appointment.get("participant", ())
    narrow = any("period" in one for one in parties if not _is_citizen(one))
    return rules.is_at_home(appointment) and narrow


def home_visit(
    citizen: str, who: Sequence[str], window: tuple[datetime, datetime], start: datetime, minutes: int
) -> Made:
    """The Appointment of a visit at home. Raises Unprocessable for a visit that is not within its window."""
    opens, closes = window
    end = start + timedelta(minutes=minutes)
    _check_within(start, end, window)
    period = {"start": instant(start), "end": instant(end)}
    parties: list[Made] = [{"actor": {"reference": citizen}, "status": "accepted"}]
    parties += [{"actor": {"reference": one}, "status": "accepted", "period": period} for one in who]
    coding = {"system": APPOINTMENT.system, "code": HOME, "display": "Hjemmebesøk"}
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "appointmentType": {"coding": [coding]},
        "start": instant(opens),
        "end": instant(closes),
        "minutesDuration": minutes,
        "participant": parties,
    }


def moved(appointment: Tree, opens: datetime, begins: datetime, now: datetime) -> Made:
    """A visit at home in another window, as wide as its own, with who comes from another place in it on.

    Raises Conflict and Unprocessable as acts.moved, Unprocessable for a visit that is not within its window.
    """
    made = acts.moved(appointment, opens, now)
    periods = [one["period"] for one in made["participant"] if "period" in one]
    by = begins - min(date_span(one["start"])[0] for one in periods)
    parties = [acts.shifted(one, by) for one in made["participant"]]
    ends = max(date_span(one["period"]["end"])[0] for one in parties if "period" in one)
    _check_within(begins, ends, (opens, date_span(made["end"])[0]))
    return made | {"participant": parties}


def by_contact(appointment: Tree, code: str) -> Made:
    """With a kind of contact of list 8432 (VIDEO, TELEPHONE, ...), in the place of the one it had: in
    appointmentType, as Helsenorge's hn-basis-appointment has it. On video and telephone nobody needs a place:
    its places are only told of it, so that their unit sees it. Raises Invalid for a code that is none.
    """
    listed = CONTACT.find(code)
    if listed is None:
        known = ", ".join(f"{one.code} {one.display}" for one in CONTACT.codes)
        raise Invalid(f"A kind of contact is one of {known}: not '{code[:20]}'.")
    had = appointment.get("appointmentType", {})
    codings = [one for one in had.get("coding", ()) if one.get("system") != CONTACT.system]
    coding = {"system": CONTACT.system, "code": code, "display": listed.display}
    made = {**appointment, "appointmentType": {**had, "coding": [*codings, coding]}}
    if code in (VIDEO, TELEPHONE):
        made["participant"] = [
            one | {"required": "information-only"}
            if str(one.get("actor", {}).get("reference", "")).startswith("Location/")
            else one
            for one in appointment.get("participant", ())
        ]
    return made


def contact(appointment: Tree) -> str:
    """Whether it is on VIDEO or by TELEPHONE; "" for one that is met."""
    codings = appointment.get("appointmentType", {}).get("coding", ())
    codes = {str(one.get("code", "")) for one in codings if one.get("system") == CONTACT.system}
    return next((one for one in (VIDEO, TELEPHONE) if one in codes), "")


def _check_within(start: datetime, end: datetime, window: tuple[datetime, datetime]) -> None:
    opens, closes = window
    if not opens <= start < end <= closes:
        text = (
            f"The visit ({instant(start)} to {instant(end)}) is not within its window "
            f"({instant(opens)} to {instant(closes)})."
        )
        raise Unprocessable(Issue("value", text, "Appointment.participant.period"))


def _is_citizen(party: Tree) -> bool:
    return str(party.get("actor", {}).get("reference", "")).startswith("Patient/")
