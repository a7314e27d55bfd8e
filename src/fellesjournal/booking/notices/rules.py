"""What a citizen is told, and when: of appointments, offers, messages and letters. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from fellesjournal.booking import holding
from fellesjournal.booking.waitlist import offers
from fellesjournal.booking.waitlist.entry import actors
from fellesjournal.fhir.dates import date_span
from fellesjournal.norway.codes.contacts import CANCELLED

Tree = Mapping[str, Any]

AHEAD = timedelta(days=2)
"""How long before an appointment its reminder comes."""
NEWS = timedelta(days=1)
"""What is older than this when it is written was brought in from elsewhere, and is no news."""
RESTRICTED = "urn:oid:2.16.578.1.12.4.1.1.9603"
"""Norway's list of restrictions: what bears one of them is told of to nobody."""
FROM_PARENTS = ("NORN_FOR", "NORN_FORANS")
"""Those of what is kept from parents alone: the citizen is told, and the door keeps it from the parents."""
_BY_CITIZEN = ("AAI", "APVAI")
_AGREED = ("booked", "pending", "proposed")
_SETTLED = ("booked", "arrived", "checked-in")


class Kind(StrEnum):
    """What a notice tells of."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    OFFER = "offer"
    MESSAGE = "message"
    LETTER = "letter"


SUBJECTS = dict.fromkeys(Kind, "Appointment") | {
    Kind.MESSAGE: "Communication",
    Kind.LETTER: "DocumentReference",
}
"""The type of what each kind tells of."""


class Notice(NamedTuple):
    """One thing to tell a citizen ("Patient/7") when it is due; `moment` is when the appointment begins."""

    citizen: str
    kind: Kind
    moment: datetime | None
    due: datetime


def of_appointment(before: Tree, after: Tree, now: datetime) -> list[Notice]:
    """What is told of an Appointment when it has become `after`; all told before and not yet sent is void.

    What is over, or was brought in from elsewhere, is not told of.
    """
    start, was = _start(after), _start(before)
    told = start or was
    if told is None or told <= now or _is_restricted(after):
        return []
    kinds = [*_kinds(before, after, now, start != was, _is_news(after.get("created"), now))]
    found = [(kind, told, now) for kind in kinds]
    if after.get("status") == "booked" and told - AHEAD > now:
        found.append((Kind.REMINDER, told, told - AHEAD))
    citizens = [one for one in actors(after) or actors(before) if one.startswith("Patient/")]
    return [Notice(citizen, *each) for citizen in citizens for each in found]


def of_message(tree: Tree, now: datetime) -> list[Notice]:
    """What is told of a new Communication, to the citizens who get it from others."""
    sent = tree.get("sent") or tree.get("received")
    if not sent or not _is_news(sent, now) or tree.get("status") not in ("completed", "in-progress"):
        return []
    sender = str(tree.get("sender", {}).get("reference", ""))
    if not sender or sender.startswith(("Patient/", "RelatedPerson/")) or _is_restricted(tree):
        return []
    named = (str(one.get("reference", "")).partition("/_history/")[0] for one in tree.get("recipient", ()))
    return [Notice(one, Kind.MESSAGE, None, now) for one in named if one.startswith("Patient/")]


def of_letter(tree: Tree, now: datetime) -> list[Notice]:
    """What is told of a new DocumentReference in a citizen's record that the citizen may read."""
    subject = str(tree.get("subject", {}).get("reference", "")).partition("/_history/")[0]
    by_citizen = any(
        str(one.get("reference", "")).startswith(("Patient/", "RelatedPerson/"))
        for one in tree.get("author", ())
    )
    is_told = (
        subject.startswith("Patient/")
        and tree.get("status") == "current"
        and tree.get("docStatus", "final") in ("final", "amended")
        and not by_citizen
        and not _is_restricted(tree)
        and bool(tree.get("date"))
        and _is_news(tree["date"], now)
    )
    return [Notice(subject, Kind.LETTER, None, now)] if is_told else []


def _kinds(before: Tree, after: Tree, now: datetime, is_moved: bool, is_news: bool) -> Iterator[Kind]:
    status, was = after.get("status"), before.get("status")
    if offers.is_offer(after) and not offers.is_offer(before):
        yield Kind.OFFER
    elif status == "booked" and was not in _SETTLED:
        if is_news or was:
            yield Kind.BOOKED
    elif status == "booked" and is_moved:
        yield Kind.MOVED
    elif was in _AGREED and status in ("cancelled", None) and not _ended(before, now):
        yield from () if _by_citizen(after) else (Kind.CANCELLED,)


def _ended(before: Tree, now: datetime) -> bool:
    """Whether it was an offer, or a hold that has ended: nobody had counted on it."""
    return offers.is_offer(before) or holding.given_back(before, now) is not None


def _by_citizen(tree: Tree) -> bool:
    return any(
        one.get("system") == CANCELLED.system and one.get("code") in _BY_CITIZEN
        for one in tree.get("cancelationReason", {}).get("coding", ())
    )


def _start(tree: Tree) -> datetime | None:
    return date_span(tree["start"])[0] if tree.get("start") else None


def _is_news(written: str | None, now: datetime) -> bool:
    """Whether something was written just now; what does not say when, was."""
    return written is None or date_span(written)[1] > now - NEWS


def _is_restricted(tree: Tree) -> bool:
    return any(
        one.get("system") == RESTRICTED and one.get("code") not in FROM_PARENTS
        for one in tree.get("meta", {}).get("security", ())
    )
