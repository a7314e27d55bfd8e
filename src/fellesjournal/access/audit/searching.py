"""AuditEvent asked for by FHIR's search parameters: patient, agent, date, action, _count, _cursor.

The log is read for one citizen or one person at a time, newest first; who may do so is the caller's matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from fellesjournal.access.audit.reading import EVER, NEVER, Logged, Place, Span, of_citizen, of_person
from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.stored import Entry, Page, Parameters, Stored

USUAL_COUNT, MOST = 50, 1000
_KNOWN = ("patient", "agent", "date", "action", "_count", "_cursor", "_format", "_pretty")
_ONCE = ("patient", "agent", "action", "_count", "_cursor")
_ACTIONS = ("C", "R", "U", "D", "E")
_PREFIXES = ("eq", "ge", "gt", "le", "lt", "sa", "eb")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was understood. `patient` and `agent` are references; at least one is given."""

    patient: str
    agent: str
    action: str | None
    span: Span
    after: Place
    count: int


def asked(parameters: Parameters) -> Asked:
    """Understand the parameters. Raises Invalid, telling what is wrong with them."""
    names = [name for name, _ in parameters]
    for name in names:
        if name not in _KNOWN:
            raise Invalid(f"AuditEvent is not searched by '{name}' here, but by {', '.join(_KNOWN[:5])}.")
        if name in _ONCE and names.count(name) > 1:
            raise Invalid(f"'{name}' is given more than once; ask once for each value.")
    given = dict(parameters)
    patient = _reference(given, "patient", "Patient")
    agent = _reference(given, "agent", "")
    if not patient and not agent:
        raise Invalid("The log is read for one citizen or one person at a time: give patient or agent.")
    action = given.get("action")
    if action is not None and action not in _ACTIONS:
        raise Invalid(f"There is no action '{action}'. Write one of {', '.join(_ACTIONS)}.")
    span = _span(value for name, value in parameters if name == "date")
    return Asked(patient, agent, action, span, _place(given.get("_cursor")), _count(given.get("_count")))


async def search(connection: asyncpg.Connection, parameters: Parameters) -> Page:
    """One page of AuditEvents, newest first, with the parameters of the next one. Raises Invalid."""
    question = asked(parameters)
    chosen = (question.span, question.after, question.count + 1)
    if question.patient:
        found = await of_citizen(
            connection,
            key_of(question.patient),
            *chosen,
            person=question.agent or None,
            action=question.action,
        )
    else:
        found = await of_person(connection, question.agent, *chosen, action=question.action)
    shown = found[: question.count]
    kept = [pair for pair in parameters if pair[0] != "_cursor"]
    following = [*kept, ("_cursor", _written(shown[-1].place))] if len(found) > len(shown) > 0 else None
    return Page([Entry(stored(entry)) for entry in shown], asked=parameters, next=following)


def stored(entry: Logged, citizen: int = 0) -> Stored:
    """An entry as the record would give a resource: the first version of an AuditEvent."""
    return Stored("AuditEvent", entry.id, 1, entry.moment, entry.body, "POST", citizen)


def _reference(given: dict[str, str], name: str, type_name: str) -> str:
    value = given.get(name, "")
    if not value:
        return ""
    if type_name and "/" not in value:
        value = f"{type_name}/{value}"
    kind, slash, id = value.partition("/")
    if not slash or not id or "/" in id or (type_name and kind != type_name):
        raise Invalid(f"'{value}' is not a reference for '{name}': write {type_name or 'Practitioner'}/id.")
    return value


def _span(dates: Iterable[str]) -> Span:
    since, until = EVER, NEVER
    for text in dates:
        prefix, date = (text[:2], text[2:]) if text[:2].isalpha() else ("eq", text)
        if prefix not in _PREFIXES:
            raise Invalid(f"'{prefix}' does not go with date here. Use {', '.join(_PREFIXES)}.")
        first, last = date_bounds(date)
        begins, ends = _moment(first), _moment(last + 1)
        if prefix in ("eq", "ge"):
            since = max(since, begins)
        if prefix in ("gt", "sa"):
            since = max(since, ends)
        if prefix in ("eq", "le"):
            until = min(until, ends)
        if prefix in ("lt", "eb"):
            until = min(until, begins)
    return Span(since, until)


def _moment(microseconds: int) -> datetime:
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return NEVER if microseconds > 0 else EVER


def _count(text: str | None) -> int:
    if text is None:
        return USUAL_COUNT
    if not (text.isascii() and text.isdigit()) or int(text[:9]) == 0:
        raise Invalid(f"'{text}' is no number of entries for _count: write 1 to {MOST}.")
    return min(int(text[:9]), MOST)


def _written(place: Place) -> str:
    microseconds = (place.moment - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}.{place.chain}.{place.number}"


def _place(text: str | None) -> Place:
    if text is None:
        return Place()
    try:
        microseconds, chain, number = (int(part) for part in text.split("."))
    except ValueError:
        raise Invalid(f"'{text}' is no cursor of ours: take the next link as it was given.") from None
    if max(abs(microseconds), abs(chain), abs(number)) >= 2**63:
        raise Invalid(f"'{text}' is no cursor of ours: take the next link as it was given.")
    return Place(_moment(microseconds), chain, number)
