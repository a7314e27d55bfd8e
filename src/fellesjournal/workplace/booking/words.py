"""Times as they are said here: "ti. 1.12. kl. 10.00–10.30". Pure, but for the catalogue."""

from datetime import date, datetime
from typing import Any

from fellesjournal.booking import acts
from fellesjournal.booking.free import windows
from fellesjournal.booking.free.windows import is_window
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.norwegian import OSLO

Json = dict[str, Any]


def day(t: Words, on: date) -> str:
    """The day of the week and the date."""
    text: str = t.timebok.date.format(weekday=t.weekday[f"d{on.weekday()}"], day=on.day, month=on.month)
    return text


def moment(t: Words, at: datetime) -> str:
    """A day and a time of day."""
    local = at.astimezone(OSLO)
    text: str = t.timebok.moment.format(day=day(t, local.date()), time=clock(local))
    return text


def span(t: Words, start: datetime, end: datetime) -> str:
    """From when to when, the day said once."""
    until = end.astimezone(OSLO)
    same = until.date() == start.astimezone(OSLO).date()
    return f"{moment(t, start)}–{clock(until) if same else moment(t, until)}"


def window(t: Words, start: datetime, end: datetime) -> str:
    """A day, and between which times somebody comes."""
    on = day(t, start.astimezone(OSLO).date())
    return str(t.timebok.window.format(day=on, start=clock(start), end=clock(end)))


def when(t: Words, appointment: Json) -> str:
    """When an Appointment is, as one says it: from and to, or between; "" for one without a time."""
    held = times(appointment)
    if held is None:
        return ""
    return window(t, *held) if is_window(appointment) else span(t, *held)


def contact(t: Words, appointment: Json) -> str:
    """That it is on video or by telephone; "" for one that is met."""
    code = windows.contact(appointment)
    return str(t.timebok_contact[f"k{code}"]) if code else ""


def clock(at: datetime) -> str:
    """10:05, as the clock shows in Norway."""
    return f"{at.astimezone(OSLO):%H:%M}"


def times(appointment: Json) -> tuple[datetime, datetime] | None:
    """When an Appointment begins and ends, Norway's time; None for one without a time."""
    if "start" not in appointment or "end" not in appointment:
        return None
    start, end = (datetime.fromisoformat(appointment[name]).astimezone(OSLO) for name in ("start", "end"))
    return start, end


def is_to_come(appointment: Json, now: datetime) -> bool:
    """Whether it is held, or waits to be, and has not begun."""
    held = times(appointment)
    return appointment["status"] in acts.OPEN and held is not None and held[0] > now


def what(appointment: Json) -> str:
    """What an Appointment is for."""
    kinds = (one.get("text") or _displayed(one) for one in appointment.get("serviceType", ()))
    return str(appointment.get("description") or ", ".join(filter(None, kinds)))


def kind(appointment: Json) -> str:
    """The code of its kind of visit; "" where it has none."""
    codings = (coding for one in appointment.get("serviceType", ()) for coding in one.get("coding", ()))
    return next((str(coding["code"]) for coding in codings if "code" in coding), "")


def _displayed(concept: Json) -> str:
    return next((str(one["display"]) for one in concept.get("coding", ()) if "display" in one), "")


def actors(appointment: Json) -> list[Json]:
    """All who take part, as References."""
    return [one["actor"] for one in appointment.get("participant", ()) if "actor" in one]


def citizens(appointment: Json) -> list[str]:
    """The citizens who come ("Patient/7")."""
    found = (one.get("reference", "") for one in actors(appointment))
    return [one for one in found if one.startswith("Patient/")]


def names(appointment: Json) -> dict[str, str]:
    """What the Appointment itself calls those who take part, by reference."""
    named = (one for one in actors(appointment) if "reference" in one)
    return {str(one["reference"]): str(one.get("display", "")) for one in named}


def comes(appointment: Json) -> list[str]:
    """All who take part, as they are referred to."""
    return [
        str(one["actor"]["reference"])
        for one in appointment.get("participant", ())
        if one.get("status") != "declined" and "reference" in one.get("actor", {})
    ]
