"""Who of those that wait is asked first when time is freed, by the rules of the service. Pure.

A service says its rules in an extension: whether freed time is offered by itself at all, how many hours
before the time nobody is asked any more, how long an offer stands, and whether only the same kind of visit is
taken. Without it nothing is offered by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.holding import extension
from fellesjournal.booking.waitlist.entry import Entry
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.extensions import members

RULES = "https://fellesjournal.no/fhir/StructureDefinition/waitlist-rules"
"""On a HealthcareService: automatic and any-visit (boolean); quiet (hours), answer (minutes), near (days)."""
_MEMBERS = {"automatic": bool, "any-visit": bool, "quiet": int, "answer": int, "near": int}


class Rules(NamedTuple):
    """The rules of one service. `quiet`: no offers later than this before the time; `answer`: how long one
    stands; `near`: how long before its deadline an entry needs to have an appointment.
    """

    automatic: bool = False
    any_visit: bool = False
    quiet: timedelta = timedelta(hours=24)
    answer: timedelta = timedelta(hours=4)
    near: timedelta = timedelta(days=14)


class Gap(NamedTuple):
    """Time that is free again, aware: for which visits it was, at which places ("Location/7")."""

    start: datetime
    end: datetime
    visits: frozenset[str]
    places: frozenset[str]


def rules(service: Mapping[str, Any]) -> Rules:
    """What a HealthcareService says. Raises Unprocessable for a rule that there is not, or means nothing."""
    stated = extension(service, RULES)
    if not stated:
        return Rules()
    told: dict[str, Any] = {}
    for name, value in members(stated):
        if type(value) is not _MEMBERS.get(name) or (type(value) is int and value < 0):
            text = f"A rule of the waitlist is one of {', '.join(_MEMBERS)}: not '{name}' with {value}."
            raise Unprocessable(Issue("value", text, "HealthcareService.extension"))
        told[name] = value
    usual = Rules()
    return Rules(
        told.get("automatic", True),
        told.get("any-visit", False),
        timedelta(hours=told["quiet"]) if "quiet" in told else usual.quiet,
        timedelta(minutes=told["answer"]) if told.get("answer") else usual.answer,
        timedelta(days=told["near"]) if "near" in told else usual.near,
    )


def is_offered(gap: Gap, by: Rules, now: datetime) -> bool:
    """Whether freed time is offered by itself now."""
    return by.automatic and now + by.quiet <= gap.start and now < gap.start


def suits(one: Entry, gap: Gap, by: Rules, now: datetime) -> bool:
    """Whether an entry may be asked for freed time."""
    return (
        (by.any_visit or not one.visits or bool(one.visits & gap.visits))
        and one.earliest <= gap.start
        and gap.start <= one.latest
        and now + one.notice <= gap.start
        and (not one.places or bool(one.places & gap.places))
        and timedelta(minutes=one.minutes) <= gap.end - gap.start
    )


def in_order(entries: Iterable[Entry], gap: Gap, by: Rules, now: datetime) -> list[Entry]:
    """Those who may be asked, in the order in which they are."""
    return sorted((one for one in entries if suits(one, gap, by, now)), key=_turn)


def answer_until(gap: Gap, by: Rules, now: datetime) -> datetime:
    """Until when an offer stands: as long as the service says, at most until the time begins."""
    return min(now + by.answer, gap.start)


def _turn(one: Entry) -> tuple[date, int, datetime, str]:
    """The nearest deadline first, then medical priority, then who has waited longest."""
    return one.deadline or date.max, one.priority, one.since.astimezone(NORWAY), one.id
