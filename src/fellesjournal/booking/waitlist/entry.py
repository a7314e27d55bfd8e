"""An entry of a waitlist: an Appointment of status waitlist (FHIR R4 appointment.html). Pure.

The service whose list it is takes part in it. How long it may wait stands in an extension: since when it
counts (ansiennitet), and the last day by which help has to begin (pasient- og brukerrettighetsloven § 2-1 b
second paragraph). `Appointment.priority` is iCalendar's: 1 goes first, 9 last, 0 or none says nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.booking import holding
from fellesjournal.errors import Conflict, Issue, Unprocessable
from fellesjournal.fhir.dates import date_span
from fellesjournal.fhir.extensions import members
from fellesjournal.norway.codes.contacts import CANCELLED, WAIT_ENDED

Tree = Mapping[str, Any]

ENTRY = "https://fellesjournal.no/fhir/StructureDefinition/waitlist-entry"
"""On an Appointment: since (dateTime), deadline (date), notice (hours, unsignedInt), place (Reference)*, and
instead: the Appointment that whoever wants an earlier time keeps till then (Reference)."""
WAITING, CLOSED = "waitlist", "cancelled"
SERVICE = "HealthcareService/"
LEAST = 9
"""The priority of an entry that has none."""
_MEMBERS = ("since", "deadline", "notice", "place", "instead")
_REASONS = {
    WAIT_ENDED.system: frozenset(one.code for one in WAIT_ENDED.codes),
    CANCELLED.system: frozenset(("AAI", "APVAI")),
}
_FOREVER = timedelta(days=36_500)


class Entry(NamedTuple):
    """One who waits. `since` and the moments `earliest` and `latest` (before which it must begin) are aware;
    `notice` is the shortest notice that is accepted; `places` ("Location/7") the only ones, none: any;
    `instead` the time that is kept until an earlier one is taken ("Appointment/7", or "").
    """

    id: str
    citizen: str
    service: str
    visits: frozenset[str]
    since: datetime
    deadline: date | None
    priority: int
    notice: timedelta
    places: frozenset[str]
    earliest: datetime
    latest: datetime
    minutes: int
    instead: str = ""

    @property
    def reference(self) -> str:
        """What others refer to it by."""
        return f"Appointment/{self.id}"


def entry(tree: Tree) -> Entry:
    """What an Appointment of status waitlist says. Raises Unprocessable with all that it lacks."""
    if faults := [*_faults(tree)]:
        raise Unprocessable(*faults)
    told = _told(tree)
    since = date_span(told["since"][0])[0]
    periods = [_moments(one, since) for one in tree.get("requestedPeriod", ())]
    return Entry(
        str(tree.get("id", "")),
        next(actor for actor in actors(tree) if actor.startswith("Patient/")),
        next(actor for actor in actors(tree) if actor.startswith(SERVICE)),
        visits(tree),
        since,
        date.fromisoformat(told["deadline"][0]) if "deadline" in told else None,
        int(tree.get("priority", 0)) or LEAST,
        timedelta(hours=int(told.get("notice", [0])[0])),
        frozenset(filter(None, (holding.local(one) for one in told.get("place", ())))),
        min((start for start, _ in periods), default=since),
        max((end for _, end in periods), default=since + _FOREVER),
        int(tree.get("minutesDuration", 0)),
        _instead(told),
    )


def is_entry(tree: Tree) -> bool:
    """Whether an Appointment waits on the list of a service, or of none yet."""
    return tree.get("status") == WAITING and (not tree.get("start") or bool(holding.extension(tree, ENTRY)))


def check_leaving(before: Tree, after: Tree) -> None:
    """Nobody leaves a list by the way: an entry is closed with a reason of list 8445, or by the citizen, who
    wants it no more (AAI or APVAI of list 7621).

    Raises Conflict for any other change of its status, entered-in-error too: R4 keeps that for appointments
    that had a time, and a mistake has a reason like any other (9). An appointment for one who waits is
    written by itself, with the entry in supportingInformation.
    """
    if not is_entry(before) or after.get("status") == WAITING:
        return
    if after.get("status") == CLOSED and reason(after):
        return
    codes = ", ".join(one.code for one in WAIT_ENDED.codes)
    text = (
        f"Appointment/{after.get('id', '')} is an entry of a waitlist: it is closed by status 'cancelled' "
        f"and a cancelationReason of {WAIT_ENDED.system} ({codes}), or by the citizen (AAI, APVAI). "
        "An appointment for the one who waits is written by itself, with the entry in supportingInformation."
    )
    raise Conflict(Issue("conflict", text, "Appointment.status"))


def reason(tree: Tree) -> str:
    """The code by which an entry was closed, of list 8445 or the citizen's own of 7621; "" for none."""
    for one in tree.get("cancelationReason", {}).get("coding", ()):
        if one.get("code") in _REASONS.get(one.get("system", ""), ()):
            return str(one["code"])
    return ""


