"""Unusual access, for the privacy officer: days on which a person's acts call for a look, and why.

pasientjournalloven § 22 and Normen's guide to access (Veileder tilgang 2.0) ask for control after the fact,
with patterns. A finding is a reason to ask, and no verdict. The limits are this project's proposal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from fellesjournal.access.statements import SQL
from fellesjournal.errors import Fault
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

MANY = 3.0
"""Times the median of colleagues of the same role and unit on the same day."""
AT_LEAST = 10
"""Citizens below which nobody's number is many."""
COLLEAGUES = 3
"""Colleagues below which there is nothing to compare with."""
WORKER = "Practitioner/"
_LOCAL = ZoneInfo("Europe/Oslo")
_AT_A_TIME = 100
_COUNTED = (
    ("emergency", "by_emergency"),
    ("override", "by_override"),
    ("no-relation", "without_relation"),
)
"""Reasons that are there as soon as there is one citizen, each with its column."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Reason(NamedTuple):
    """Why somebody's day calls for a look.

    `kind` is "emergency", "override", "no-relation" or "many", with the `number` of citizens ("many": and
    what is `usual` there); "night", with the number of acts; "own" or "kin", with the citizen ("Patient/7").
    """

    kind: str
    number: int = 0
    usual: float = 0.0
    patient: str = ""


@dataclass(slots=True)
class Unusual:
    """What was unusual of a person in a role and unit on a day; most reasons first."""

    day: date
    person: str
    role: str
    unit: str
    citizens: int
    reasons: list[Reason] = field(default_factory=list)


async def unusual(pool: asyncpg.Pool, record: Record, first: date, last: date) -> list[Unusual]:
    """The days (in Norway, both inclusive) and persons to look at."""
    low, high = _midnight(first), _midnight(last + timedelta(days=1))
    rows = await pool.fetch(SQL.access_by_day, low, high)
    teams: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        teams.setdefault(_team(row), []).append(row)
    found = [_judged(row, teams[_team(row)]) for row in rows]
    workers = sorted({row["person"] for row in rows if row["person"].startswith(WORKER)})
    for at in range(0, len(workers), _AT_A_TIME):
        some = workers[at : at + _AT_A_TIME]
        told = await _own_and_kin(pool, record, some, low, high)
        for one in found:
            one.reasons += told.get((one.day, one.person), [])
    return sorted(
        (one for one in found if one.reasons), key=lambda one: (-len(one.reasons), one.day, one.person)
    )


def _team(row: Any) -> tuple[Any, ...]:
    """Who is compared: those of one role in one unit on one day."""
    return row["day"], row["role"], row["unit"]


def _judged(row: Any, team: Sequence[Any]) -> Unusual:
    colleagues = [other["citizens"] for other in team if other["person"] != row["person"]]
    one = Unusual(row["day"], row["person"], row["role"], row["unit"], row["citizens"])
    for kind, column in _COUNTED:
        if row[column]:
            one.reasons.append(Reason(kind, row[column]))
    usual = median(colleagues) if row["unit"] and len(colleagues) >= COLLEAGUES else None
    if usual is not None and row["citizens"] >= max(AT_LEAST, MANY * usual):
        one.reasons.append(Reason("many", row["citizens"], usual))
    if row["unit"] and row["at_night"] and row["at_night"] == row["acts"]:  # citizens read when they like
        one.reasons.append(Reason("night", row["at_night"]))
    return one


async def _own_and_kin(
    pool: asyncpg.Pool, record: Record, workers: Sequence[str], low: datetime, high: datetime
) -> Mapping[tuple[date, str], list[Reason]]:
    """Own records and records of the same family name that workers opened."""
    opened = await pool.fetch(SQL.opened_by_persons, list(workers), low, high)
    names = await _names(record, workers)
    patients = await _patients(record, {row["citizen"]: row["patient"] for row in opened})
    told: dict[tuple[date, str], list[Reason]] = {}
    for row in opened:
        worker, patient = names.get(row["person"]), patients.get(row["citizen"])
        if worker is None or patient is None:
            continue
        reasons = told.setdefault((row["day"], row["person"]), [])
        if worker.numbers & patient.numbers:
            reasons.append(Reason("own", patient=f"Patient/{row['patient']}"))
        elif worker.families & patient.families:
            reasons.append(Reason("kin", patient=f"Patient/{row['patient']}"))
    return told


@dataclass(frozen=True, slots=True)
class _Person:
    """What tells whether two are the same, or kin."""

    numbers: frozenset[tuple[str, str]]
    families: frozenset[str]


async def _names(record: Record, references: Iterable[str]) -> dict[str, _Person]:
    found = {}
    for reference in references:
        try:
            stored = await record.read(*reference.split("/", 1), scope=Scope.everyone())
        except Fault:
            continue
        found[reference] = _person(_decode(stored.body or b"{}"))
    return found


async def _patients(record: Record, ids: Mapping[int, str]) -> dict[int, _Person]:
    found = {}
    asked = sorted({id for id in ids.values() if id})
    for at in range(0, len(asked), _AT_A_TIME):
        some = asked[at : at + _AT_A_TIME]
        parameters = [("_id", ",".join(some)), ("_count", str(_AT_A_TIME))]
        page = await record.search("Patient", parameters, scope=Scope.everyone())
        for entry in page.entries:
            found[key_of(f"Patient/{entry.stored.id}")] = _person(_decode(entry.stored.body or b"{}"))
    return found


def _person(tree: Mapping[str, Any]) -> _Person:
    numbers = [(one.get("system", ""), one.get("value", "")) for one in tree.get("identifier", ())]
    families = [one["family"].casefold() for one in tree.get("name", ()) if one.get("family")]
    return _Person(frozenset(one for one in numbers if all(one)), frozenset(families))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _LOCAL).astimezone(UTC)
