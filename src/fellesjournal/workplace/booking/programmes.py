"""Day programmes: chosen like a kind of visit, three days proposed, all stops booked with one press."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from starlette.responses import Response

from fellesjournal.booking import acts
from fellesjournal.booking.free import stops
from fellesjournal.booking.free.pools import Served, served
from fellesjournal.booking.free.proposals import THOUGHT, Proposal
from fellesjournal.booking.free.several import first_days
from fellesjournal.booking.free.stops import Programme
from fellesjournal.errors import Fault, Invalid
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import changes, choices, proposing, together, words
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called


class Offered(NamedTuple):
    """A programme that a unit sends citizens to."""

    id: str
    text: str
    length: int


async def of_unit(desk: Desk, unit: str) -> list[Offered]:
    """The programmes that a unit ("Organization/7") sends citizens to; one that lacks something is none."""
    asked = [("type", f"{stops.TYPE}|{stops.DAY}"), ("status", "active"), ("_count", "100")]
    found = []
    for one in await desk.search("PlanDefinition", asked):
        if not stops.is_for(one, unit):
            continue
        try:
            read = stops.programme(one)
        except Fault:
            continue
        found.append(Offered(read.id, read.title, len(read.stops)))
    return sorted(found, key=lambda one: one.text.casefold())


async def show(desk: Desk) -> Response:
    """Three days on which all stops can be taken."""
    return await _page(desk, await _programme(desk), desk.asked("fra"))


async def book(desk: Desk) -> Response:
    """Book all stops of a day, or tell why not and propose others."""
    planned = await _programme(desk)
    times = _times(planned, desk.form.get("tider", ""))
    if times[0].start <= desk.now:
        return await _page(desk, planned, faults=(desk.t.timebok.past,))
    id, said = desk.form.get("samling", ""), desk.t.series.booked.format(count=len(times))
    if await together.members(desk, together.DAY, id):
        return await together.page(desk, together.DAY, id, said=said)
    by = await _served(desk, planned)
    besides = [_besides(one, at) for one, at in zip(by, times, strict=True)]
    made = stops.appointments(planned, times, besides, f"Patient/{desk.citizen['id']}", id)
    names = await called(desk, [actor for one in made for actor in words.actors(one)])
    ready = [acts.booked(acts.named(one, names), desk.now) for one in made]
    if fault := await together.stored(desk, ready):
        return await _page(desk, planned, faults=(desk.t.series.taken, *fault))
    return await together.page(desk, together.DAY, id, said=said)


async def _page(desk: Desk, planned: Programme, since: str = "", *, faults: Sequence[str] = ()) -> Response:
    by = await _served(desk, planned)
    missing = [stop.title for stop, one in zip(planned.stops, by, strict=True) if not one.pools]
    days: list[list[Proposal]] = []
    if not missing:
        soonest = desk.now + THOUGHT
        span = (max(soonest, choices.since(since) or soonest), proposing.last_moment(desk))
        days = await first_days(
            desk.calendars, stops.asked(planned, by), f"Patient/{desk.citizen['id']}", span
        )
    who = {one for day in days for at in day for one in at.who}
    names = await called(desk, [{"reference": one} for one in sorted(who)])
    told = [desk.t.programme.unserved.format(stops=", ".join(missing))] if missing else []
    return desk.page(
        "programme.html",
        409 if faults else 200,
        citizen=desk.citizen,
        name=naming.person(desk.citizen),
        programme=planned,
        rows=[_row(desk, planned, day, names) for day in days],
        faults=[*faults, *told],
        since=since,
        bok=desk.asked("bok") or desk.form.get("bok", ""),
    )


def _row(desk: Desk, planned: Programme, day: Sequence[Proposal], names: dict[str, str]) -> Json:
    """A day to choose: from when to when, each stop, and all of it as the form sends it."""
    return {
        "said": words.span(desk.t, day[0].start, day[-1].end),
        "stops": [
            (words.clock(at.start), stop.title, ", ".join(names.get(one) or one for one in at.who))
            for stop, at in zip(planned.stops, day, strict=True)
        ],
        "id": str(uuid4()),
        "times": ";".join(" ".join((at.start.isoformat(), *at.who)) for at in day),
    }


def _times(planned: Programme, written: str) -> list[Proposal]:
    """The times of the stops as the form has them. Raises Invalid for others than one for each stop."""
    found = [one.split() for one in written.split(";")]
    if len(found) != len(planned.stops) or any(len(one) < 2 for one in found):
        raise Invalid("Each stop has a time and who comes: choose one of the days that are proposed.")
    times = []
    for stop, (at, *who) in zip(planned.stops, found, strict=True):
        start = changes.moment(at)
        times.append(Proposal(start, start + timedelta(minutes=stop.minutes), tuple(who)))
    return times


def _besides(one: Served, at: Proposal) -> list[str]:
    """The places to name besides. Raises Invalid for one who does not serve the stop."""
    if any(who not in {each for pool in one.pools for each in pool} for who in at.who):
        raise Invalid("Who comes is none of those who serve the stop: choose one of the days proposed.")
    return one.besides(at.who)


async def _programme(desk: Desk) -> Programme:
    """The programme of the address. Raises NotFound, and Invalid for one that lacks something."""
    plan = await desk.read("PlanDefinition", desk.part_of_path("program"))
    try:
        return stops.programme(plan)
    except Fault as fault:
        raise Invalid(str(fault)) from None


async def _served(desk: Desk, planned: Programme) -> list[Served]:
    asked = (served(desk.journal, stop.unit, stop.visit) for stop in planned.stops)
    return list(await asyncio.gather(*asked))
