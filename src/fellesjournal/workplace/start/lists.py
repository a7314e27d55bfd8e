"""The worklists of a unit: what each asks the record, and how a row tells why somebody is on it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from fellesjournal.booking.free.grid import midnight
from fellesjournal.documentation.sendings import CATEGORY
from fellesjournal.norway.protection import is_protected
from fellesjournal.norway.writing import moment_of
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import parties, reception
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.start import bedside
from fellesjournal.workplace.tasks import tasks

MOST = 100
"""Rows of a list that are shown unasked; with more, all of them are one press away."""
ALL = 5_000
"""Resources that all rows of a list are made of at most; that there may be more is said."""
BY_CITIZEN = {"AAI", "APVAI"}
"""Cancelled by the citizen, or on their behalf (list 7621): the unit sees it where the appointment stood."""
EVERY = "alle"
"""The parameter of an address that names the list of which every row is shown."""
_PAGE = 500
_WITH_PLACES = (("_include", "Encounter:subject"), ("_include", "Encounter:location"))
Asked = list[tuple[str, str]]


class List(NamedTuple):
    """One worklist: the type it is made of, what it asks, where the citizen stands, and what is told."""

    type: str
    asked: Callable[[Desk], Awaitable[Asked]]
    citizen: Callable[[Json], str]
    told: Callable[[Json], str]


async def rows(desk: Desk, name: str, *, at_home: bool = False) -> Sequence[Json]:
    """The rows of a list, the oldest first: each citizen once with all reasons, or each appointment; one more
    than MOST when there are more, and all of the list that the address names ("alle"). `at_home`: with where
    they live, because they are visited there."""
    if name == "list":
        return await _patients(desk)
    found = LISTS[name]
    resources = await _read(desk, name, found.type, await found.asked(desk))
    patients = {f"Patient/{one['id']}": one for one in resources if one["resourceType"] == "Patient"}
    places = {f"Location/{one['id']}": one for one in resources if one["resourceType"] == "Location"}
    by_citizen: dict[str, Json] = {}
    nameless = [one["id"] for one in resources if _is_nameless(one)]
    names: dict[str, str] = {}
    for first in range(0, len(nameless), MOST):
        names |= await desk.journal.called_off(nameless[first : first + MOST])
    for one in sorted(resources, key=_moment):
        citizen = found.citizen(one) if one["resourceType"] == found.type else ""
        patient = patients.get(citizen) or _named_in(one, names)
        if patient and not _is_gone(one):
            own = f"{citizen} {one['id']}" if name == "today" else citizen
            row = by_citizen.setdefault(own, _row(desk, patient, one))
            row["reasons"] = dict.fromkeys([*row["reasons"], found.told(one)])
            row["responsible"] += bedside.responsible(one)
            row["place"] = row["place"] or bedside.place_of(one, places, desk.actor.unit_display)
            row["address"] = bedside.home_of(patient) if at_home else ""
            row["hidden"] = at_home and is_protected(patient)
    return sorted(by_citizen.values(), key=lambda row: (row["moment"], row["name"]))


async def _patients(desk: Desk) -> Sequence[Json]:
    """Those who have the worker as their GP."""
    asked = [("general-practitioner", desk.actor.person), ("_sort", "family")]
    return [_row(desk, one, {}) for one in await _read(desk, "list", "Patient", asked)]


async def _read(desk: Desk, name: str, type_name: str, asked: Asked) -> list[Json]:
    if desk.asked(EVERY) == name:
        return await desk.search_all(type_name, [*asked, ("_count", str(_PAGE))], ALL)
    return await desk.search(type_name, [*asked, ("_count", str(MOST + 1))])


def _row(desk: Desk, patient: Json, why: Json) -> Json:
    return {
        "id": patient["id"],
        "name": naming.person(patient),
        "age": naming.age(patient, desk.now),
        "number": naming.identity(patient),
        "died": patient.get("deceasedDateTime", ""),
        "since": naming.when(why),
        "moment": _moment(why),
        "reasons": {},
        "place": "",
        "address": "",
        "hidden": False,
        "responsible": [],
        "score": None,
    }


def _moment(resource: Json) -> datetime:
    """When, to sort by: as texts, moments in two time zones are in no order."""
    return moment_of(naming.when(resource)) or datetime.min.replace(tzinfo=UTC)


async def _stays(desk: Desk) -> Asked:
    asked = [("service-provider", desk.actor.unit), ("status", "in-progress"), ("class", "IMP")]
    return [*asked, *_WITH_PLACES]


async def _present(desk: Desk) -> Asked:
    """Who has come and has not left, and lies on no ward."""
    asked = [("service-provider", desk.actor.unit), ("status", "arrived,triaged,in-progress")]
    return [*asked, ("class:not", "IMP"), *_WITH_PLACES]


async def _services(desk: Desk) -> Asked:
    asked = [("organization", desk.actor.unit), ("status", "active")]
    return [*asked, ("_include", "EpisodeOfCare:patient")]


async def _today(desk: Desk) -> Asked:
    """Today's, by the same calendars and places as the unit's book and its reception: not every appointment
    names a place."""
    those = await booked_with(desk)
    start, end = midnight(desk.today), midnight(desk.today + timedelta(days=1))
    asked = [("actor", ",".join(those) or desk.actor.unit), ("status:not", "entered-in-error,waitlist")]
    asked += [("date", f"ge{start.isoformat()}"), ("date", f"lt{end.isoformat()}")]
    return [*asked, ("_sort", "date"), ("_include", "Appointment:patient")]


async def booked_with(desk: Desk) -> list[str]:
    """Those with whom the appointments of the reader's unit are."""
    if not desk.actor.unit:
        return []
    return await reception.actors(desk, await parties.book(desk, desk.actor.unit.replace("/", "-", 1)))


