"""Asking for a time: what and by when, three proposals, one press that books."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from starlette.responses import Response

from fellesjournal.booking.free.proposals import Proposal
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import choices, clashes, offering, parties, programmes, proposing
from fellesjournal.workplace.booking.parties import Book, Kind
from fellesjournal.workplace.booking.programmes import Offered
from fellesjournal.workplace.booking.proposing import Ask
from fellesjournal.workplace.desk import Desk, Json

Named = TypeVar("Named", Kind, Offered)
PRIORITIES = (1, 5, 9)
"""Of one who waits, by iCalendar's scale: goes first, usual, last."""


async def show(desk: Desk) -> Response:
    """The kinds of visit and the day programmes of the unit, found as one types."""
    return await _kinds(desk, "ask.html", "")


async def find(desk: Desk) -> Response:
    """Those that fit what was typed."""
    return await _kinds(desk, "kinds.html", desk.asked("q"))


async def _kinds(desk: Desk, template: str, typed: str) -> Response:
    book = await parties.book(desk, _unit(desk))
    days = await programmes.of_unit(desk, book.reference)
    return desk.page(
        template,
        citizen=desk.citizen,
        book=book,
        kinds=_fitting(book.kinds, typed),
        programmes=_fitting(days, typed),
        typed=typed,
        **_given(desk),
    )


async def propose(desk: Desk) -> Response:
    """Three times for what was chosen."""
    sent = desk.visit.request.query_params
    asked = {**sent, "ogsa": " ".join(sent.getlist("ogsa"))}
    book = await with_guests(desk, asked)
    return await proposed(desk, book, _of_own_doctor(desk, book, asked))


async def with_guests(desk: Desk, asked: Mapping[str, str]) -> Book:
    """The book that is asked in, with those of other units who come too."""
    return await parties.with_guests(
        desk, await parties.book(desk, _unit(desk)), asked.get("ogsa", "").split()
    )


def _of_own_doctor(desk: Desk, book: Book, asked: Mapping[str, str]) -> Mapping[str, str]:
    """What is asked for, of the citizen's own doctor where nobody was chosen and they take such visits."""
    if "Practitioner" in asked or asked.get("kl"):
        return asked
    own = {one.get("reference") for one in desk.citizen.get("generalPractitioner", ())}
    pool = book.needs(asked.get("hva", "")).get("Practitioner", [])
    doctor = next((one.reference for one in pool if one.reference in own), "")
    return {**asked, "Practitioner": doctor} if doctor else asked


async def proposed(
    desk: Desk,
    book: Book,
    asked: Mapping[str, str],
    *,
    faults: tuple[str, ...] = (),
    over: Mapping[str, str] | None = None,
) -> Response:
    """The form with its proposals, and what was refused, or typed and cannot be used; `over` is that form,
    where it may be overbooked.
    """
    typed, wrong = asked, choices.wrong(desk, asked)
    asked = {name: value for name, value in asked.items() if name not in wrong}
    wanted = choices.ask(desk, book, asked)
    rows, why, told = await _offered(desk, book, wanted, choices.fixed(asked))
    return desk.page(
        "propose.html",
        400 if wrong else 409 if faults else 200,
        citizen=desk.citizen,
        name=naming.person(desk.citizen),
        book=book,
        ask=wanted,
        needs=book.needs(wanted.kind.code),
        rows=rows,
        why=why,
        window=offering.window(wanted),
        windows=choices.WINDOWS,
        contacts=choices.CONTACTS,
        faults=faults or [*wrong.values()] or told,
        typed=typed,
        waits=any(name in typed for name in ("frist", "varsel")),
        over=over,
        within=choices.WITHIN,
        by=asked.get("innen", choices.SOONEST),
        since=asked.get("fra", ""),
        nobody=proposing.NOBODY,
        services=await parties.services(desk, book.reference) if book.is_unit else [],
        sites=parties.sites(await parties.places(desk, book.reference)) if book.is_unit else [],
        priorities=PRIORITIES,
        **_given(desk),
    )


async def _offered(
    desk: Desk, book: Book, wanted: Ask, fixed: datetime | None
) -> tuple[list[Json], str, list[str]]:
    """What there is to choose from; why nothing earlier; and why the moment that was chosen does not do."""
    if wanted.often.times > 1 or wanted.window:
        if wanted.often.times > 1 and wanted.window:
            return [], "", [desk.t.series.no_window]
        if wanted.contact and wanted.window:
            return [], "", [desk.t.timebok.no_contact]
        offer = offering.home_visits if wanted.window else offering.series
        rows = await offer(desk, book, wanted)
        return rows, "" if rows else desk.t.timebok.never_together, []
    found = await proposing.proposals(desk, book, wanted)
    exact, told = list[Proposal](), list[str]()
    if fixed:
        within = (fixed, fixed + timedelta(minutes=wanted.minutes))
        exact = (await proposing.proposals(desk, book, wanted, within)).proposals
        told = [] if exact else await _taken(desk, book, wanted, fixed)
    rows = offering.times(desk, book, [*exact, *found.proposals])
    return rows, "" if exact else proposing.why(desk, book, wanted, found), told


async def _taken(desk: Desk, book: Book, wanted: Ask, start: datetime) -> list[str]:
    """Why the moment that was chosen does not do."""
    single = [pool[0] for pool in wanted.pools(book) if len(pool) == 1]
    time = clashes.Time(single, start, start + timedelta(minutes=wanted.minutes), wanted.kind.code)
    return await clashes.clashes(desk, time, book.names())


def _fitting(found: list[Named], typed: str) -> list[Named]:
    """Those with every word in their name, those that begin with it first."""
    said = typed.casefold().split()
    fit = [one for one in found if all(word in one.text.casefold() for word in said)]
    return sorted(fit, key=lambda one: not one.text.casefold().startswith(typed.casefold().strip()))


def _unit(desk: Desk) -> str:
    """The book that is asked in: the one named, else the reader's own unit's."""
    return desk.asked("bok") or desk.form.get("bok", "") or desk.actor.unit.replace("/", "-", 1)


def _given(desk: Desk) -> Json:
    """What was chosen in the day's view goes along: the moment, and whose column it was."""
    names = ("bok", "kl", "venter", "forelopig", *parties.TYPES)
    sent = {name: desk.asked(name) or desk.form.get(name, "") for name in names}
    return {"given": {name: value for name, value in sent.items() if value}}
