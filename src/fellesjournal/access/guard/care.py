"""Care relations (tjenstlig behov): the resources that show that somebody takes part in a citizen's care.

pasientjournalloven § 19 and helsepersonelloven §§ 25 and 45 let those read who need it to give care; Normen's
guide to access (Veileder tilgang 2.0) asks for a documented event behind each opening: an admission, a
referral, a decision, an appointment, a list. How long a relation lasts beyond the event is this project's
proposal.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from fellesjournal.access.decision import Basis
from fellesjournal.access.guard.grants import OVERRIDE, grant_of, override_party
from fellesjournal.fhir.dates import OPEN_END, OPEN_START, date_bounds
from fellesjournal.fhir.search.entries import Care
from fellesjournal.fhir.search.terms import key_of

Tree = dict[str, Any]

DAY = 86_400_000_000
"""Microseconds."""
AFTERWARDS = 30 * DAY
"""Records are finished, results read and letters written for some weeks after a contact has ended."""
BEFOREHAND = 14 * DAY
"""An appointment is prepared from two weeks before."""

TASK_LASTS = 30 * DAY
"""A task without an end."""
TASK_LASTS_AT_MOST = 366 * DAY

_PARTIES = ("Organization", "HealthcareService", "Location", "Practitioner", "PractitionerRole")
_INPATIENT = ("IMP", "ACUTE", "NONAC", "OBSENC", "SS")

KINDS = {
    Basis.ADMISSION: 1,
    Basis.REFERRAL: 2,
    Basis.VEDTAK: 3,
    Basis.APPOINTMENT: 4,
    Basis.LIST: 5,
    Basis.GP: 6,
    Basis.EMERGENCY: 7,
    Basis.PARENT: 8,
    Basis.GUARDIAN: 9,
    Basis.POWER_OF_ATTORNEY: 10,
    Basis.OVERRIDE: 11,
}
"""The numbers under which the index holds what a relation rests on."""
BASES = {number: basis for basis, number in KINDS.items()}


class Relation(NamedTuple):
    """What one resource shows: on which basis, from when to before when, and who takes part. `alone`: it lets
    them see that resource, and nothing else of the record; `ahead`: so it does until the relation begins.
    """

    basis: Basis
    low: int
    high: int
    references: Iterable[Any]
    alone: bool = False
    ahead: bool = False


def care(resource: Tree) -> list[Care]:
    """The relations that a valid resource shows, one row for each that takes part. A row with a party's key
    turned over is about the resource alone: it opens no record (record/schema/0013_reach_of_one.sql).
    """
    if resource["resourceType"] == "Task" and (grant := grant_of(resource)):
        return [_granted(resource, grant)]
    read = _READERS.get(resource["resourceType"])
    relation = read(resource) if read else None
    if relation is None:
        return []
    kind = KINDS[relation.basis]
    keys = dict.fromkeys(_keys(relation.references))
    rows = [Care(~key if relation.alone else key, kind, relation.low, relation.high) for key in keys]
    return rows + [Care(~key, kind, OPEN_START, relation.low) for key in keys if relation.ahead]


def _keys(references: Iterable[Any]) -> Iterator[int]:
    for reference in references:
        target = (reference or {}).get("reference", "")
        if target.partition("/")[0] in _PARTIES:
            yield key_of(target.partition("/_history/")[0])


def _granted(task: Tree, grant: str) -> Care:
    owner = task["owner"]["reference"]
    overrides = grant == OVERRIDE
    party = override_party(owner) if overrides else key_of(owner)
    period = task["executionPeriod"]
    low, high = (
        date_bounds(period["start"])[0],
        date_bounds(period["end"])[0],
    )  # to the second, not through it
    return Care(party, KINDS[Basis.OVERRIDE if overrides else Basis.EMERGENCY], low, high)


def _span(period: Tree, before: int = 0, after: int = 0) -> tuple[int, int]:
    """A period widened, open where it says nothing."""
    low = date_bounds(period["start"])[0] - before if "start" in period else OPEN_START
    high = date_bounds(period["end"])[1] + 1 + after if "end" in period else OPEN_END
    return low, high


def _encounter(encounter: Tree) -> Relation | None:
    if encounter["status"] in ("cancelled", "entered-in-error", "unknown"):
        return None
    period = encounter.get("period", {})
    if encounter["status"] == "finished" and "end" not in period:
        period = {**period, "end": period["start"]} if "start" in period else {}
        if not period:
            return None
    inpatient = encounter["class"].get("code") in _INPATIENT
    parties = [encounter.get("serviceProvider"), *_inside(encounter, "participant", "individual")]
    parties += _inside(encounter, "location", "location")
    basis = Basis.ADMISSION if inpatient else Basis.APPOINTMENT
    return Relation(basis, *_span(period, BEFOREHAND, AFTERWARDS), parties)


def _episode(episode: Tree) -> Relation | None:
    if episode["status"] in ("cancelled", "entered-in-error"):
        return None
    period = episode.get("period", {})
    if episode["status"] == "finished" and "end" not in period:
        return None
    parties = [episode.get("managingOrganization"), episode.get("careManager")]
    return Relation(Basis.VEDTAK, *_span(period, BEFOREHAND, AFTERWARDS), parties)


def _request(request: Tree) -> Relation | None:
    if request["status"] not in ("active", "on-hold") or request["intent"] in ("proposal", "plan", "option"):
        return None
    low = date_bounds(request["authoredOn"])[0] if "authoredOn" in request else OPEN_START
    return Relation(Basis.REFERRAL, low, OPEN_END, request.get("performer", ()))


def _appointment(appointment: Tree) -> Relation | None:
    """One that does not come about opens no record. Who it was with still sees that it was cancelled, or that
    nobody came: else it would vanish from their list without a word. And who has booked for months ahead sees
    what is booked, to move it, before the record opens.
    """
    if appointment["status"] == "entered-in-error":
        return None
    period: Tree = {name: appointment[name] for name in ("start", "end") if name in appointment}
    if not period and (asked := appointment.get("requestedPeriod")):
        period = {**asked[0]}
    low, high = _span(period, BEFOREHAND, AFTERWARDS)
    parties = [one for one in appointment["participant"] if one.get("status") != "declined"]
    alone = appointment["status"] in ("cancelled", "noshow")
    return Relation(Basis.APPOINTMENT, low, high, [one.get("actor") for one in parties], alone, ahead=True)


def _charge(charge: Tree) -> Relation | None:
    """Who gives what is charged for sees that charge, and can take it back: of one who did not come the
    appointment opens no record any more."""
    if "occurrenceDateTime" not in charge or charge["status"] == "entered-in-error":
        return None
    low, high = date_bounds(charge["occurrenceDateTime"])
    parties = [charge.get("performingOrganization")]
    return Relation(Basis.APPOINTMENT, low - BEFOREHAND, high + 1 + AFTERWARDS, parties, alone=True)


def _care_team(team: Tree) -> Relation | None:
    if team.get("status") in ("inactive", "entered-in-error", "proposed"):
        return None
    parties = [*_inside(team, "participant", "member"), *_inside(team, "participant", "onBehalfOf")]
    parties += team.get("managingOrganization", ())
    return Relation(Basis.LIST, *_span(team.get("period", {})), parties)


def _task(task: Tree) -> Relation | None:
    """A piece of work for the citizen. What the door grants is no work, and read by `_granted`.

    A person's task counts when somebody else gave it (who writes it is its requester, see access/rules.py).
    It counts within its period, and without an end for TASK_LASTS from its beginning; never for more than
    TASK_LASTS_AT_MOST. Without a beginning or the day it was given it opens nothing.
    """
    if task["status"] not in ("requested", "received", "accepted", "in-progress", "on-hold", "ready"):
        return None
    owner = task.get("owner", {}).get("reference", "")
    requester = task.get("requester", {}).get("reference", "")
    if owner.startswith(("Practitioner/", "PractitionerRole/")) and requester in ("", owner):
        return None
    period = task.get("restriction", {}).get("period") or task.get("executionPeriod", {})
    start = period.get("start") or task.get("authoredOn")
    if start is None:
        return None
    low = date_bounds(start)[0]
    high = date_bounds(period["end"])[1] + 1 if "end" in period else low + TASK_LASTS
    return Relation(Basis.LIST, low, min(high, low + TASK_LASTS_AT_MOST), [task.get("owner")])


def _patient(patient: Tree) -> Relation | None:
    return Relation(Basis.GP, OPEN_START, OPEN_END, patient.get("generalPractitioner", ()))


def _inside(resource: Tree, group: str, name: str) -> list[Any]:
    return [one.get(name) for one in resource.get(group, ())]


_READERS: dict[str, Callable[[Tree], Relation | None]] = {
    "Appointment": _appointment,
    "CareTeam": _care_team,
    "ChargeItem": _charge,
    "Encounter": _encounter,
    "EpisodeOfCare": _episode,
    "Patient": _patient,
    "ServiceRequest": _request,
    "Task": _task,
}