async def _tasks(desk: Desk) -> Asked:
    asked = [("owner", f"{desk.actor.unit},{desk.actor.person}")]
    return [*asked, ("status", ",".join(tasks.OPEN)), ("_include", "Task:patient")]


async def _asked(desk: Desk) -> Asked:
    asked = [("performer", desk.actor.unit), ("status", "active"), ("intent", "order")]
    return [*asked, ("_include", "ServiceRequest:patient")]


async def _messages(desk: Desk) -> Asked:
    asked = [("recipient", desk.actor.unit), ("received:missing", "true"), ("status", "in-progress")]
    return [*asked, ("category:not", CATEGORY), ("_include", "Communication:subject")]


async def _answers(desk: Desk) -> Asked:
    """Forms that citizens have answered, until all is confirmed or set aside."""
    asked = [("recipient", desk.actor.unit), ("category", CATEGORY), ("status", "in-progress")]
    return [*asked, ("_include", "Communication:subject")]


def _at(name: str) -> Callable[[Json], str]:
    """The reference in an element."""
    return lambda one: str(one.get(name, {}).get("reference", ""))


def _participant(appointment: Json) -> str:
    actors = (one.get("actor", {}).get("reference", "") for one in appointment["participant"])
    return next((one for one in actors if one.startswith("Patient/")), "")


def _concept(name: str) -> Callable[[Json], str]:
    """What the concept of an element is called."""
    return lambda one: naming.concept(one.get(name))


def _concepts(name: str) -> Callable[[Json], str]:
    """What the concepts of an element are called."""
    return lambda one: ", ".join(filter(None, map(naming.concept, one.get(name, ()))))


def _named_in(one: Json, names: Mapping[str, str]) -> Json | None:
    """Of a cancelled appointment the citizen as it names them, or the door does (`names`): the record is not
    open for it any more."""
    if not _is_cancelled(one):
        return None
    actors = (each.get("actor", {}) for each in one["participant"])
    found: Json = next((each for each in actors if _is_citizen(each)), {})
    said = found.get("display") or names.get(found.get("reference", ""))
    return {"id": "", "name": [{"text": said}] if said else []}


def _is_nameless(one: Json) -> bool:
    """Whether it is an appointment that a citizen has cancelled, and does not say who."""
    actors = [each.get("actor", {}) for each in one.get("participant", ())]
    said = any("display" in each for each in actors if _is_citizen(each))
    return _is_cancelled(one) and not _is_gone(one) and not said


def _is_cancelled(one: Json) -> bool:
    return bool(one["resourceType"] == "Appointment" and one["status"] == "cancelled")


def _is_citizen(actor: Json) -> bool:
    return str(actor.get("reference", "")).startswith("Patient/")


def _is_gone(one: Json) -> bool:
    """Whether it is an appointment that the unit itself has cancelled: it need not be told of it."""
    return one["status"] == "cancelled" and not naming.coded_as(one.get("cancelationReason", {})) & BY_CITIZEN


def _appointment(one: Json) -> str:
    """What it is; of one that the citizen has cancelled, that and why."""
    if one["status"] == "cancelled":
        return str(naming.concept(one.get("cancelationReason")))
    what = one.get("description") or _concepts("serviceType")(one) or _concepts("reasonCode")(one)
    return ": ".join(filter(None, (str(what), one.get("comment", ""))))


def _request(one: Json) -> str:
    """What is asked for, and why."""
    return ", ".join(filter(None, (naming.concept(one.get("code")), _concepts("reasonCode")(one))))


LISTS = {
    "inpatients": List("Encounter", _stays, _at("subject"), _concepts("reasonCode")),
    "present": List("Encounter", _present, _at("subject"), _concepts("reasonCode")),
    "services": List("EpisodeOfCare", _services, _at("patient"), _concepts("type")),
    "today": List("Appointment", _today, _participant, _appointment),
    "asked": List("ServiceRequest", _asked, _at("subject"), _request),
    "tasks": List("Task", _tasks, _at("for"), lambda one: naming.concept(one.get("code"))),
    "messages": List(
        "Communication", _messages, _at("subject"), lambda one: naming.concept(one.get("topic"))
    ),
    "answers": List("Communication", _answers, _at("subject"), lambda one: naming.concept(one.get("topic"))),
}
OPENS = {"messages": "meldinger", "answers": "svar", "tasks": "oppgaver"}
"""What stands open beside the chart of who is on a list."""
SHOWS = ("Patient", "DiagnosticReport", *dict.fromkeys(one.type for one in LISTS.values()))
"""The types that the lists are made of: when one changes, they are fetched anew. New results are told by the
report that comes with them: every pulse that is measured is an Observation too."""
