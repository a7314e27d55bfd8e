"""What a time clashes with, in words: as much as the one who books may know of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from fellesjournal.booking.holding import HOLDING
from fellesjournal.workplace.booking import words
from fellesjournal.workplace.desk import Desk, Json


class Time(NamedTuple):
    """A time that is wanted of some ("Practitioner/7") for a kind of visit (code; "": any)."""

    parties: Sequence[str]
    start: datetime
    end: datetime
    visit: str = ""


async def clashes(
    desk: Desk, time: Time, names: Mapping[str, str], moved: Mapping[str, object] | None = None
) -> list[str]:
    """A sentence for each who is not free then; of an appointment that the reader reaches it says which.
    What an appointment that is `moved` holds itself is no clash.
    """
    asked = _asked(desk, time, moved)
    found = await _taken(desk, time, asked)
    known = await _known(desk, time, list(found), dict(moved or {}).get("id")) if found else {}
    said = []
    for one, lane in found.items():
        who = desk.t.timebok.the_citizen if one.startswith("Patient/") else names.get(one, one)
        text = _appointment(desk, known[one], who) if one in known else _busy(desk, who, lane, asked)
        said.append(text[:1].upper() + text[1:])
    return said


async def busy(desk: Desk, time: Time) -> list[str]:
    """Those who are not free then, but for citizens: whom one could overbook."""
    found = await _taken(desk, time, _asked(desk, time, None))
    return [one for one in found if not one.startswith("Patient/")]


def _asked(desk: Desk, time: Time, moved: Mapping[str, object] | None) -> int:
    """The bits that are wanted, without those that the moved one has."""
    grid = desk.calendars.grid()
    held = words.times(dict(moved)) if moved else None
    return grid.inside(time.start, time.end) & ~(grid.touched(*held) if held else 0)


async def _taken(desk: Desk, time: Time, asked: int) -> dict[str, int]:
    """Those who are not free for all of it, with the free bits of their first lane."""
    free = await desk.calendars.free(list(dict.fromkeys(time.parties)), time.visit)
    return {one: lanes[0] for one, lanes in free.items() if lanes and all(asked & ~lane for lane in lanes)}


async def _known(desk: Desk, time: Time, parties: Sequence[str], but: object) -> dict[str, Json]:
    """The appointments within reach that hold the time of some, by party."""
    since = time.start - timedelta(days=1)
    asked = [("actor", ",".join(parties)), ("status", ",".join(sorted(HOLDING))), ("_count", "100")]
    asked += [("date", f"ge{since.isoformat()}"), ("date", f"lt{time.end.isoformat()}")]
    found: dict[str, Json] = {}
    for one in await desk.search("Appointment", asked):
        held = words.times(one)
        if one["id"] != but and held and held[0] < time.end and time.start < held[1]:
            found |= dict.fromkeys(words.comes(one), one)
    return found


def _appointment(desk: Desk, one: Json, who: str) -> str:
    held = words.times(one)
    when = words.span(desk.t, *held) if held else ""
    text: str = desk.t.timebok.clash_known.format(who=who, what=words.what(one), when=when)
    return text


def _busy(desk: Desk, who: str, free: int, wanted: int) -> str:
    """That one is busy, or not at work: from when to when."""
    grid = desk.calendars.grid()
    first, last = _run(~free & grid.all, wanted)
    when = words.span(desk.t, grid.moment(first), grid.moment(last))
    text: str = desk.t.timebok.clash.format(who=who, when=when)
    return text


def _run(busy: int, wanted: int) -> tuple[int, int]:
    """The busy bits in a row that have the first of what was wanted: from, to before."""
    hit = busy & wanted
    first = last = (hit & -hit).bit_length() - 1
    while first and busy >> (first - 1) & 1:
        first -= 1
    while busy >> last & 1:
        last += 1
    return first, last
