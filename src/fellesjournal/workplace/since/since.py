"""Since you last looked: what others have written into a record since this reader marked it as read.

The first time that a record is open, all of it is new, so nothing is listed; from then on what comes is.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import NamedTuple

from fellesjournal.access.journal import Question
from fellesjournal.errors import Invalid
from fellesjournal.fhir.medicines import medicine
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.ui import naming
from fellesjournal.ui.values import unit_of, value_of
from fellesjournal.workplace.asking import Asking, Facts
from fellesjournal.workplace.desk import Desk, Json

SHOWS = (
    "AllergyIntolerance",
    "Appointment",
    "Composition",
    "Condition",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "Flag",
    "MedicationStatement",
    "Observation",
    "ServiceRequest",
)
"""The types whose changes are news."""
MOST = 12
"""News that are listed; that there are more is said."""
MOST_READ = 60
_SHARED = "Appointment"
_MAKERS = ("recorder", "author", "performer")
"""Who made the first version of something."""


class Own(NamedTuple):
    """What the reader has written: versions as the log of every access has them. The log is written after the
    change, and a page may be fetched between the two, so what one has made in one's own name is known too."""

    reader: str
    versions: Collection[str]

    def holds(self, resource: Json) -> bool:
        """Whether the reader wrote this version: that is no news."""
        version = resource["meta"]["versionId"]
        if f"{resource['resourceType']}/{resource['id']}/_history/{version}" in self.versions:
            return True
        return version == "1" and any(self.reader in naming.references(resource.get(one)) for one in _MAKERS)


async def ask(desk: Desk, id: str) -> Asking:
    """The news for this reader, newest first; one that was never open is known from now on."""
    citizen, reader = key_of(f"Patient/{id}"), desk.actor.person
    known = await desk.readings.until(citizen, reader)
    if known is None:
        await desk.readings.mark(citizen, reader, desk.now, desk.now)
        return Asking((), _first)
    own = Own(reader, await desk.journal.own_changes(citizen, known))
    return Asking(_changed(desk, id, known), partial(_news, known, own))


def _first() -> Facts:
    return {"known": "", "rows": [], "more": False, "newest": ""}


def _news(known: datetime, own: Own, *found: list[Json]) -> Facts:
    changed = sorted(chain(*found), key=lambda one: str(one["meta"]["lastUpdated"]), reverse=True)[:MOST_READ]
    rows = folded([_row(one) for one in changed if not own.holds(one)])
    newest = changed[0]["meta"]["lastUpdated"] if changed else ""
    return {"known": known.isoformat(), "rows": rows[:MOST], "more": len(rows) > MOST, "newest": newest}


def folded(rows: list[Json]) -> list[Json]:
    """The rows, newest first, with readings of one thing that came after one another with the same value as
    one row: how many (`count`) and since when (`first`). A value that came between keeps them apart."""
    kept: list[Json] = []
    latest: dict[str, Json] = {}
    for row in rows:
        above = latest.get(row["text"])
        if row["value"] and above and all(above[name] == row[name] for name in ("value", "unit", "changed")):
            above |= {"count": above["count"] + 1, "first": row["when"]}
            continue
        kept.append(row | {"count": 1, "first": row["when"]})
        latest[row["text"]] = kept[-1]
    return kept


async def mark(desk: Desk) -> None:
    """The reader has read what the page showed: the moment of its newest change is in the form."""
    citizen = key_of(f"Patient/{desk.part_of_path('id')}")
    await desk.readings.mark(citizen, desk.actor.person, _moment(desk), desk.now)


def _changed(desk: Desk, id: str, after: datetime) -> tuple[Question, ...]:
    """What has been written since, of the types that the role reads. Appointments can stand in the record of
    another who takes part, so they are sought by themselves."""
    read = [one for one in SHOWS if desk.reads(one)]
    alone = [_SHARED] if _SHARED in read else []
    own = ",".join(one for one in read if one != _SHARED)
    moment = after.isoformat(timespec="milliseconds")
    asked = [("patient", f"Patient/{id}"), ("_lastUpdated", f"gt{moment}")]
    asked += [("_sort", "-_lastUpdated"), ("_count", str(MOST_READ))]
    searches = [Question(None, [("_type", own), *asked])] if own else []
    return (*searches, *(Question(name, asked) for name in alone))


def _row(resource: Json) -> Json:
    meta = resource["meta"]
    is_measured = resource["resourceType"] == "Observation"
    return {
        "type": resource["resourceType"],
        "text": _text(resource),
        "value": value_of(resource) if is_measured else "",
        "unit": unit_of(resource) if is_measured else "",
        "when": meta["lastUpdated"],
        "changed": "wrong" if naming.is_wrong(resource) else "changed" if meta["versionId"] != "1" else "",
    }


def _text(resource: Json) -> str:
    """What it is called: the title of a note, else what it is coded as."""
    if said := resource.get("title") or resource.get("description"):
        return str(said)
    for value in (medicine(resource), *(resource.get(name, {}) for name in ("code", "serviceType", "type"))):
        first: Json = next(iter(value), {}) if isinstance(value, list) else value
        if text := naming.concept(first):
            return text
    return ""


def _moment(desk: Desk) -> datetime:
    """The moment that the form names. Raises Invalid for what is none."""
    try:
        moment = datetime.fromisoformat(desk.form.get("til", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("The form does not say up to when the record was read: load the page again.")
    return moment + timedelta(milliseconds=1)
