"""The parts of the chart: what each asks the record, and which types make it fresh."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from fellesjournal.booking.holding import HOLDING
from fellesjournal.documentation.extraction import ORIGIN
from fellesjournal.norway.identity.kinds import OID
from fellesjournal.ui import naming
from fellesjournal.ui.narrative import sections
from fellesjournal.ui.values import address, bounds, number_of, side, unit_of, value_of
from fellesjournal.workplace.asking import Asking, Facts, of
from fellesjournal.workplace.core import column, present
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.emergency.emergency import grants
from fellesjournal.workplace.since import since
from fellesjournal.workplace.vitals.signs import BY_CODE, PRESSURE

ICPC2, ICD10 = OID + "1.7170", OID + "1.7110"
_VITALS = (("8867-4", "9279-1", "2708-6", "8310-5", "85354-9"), ("29463-7",), ("8302-2",))
"""LOINC codes, in the order shown. Those that are measured together are sought together: a height of some
years ago would not be found among them."""
_ENGLISH = {code: sign.en for code, sign in BY_CODE.items()} | {
    PRESSURE: "Blood pressure",
    "29463-7": "Weight",
    "8302-2": "Height",
}
"""What vital signs are called on English screens; they are stored with the words of whoever measured."""
_TREND = 12
"""Measurements of a kind that are drawn."""


class Part(NamedTuple):
    """One part: its template is `<name>.html`, and `shows` are the types it is made of."""

    name: str
    shows: tuple[str, ...]
    ask: Callable[[Desk, str], Awaitable[Asking]]


async def problems(desk: Desk, id: str) -> Asking:
    """The one list of problems, active ones first."""
    return Asking((of(id, "Condition", _sort="-recorded-date", _count="100"),), _problems)


def _problems(found: list[Json]) -> Facts:
    rows = [
        {
            "id": one["id"],
            "text": naming.concept(one.get("code")),
            "icd": naming.code(one.get("code"), ICD10),
            "icpc": naming.code(one.get("code"), ICPC2),
            "since": one.get("onsetDateTime", one.get("recordedDate", "")),
            "ended": one.get("abatementDateTime", ""),
            "active": "active" in naming.coded_as(one.get("clinicalStatus", {})),
        }
        for one in found
    ]
    active = [one for one in rows if one["active"]]
    return {"active": active, "past": [one for one in rows if not one["active"]]}


async def medicines(desk: Desk, id: str) -> Asking:
    """The medicine list: what is in use, and what was stopped lately."""
    return Asking((of(id, "MedicationStatement", _count="100"),), _medicines)


def _medicines(found: list[Json]) -> Facts:
    rows = [
        {
            "name": naming.concept(one.get("medicationCodeableConcept")),
            "dose": next((dose.get("text", "") for dose in one.get("dosage", ())), ""),
            "since": one.get("effectivePeriod", {}).get("start", ""),
            "ended": one.get("effectivePeriod", {}).get("end", ""),
            "why": next(iter(map(naming.concept, one.get("statusReason", ()))), ""),
            "active": one["status"] == "active",
        }
        for one in found
    ]
    rows.sort(key=lambda row: row["since"], reverse=True)
    return {
        "active": [one for one in rows if one["active"]],
        "stopped": [one for one in rows if not one["active"]][:5],
    }


async def vitals(desk: Desk, id: str) -> Asking:
    """The last value of each vital sign, with those before it as a trend."""
    groups = ((",".join(f"http://loinc.org|{code}" for code in group), len(group)) for group in _VITALS)
    searches = (
        of(id, "Observation", code=codes, _sort="-date", _count=str(_TREND * many)) for codes, many in groups
    )
    return Asking(tuple(searches), _vitals)


def _vitals(*found: list[Json]) -> Facts:
    held = ([one for one in same if one["status"] != "entered-in-error"] for same in found)
    rows = (_series(same, code) for same, group in zip(held, _VITALS, strict=True) for code in group)
    return {"rows": [row for row in rows if row]}


async def results(desk: Desk, id: str) -> Asking:
    """The latest laboratory results, the newest of each test."""
    return Asking((of(id, "Observation", category="laboratory", _sort="-date", _count="100"),), _results)


def _results(found: list[Json]) -> Facts:
    newest: dict[str, Json] = {}
    for one in found:
        newest.setdefault(naming.concept(one["code"]), one)
    return {"rows": [_result(one) for one in list(newest.values())[:14]]}


async def contacts(desk: Desk, id: str) -> Asking:
    """The latest contacts and stays."""
    return Asking((of(id, "Encounter", _sort="-date", _count="10"),), _contacts)


def _contacts(found: list[Json]) -> Facts:
    return {
        "rows": [
            {
                "when": one.get("period", {}).get("start", ""),
                "open": one["status"] == "in-progress",
                "what": next(iter(map(naming.concept, one.get("type", ()))), ""),
                "why": ", ".join(filter(None, map(naming.concept, one.get("reasonCode", ())))),
                "unit": one.get("serviceProvider", {}).get("display", ""),
            }
            for one in found
        ]
    }


async def documents(desk: Desk, id: str) -> Asking:
    """Notes and letters, the newest first."""
    notes = of(id, "Composition", _sort="-date", _count="12")
    letters = of(id, "DocumentReference", _sort="-date", _count="8")
    return Asking((notes, letters), partial(_documents, desk.actor.person))


def _documents(reader: str, notes: list[Json], letters: list[Json]) -> Facts:
    rows = [_note(one, reader) for one in notes]
    rows += [
        {
            "id": one["id"],
            "kind": "dokument",
            "when": one.get("date", ""),
            "title": one.get("description") or naming.concept(one["type"]),
            "begins": "",
            "note": "",
            "wrong": False,
        }
        for one in letters
    ]
    return {"rows": sorted(rows, key=lambda row: row["when"], reverse=True)[:14]}


async def plan(desk: Desk, id: str) -> Asking:
    """What is decided and planned: services, plans, referrals that are open, the appointments that stand."""
    services, referrals = (of(id, name, status="active") for name in ("EpisodeOfCare", "ServiceRequest"))
    standing, today = ",".join(sorted(HOLDING)), f"ge{desk.now:%Y-%m-%d}"
    coming = of(id, "Appointment", status=standing, date=today, _sort="date", _count="6")
    return Asking((services, referrals, coming), _plan)


def _plan(services: list[Json], referrals: list[Json], coming: list[Json]) -> Facts:
    return {
        "services": [_service(one) for one in services],
        "referrals": [(naming.concept(one.get("code")), one.get("authoredOn", "")) for one in referrals],
        "appointments": [
            {"id": one["id"], "start": one.get("start", ""), "what": _what(one)} for one in coming
        ],
    }


def _service(episode: Json) -> Facts:
    """What is given, since when, and until when where that is decided."""
    period = episode.get("period", {})
    what = next(iter(map(naming.concept, episode.get("type", ()))), "")
    return {"what": what, "since": period.get("start", ""), "until": period.get("end", "")}


def _what(appointment: Json) -> str:
    """What an appointment is for; its kind of visit, where nothing else is said; and what was noted of it."""
    kinds = map(naming.concept, appointment.get("serviceType", ()))
    what = str(appointment.get("description") or next(kinds, ""))
    return ": ".join(filter(None, (what, appointment.get("comment", ""))))


PARTS = {
    part.name: part
    for part in (
        Part("access", ("Task",), grants),
        Part("identity", column.SHOWS, column.ask),
        Part("present", present.SHOWS, present.ask),
        Part("since", since.SHOWS, since.ask),
        Part("problems", ("Condition",), problems),
        Part("medicines", ("MedicationStatement",), medicines),
        Part("vitals", ("Observation",), vitals),
        Part("results", ("Observation", "DiagnosticReport"), results),
        Part("plan", ("EpisodeOfCare", "ServiceRequest", "Appointment", "CarePlan"), plan),
        Part("contacts", ("Encounter",), contacts),
        Part("documents", ("Composition", "DocumentReference"), documents),
    )
}


def _series(found: list[Json], code: str) -> Facts | None:
    """The newest measurement of a kind, and those before it."""
    same = [one for one in found if code in naming.coded_as(one["code"])][:_TREND]
    if not same:
        return None
    newest = same[0]
    return {
        "text": naming.concept(newest["code"]),
        "english": _ENGLISH[code],
        "code": address(newest),
        "value": value_of(newest),
        "unit": unit_of(newest),
        "when": naming.when(newest),
        "trend": [value for one in reversed(same) if (value := number_of(one)) is not None],
    }


def _result(observation: Json) -> Facts:
    low, high = bounds(observation)
    return {
        "text": naming.concept(observation["code"]),
        "code": address(observation),
        "value": value_of(observation),
        "unit": unit_of(observation),
        "range": _range(low, high),
        "side": side(observation),
        "when": naming.when(observation),
    }


def _range(low: float | None, high: float | None) -> str:
    """Reference values as they are written: 60–90, > 60, < 5."""
    if low is None or high is None:
        return f"> {low:g}" if low is not None else f"< {high:g}" if high is not None else ""
    return f"{low}–{high}"


def _note(composition: Json, reader: str) -> Facts:
    return {
        "id": composition["id"],
        "kind": "journalnotat",
        "when": composition["date"],
        "title": composition.get("title") or naming.concept(composition["type"]),
        "begins": next((text for _, texts in sections(composition) for text in texts), ""),
        "note": composition["identifier"]["value"] if _may_amend(composition, reader) else "",
        "wrong": composition["status"] == "entered-in-error",
    }


def _may_amend(composition: Json, reader: str) -> bool:
    """Whether the reader has written it here, from a template."""
    ours = composition.get("identifier", {}).get("system") == ORIGIN
    by = any(one.get("reference") == reader for one in composition["author"])
    return ours and by and composition["status"] != "entered-in-error"
