"""Why something was not done with an appointment, in the words of the reader's language."""

from collections.abc import Mapping

from fellesjournal.booking.asked.objections import Objected, Objection
from fellesjournal.booking.fees import Meaningless
from fellesjournal.booking.icalendar.faults import Unreadable
from fellesjournal.errors import Conflict, Fault
from fellesjournal.workplace.booking import words
from fellesjournal.workplace.desk import Desk


def told(desk: Desk, fault: Fault, names: Mapping[str, str]) -> list[str]:
    """The sentences for a fault; `names` is what those who take part are called. What the catalogue has no
    words for is said as the API says it.
    """
    match fault:
        case Objected():
            return [_objection(desk, one, names) for one in fault.objections]
        case Meaningless():
            return [desk.t.timebok.fee_wrong]
        case Conflict():
            return [desk.t.timebok.taken]
        case Unreadable():
            said = desk.t.absence_fault[fault.kind].format(**fault.details)
            return [desk.t.absence.unreadable.format(line=fault.line), said]
    return [str(fault)]


def _objection(desk: Desk, one: Objection, names: Mapping[str, str]) -> str:
    who = (
        desk.t.timebok.the_citizen if one.actor.startswith("Patient/") else names.get(one.actor) or one.actor
    )
    when = words.span(desk.t, one.start, one.end) if one.start and one.end else ""
    if one.kind == "ended" and one.start:
        when = words.moment(desk.t, one.start)
    said: str = desk.t.objection[one.kind].format(who=who, when=when)
    return said[:1].upper() + said[1:]
