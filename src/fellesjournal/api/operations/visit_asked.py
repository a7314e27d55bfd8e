"""What kind of visit is asked for, as the calendars of those who are needed have it: its name and length."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fellesjournal.api.door import OpenJournal
from fellesjournal.booking.holding import extension
from fellesjournal.booking.offered import MINUTES as USUAL_MINUTES
from fellesjournal.errors import Forbidden
from fellesjournal.fhir import json

Tree = Mapping[str, Any]

MINUTES = 30
"""How long a visit takes that nobody says the length of."""
_MOST = 100
_SERVICE = "HealthcareService/"


class Visit(NamedTuple):
    """A kind of visit: its code ("": any), how it stands in serviceType (None: in none), usual minutes."""

    code: str = ""
    concept: dict[str, Any] | None = None
    minutes: int = MINUTES


async def visit(journal: OpenJournal, written: str, parties: Sequence[str]) -> Visit:
    """The kind that is asked for ("system|code" or "code"), with the system, text and length that a calendar
    of the parties gives it. Where none is asked for, the one that a service among them gives, if it gives
    one alone.
    """
    system, _, code = written.rpartition("|")
    asked = parties if code else [one for one in parties if one.startswith(_SERVICE)]
    if not asked:
        return _as_written(system, code)
    criteria = [("actor", ",".join(asked[:_MOST])), ("active:not", "false"), ("_count", str(_MOST))]
    criteria += [("service-type", written)] if code else []
    try:
        page = await journal.search("Schedule", criteria)
    except Forbidden:
        return _as_written(system, code)
    schedules = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
    kinds = {one.code: one for schedule in schedules for one in _kinds(schedule, system, code)}
    return next(iter(kinds.values())) if len(kinds) == 1 else _as_written(system, code)


def _as_written(system: str, code: str) -> Visit:
    coding = ({"system": system} if system else {}) | {"code": code}
    return Visit(code, {"coding": [coding]}) if code else Visit()


def _kinds(schedule: Tree, system: str, code: str) -> Iterator[Visit]:
    """The kinds of visit of a calendar, of a system and code where they are said."""
    for concept in schedule.get("serviceType", ()):
        for coding in concept.get("coding", ())[:1]:
            if coding.get("code", "") in (code or coding.get("code"),) and (
                not system or coding.get("system") == system
            ):
                bare = {name: value for name, value in concept.items() if name in ("coding", "text")}
                minutes = extension(concept, USUAL_MINUTES).get("valuePositiveInt", MINUTES)
                yield Visit(str(coding.get("code", "")), bare, int(minutes))