def closed(tree: Tree, code: str, words: str = "") -> dict[str, Any]:
    """The entry as it is when a person closes it. Raises Conflict when it waits no more, Unprocessable for a
    code that is none of list 8445.
    """
    if not is_entry(tree):
        raise Conflict(f"Appointment/{tree.get('id', '')} does not wait: its status is {tree.get('status')}.")
    listed = WAIT_ENDED.find(code)
    if listed is None:
        known = ", ".join(one.code for one in WAIT_ENDED.codes)
        raise Unprocessable(Issue("value", f"A wait ends for one of the reasons {known}, not '{code}'."))
    coding = {"system": WAIT_ENDED.system, "code": code, "display": listed.display}
    text = ". ".join(filter(None, (listed.display, words.strip())))
    return {**tree, "status": CLOSED, "cancelationReason": {"coding": [coding], "text": text}}


def actors(tree: Tree) -> list[str]:
    """Who takes part in an Appointment, by reference, without versions."""
    return [actor for one in tree.get("participant", ()) if (actor := holding.local(one.get("actor", {})))]


def visits(tree: Tree) -> frozenset[str]:
    """The kinds of visit that an Appointment is: the codes of its service types and of its own type."""
    concepts = [*tree.get("serviceType", ()), tree.get("appointmentType", {})]
    return frozenset(
        f"{one.get('system', '')}|{one['code']}"
        for concept in concepts
        for one in concept.get("coding", ())
        if "code" in one
    )


def _faults(tree: Tree) -> Iterator[Issue]:
    named = actors(tree)
    if not any(actor.startswith("Patient/") for actor in named):
        yield Issue("required", "Name the citizen who waits.", "Appointment.participant")
    if sum(actor.startswith(SERVICE) for actor in named) != 1:
        text = "Name the one service (HealthcareService) whose list it is."
        yield Issue("required", text, "Appointment.participant")
    if tree.get("start") or tree.get("end"):
        yield Issue("value", "One who waits has no time yet: leave out start and end.", "Appointment.start")
    told = _told(tree)
    if strange := sorted(told.keys() - set(_MEMBERS)):
        text = f"An entry has no '{strange[0]}': it has {', '.join(_MEMBERS)}."
        yield Issue("value", text, "Appointment.extension")
    if "since" not in told:
        text = f"Say since when it counts: 'since' in the extension {ENTRY}."
        yield Issue("required", text, "Appointment.extension")
    if "instead" in told and not _instead(told):
        text = "'instead' refers to the Appointment that is kept until then: Appointment/[id]."
        yield Issue("value", text, "Appointment.extension")


def _instead(told: Mapping[str, list[Any]]) -> str:
    named = str((told.get("instead", [{}])[0] or {}).get("reference", "")).split("/")
    return "/".join(named[:2]) if named[0] == "Appointment" and len(named) in (2, 4) else ""


def _told(tree: Tree) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for name, value in members(holding.extension(tree, ENTRY)):
        told.setdefault(name, []).append(value)
    return told


def _moments(period: Tree, since: datetime) -> tuple[datetime, datetime]:
    start = date_span(period["start"])[0] if "start" in period else since
    return start, date_span(period["end"])[1] if "end" in period else start + _FOREVER
