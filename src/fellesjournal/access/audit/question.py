"""A search in the log, understood (FHIR R4 auditevent.html#search): a few of AuditEvent's parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.reading import BEGINNING, END, FROM_THE_END, Asked, Place
from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.search import cursor
from fellesjournal.record.stored import Parameters

PARAMETERS = ("_id", "action", "agent", "date", "outcome", "patient")
"""Those of AuditEvent that are answered; the capability statement tells them."""
DEFAULT_COUNT = 50
MAX_COUNT = 1000

_LOOK = frozenset({"_format", "_pretty", "_summary", "_elements"})
_OUTCOMES = {"0": True, "4": False}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PREFIXES = ("eq", "ge", "gt", "le", "lt", "sa", "eb")


@dataclass(slots=True)
class Question:
    """What is asked: of whom and when; or single entries by `ids`. `before` is where the page begins."""

    what: Asked = field(default_factory=Asked)
    ids: list[str] | None = None
    count: int = DEFAULT_COUNT
    before: Place = FROM_THE_END
    asked: Parameters = field(default_factory=list)
    ignored: tuple[Issue, ...] = ()

    @property
    def citizen(self) -> int | None:
        """Whose log, by key."""
        return self.what.citizen

    def takes(self, access: Access) -> bool:
        """Whether an entry that was asked for by id meets the rest of the question."""
        what = self.what
        return (
            what.citizen in (None, access.citizen)
            and what.person in (None, access.actor.person)
            and what.low <= access.moment < what.high
            and (what.actions is None or access.action in what.actions)
            and what.permit in (None, access.decision.permit)
        )

    def following(self, last: Place) -> Parameters:
        """The parameters of the page after one that ends at a place."""
        kept = [pair for pair in self.asked if pair[0] != cursor.PARAMETER]
        moment = (last.moment - _EPOCH) // _MICROSECOND
        return [*kept, (cursor.PARAMETER, cursor.encode([moment, last.chain, last.number, last.part]))]


def understand(parameters: Parameters, *, lenient: bool, only: Sequence[str] = PARAMETERS) -> Question:
    """Read the parameters. Raises Invalid for what is not answered, unless it is to be left out."""
    question = Question()
    for name, value in parameters:
        try:
            _take(question, name, value, only)
        except Fault as fault:
            if not lenient:
                raise
            question.ignored += fault.issues
        else:
            question.asked.append((name, value))
    return question


def _take(question: Question, name: str, value: str, only: Sequence[str]) -> None:
    if not value.strip():
        raise Invalid(f"The search parameter '{name}' has no value. Give it one or leave it out.")
    match name:
        case "_id":
            question.ids = [*(question.ids or ()), *value.split(",")]
        case "patient" | "agent" | "date" | "action" | "outcome" if name in only:
            question.what = _narrowed(question.what, name, value)
        case "_count":
            question.count = _count(value)
        case "_sort":
            if value != "-date":
                raise Invalid("The log is read newest first: _sort is -date, or left out.")
        case "_total":
            if value != "none":
                raise Invalid("The log is not counted: leave _total out.")
        case "_summary" if value == "count":
            raise Invalid("The log is not counted: leave _summary=count out.")
        case cursor.PARAMETER:
            question.before = _place(value)
        case _ if name not in _LOOK:
            raise Invalid(_unknown(name, only))


def _narrowed(what: Asked, name: str, value: str) -> Asked:
    match name:
        case "patient":
            return replace(what, citizen=key_of(_reference(name, value, "Patient")))
        case "agent":
            return replace(what, person=_reference(name, value))
        case "date":
            low, high = _span(value)
            return replace(what, low=max(what.low, low), high=min(what.high, high))
        case "action":
            return replace(what, actions=tuple(_codes(value)))
    outcomes = {_OUTCOMES[code] for code in _codes(value) if code in _OUTCOMES}
    if not outcomes:
        return replace(what, actions=())  # no entry has such an outcome
    return what if len(outcomes) == 2 else replace(what, permit=outcomes.pop())


def _reference(name: str, value: str, type_name: str = "") -> str:
    *_, kind, id = ("", "", *value.split("/"))
    if not kind and type_name:
        kind = type_name
    if not kind or not id or "," in value or (type_name and kind != type_name):
        raise Invalid(f"'{name}' names one {type_name or 'person'}, such as {type_name or 'Practitioner'}/7.")
    return f"{kind}/{id}"


def _codes(value: str) -> list[str]:
    return [part.rpartition("|")[2] for part in value.split(",")]


def _span(value: str) -> tuple[datetime, datetime]:
    """From and before which moment a date with its prefix means (search.html#prefix)."""
    prefix = value[:2] if value[:2].isalpha() else "eq"
    if prefix not in _PREFIXES:
        raise Invalid(f"A date in the log is asked for with {', '.join(_PREFIXES)}, not '{prefix}'.")
    first, last = date_bounds(value[2:] if value[:2].isalpha() else value)
    low, high = _moment(first), _moment(last + 1)
    match prefix:
        case "ge":
            return low, END
        case "gt" | "sa":
            return high, END
        case "le":
            return BEGINNING, high
        case "lt" | "eb":
            return BEGINNING, low
    return low, high


def _moment(microseconds: int) -> datetime:
    try:
        return min(max(_EPOCH + microseconds * _MICROSECOND, BEGINNING), END)
    except OverflowError:
        return END if microseconds > 0 else BEGINNING


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit()) or int(value[:9]) == 0:
        raise Invalid(f"_count is a whole number from 1 up, not '{value}'.")
    return min(int(value[:9]), MAX_COUNT)


def _place(value: str) -> Place:
    moment, chain, number, part = cursor.decode(value, ((int,), (int,), (int,)))
    if moment is None or chain is None or number is None:
        raise Invalid(f"{cursor.PARAMETER} is not a page of the log. Start again from its first page.")
    return Place(_moment(moment), chain, number, part)


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
    return f"Unknown search parameter '{name}' of AuditEvent, as the log answers it. {hint}"
