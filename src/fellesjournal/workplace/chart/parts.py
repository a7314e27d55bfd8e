"""The parts of the chart: what each asks the record, and which types make it fresh."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from fellesjournal.booking.holding import HOLDING
from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import OID
from fellesjournal.norway.protection import is_protected
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import between, moment_of
from fellesjournal.ui.values import address, bounds, number_of, side, unit_of, value_of
from fellesjournal.workplace.asking import Asking, Facts, of
from fellesjournal.workplace.chart.documents import documents
from fellesjournal.workplace.chart.scored import SUMS, height, heights
from fellesjournal.workplace.core import column, present
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.diagnoses.reviews import last_of
from fellesjournal.workplace.emergency.emergency import grants
from fellesjournal.workplace.since import since
from fellesjournal.workplace.vitals.doubts import is_odd, is_possible
from fellesjournal.workplace.vitals.signs import BY_CODE, PRESSURE

ICPC2, ICD10 = OID + "1.7170", OID + "1.7110"
_VITALS = ((*SUMS, "8867-4", "9279-1", "2708-6", "8310-5", "85354-9"), ("29463-7",), ("8302-2",))
"""Codes of scores and of LOINC, in the order shown. Those that are measured together are sought together: a
height of some years ago would not be found among them."""
_ENGLISH = (
    {code: sign.en for code, sign in BY_CODE.items()}
    | SUMS
    | {
        PRESSURE: "Blood pressure",
        "29463-7": "Weight",
        "8302-2": "Height",
    }
)
"""What vital signs are called on English screens; they are stored with the words of whoever measured."""
_TREND = 12
"""Measurements of a kind that are drawn."""
_CONTACTS, _LOOKED_AT = 10, 60
"""Rows of contacts, those after one another that are alike being one; and contacts that are looked at for
them: there can be three visits a day at home, and a stay is not to drown in them. To ask for the other
contacts apart from the visits costs eight times as much where there are thousands."""


_RESULTS, _STOPPED, _COMING = 14, 5, 6
"""Rows of results, of stopped medicines, and of appointments to come; that there are more is said."""


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
            "icd": naming.dotted(naming.code(one.get("code"), ICD10)),
            "icpc": naming.code(one.get("code"), ICPC2),
            "since": one.get("onsetDateTime", one.get("recordedDate", "")),
            "ended": one.get("abatementDateTime", ""),
            "active": "active" in naming.coded_as(one.get("clinicalStatus", {})),
            "by": one.get("recorder") or one.get("asserter") or {},
            "reviewed": last_of(one).day,
        }
        for one in _held(found)
    ]
    active = [one for one in rows if one["active"]]
    return {"active": active, "past": [one for one in rows if not one["active"]]}


async def medicines(desk: Desk, id: str) -> Asking:
    """The medicine list: what is in use, and what was stopped lately."""
    return Asking((of(id, "MedicationStatement", _count="100"),), _medicines)


def _medicines(found: list[Json]) -> Facts:
    rows = [
        {
            "name": naming.concept(medicine(one)),
            "dose": next((dose.get("text", "") for dose in one.get("dosage", ())), ""),
            "since": one.get("effectivePeriod", {}).get("start", ""),
            "ended": one.get("effectivePeriod", {}).get("end", ""),
            "why": next(iter(map(naming.concept, one.get("statusReason", ()))), ""),
            "active": one["status"] == "active",
        }
        for one in _held(found)
    ]
    rows.sort(key=lambda row: row["since"], reverse=True)
    stopped = [one for one in rows if not one["active"]]
    stopped.sort(key=lambda row: row["ended"] or row["since"], reverse=True)
    return {
        "active": [one for one in rows if one["active"]],
        "stopped": stopped[:_STOPPED],
        "more": len(stopped) > _STOPPED,
    }


async def vitals(desk: Desk, id: str) -> Asking:
    """The last value of each vital sign, with those before it as a trend."""
    groups = ((",".join(group), len(group)) for group in _VITALS)
    searches = (
        of(id, "Observation", code=codes, _sort="-date", _count=str(_TREND * many)) for codes, many in groups
    )
    return Asking(tuple(searches), _vitals)


def _vitals(*found: list[Json]) -> Facts:
    held = map(_held, found)
    rows = (_series(same, code) for same, group in zip(held, _VITALS, strict=True) for code in group)
    known = [row for row in rows if row]
    score = next((row["newest"] for row in known if row["sum"]), None)
    colours = heights(score)
    for row in known:
        is_of_set = score is not None and row["when"] == naming.when(score)
        row["height"] = (
            height(row["newest"]) if row["sum"] else colours.get(row["sign"], "") if is_of_set else ""
        )
        same = (
            (one["newest"] for one in known if one["when"] == row["when"]) if row["sum"] else (row["newest"],)
        )
        row["odd"] = any(map(is_odd, same))
    return {"rows": known}


async def results(desk: Desk, id: str) -> Asking:
    """The latest laboratory results, the newest of each test."""
    return Asking((of(id, "Observation", category="laboratory", _sort="-date", _count="100"),), _results)


def _results(found: list[Json]) -> Facts:
    newest: dict[str, Json] = {}
    for one in _held(found):
        newest.setdefault(naming.concept(one["code"]), one)
    return {
        "rows": [_result(one) for one in list(newest.values())[:_RESULTS]],
        "more": len(newest) > _RESULTS,
    }


async def contacts(desk: Desk, id: str) -> Asking:
    """The latest contacts and stays."""
    asked = of(id, "Encounter", _sort="-date", _count=str(_LOOKED_AT))
    return Asking((asked,), partial(_contacts, is_protected(desk.citizen)))


def _contacts(hidden: bool, found: list[Json]) -> Facts:
    """Where it was is not told of who has a protected address, as with who reads (see present.py)."""
    rows: list[Facts] = []
    for one in _held(found):
        row = {
            "when": one.get("period", {}).get("start", ""),
            "open": one["status"] == "in-progress",
            "what": next(iter(map(naming.concept, one.get("type", ()))), ""),
            "why": ", ".join(filter(None, map(naming.concept, one.get("reasonCode", ())))),
            "unit": "" if hidden else one.get("serviceProvider", {}),
        }
        if (
            rows
            and not row["why"]
            and all(rows[-1][name] == row[name] for name in ("what", "why", "open", "unit"))
        ):
            rows[-1] |= {"count": rows[-1]["count"] + 1, "first": row["when"]}
        else:
            rows.append(row | {"count": 1, "first": row["when"], "goes_on": False})
    if rows and len(found) == _LOOKED_AT:
        rows[-1]["goes_on"] = True
    return {"rows": rows[:_CONTACTS], "more": len(rows) > _CONTACTS or len(found) == _LOOKED_AT}


async def plan(desk: Desk, id: str) -> Asking:
    """What is decided and planned: services, plans, referrals that are open, the appointments that stand."""
    services, referrals = (of(id, name, status="active") for name in ("EpisodeOfCare", "ServiceRequest"))
    standing, today = ",".join(sorted(HOLDING)), f"ge{desk.now:%Y-%m-%d}"
    coming = of(id, "Appointment", status=standing, date=today, _sort="date", _count=str(_COMING + 1))
    return Asking((services, referrals, coming), _plan)


def _plan(services: list[Json], referrals: list[Json], coming: list[Json]) -> Facts:
    return {
        "services": [_service(one) for one in services],
        "referrals": [(naming.concept(one.get("code")), one.get("authoredOn", "")) for one in referrals],
        "appointments": [
            {"id": one["id"], "start": one.get("start", ""), "what": _what(one)} for one in coming[:_COMING]
        ],
        "more": len(coming) > _COMING,
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
    drawn = [one for one in reversed(same) if number_of(one) is not None and is_possible(one)]
    ends = [moment for one in (*drawn[:1], *drawn[1:][-1:]) if (moment := moment_of(naming.when(one)))]
    return {
        "sign": code,
        "newest": newest,
        "sum": code in SUMS,
        "text": naming.concept(newest["code"]),
        "english": _ENGLISH[code],
        "code": address(newest),
        "value": value_of(newest),
        "unit": unit_of(newest),
        "when": naming.when(newest),
        "trend": [number_of(one) for one in drawn],
        "dates": between(*ends) if len(ends) == 2 else "",
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


def _held(found: list[Json]) -> list[Json]:
    """Without what was entered in error."""
    return [one for one in found if not naming.is_wrong(one)]
