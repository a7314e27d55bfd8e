"""Where an appointment could be moved to: the next times that suit all who take part, one in each half day;
of a visit at home the next windows of the same hours, and where in each the one who comes has the time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from fellesjournal.booking.free.proposals import Question, Wanted
from fellesjournal.booking.free.several import first_visits
from fellesjournal.booking.free.windows import is_window
from fellesjournal.workplace.booking import proposing, words
from fellesjournal.workplace.booking.parties import TYPES
from fellesjournal.workplace.desk import Desk, Json


class Place(NamedTuple):
    """A time to move to: the start, in a window also when who comes begins ("" otherwise), and how it is
    said.
    """

    start: str
    visit: str
    said: str


async def places(desk: Desk, one: Json) -> list[Place]:
    """At most three."""
    parties = [each for each in words.comes(one) if each.partition("/")[0] in (*TYPES, "Patient")]
    free = await desk.calendars.free(parties)
    needed, held = [each for each in parties if free[each]], words.times(one)
    if not needed or held is None:
        return []
    if is_window(one):
        return await _windows(desk, one, needed, held)
    minutes = max(int((held[1] - held[0]) / timedelta(minutes=1)), 5)
    start, opens = proposing.by_day(held[0], desk.now)
    within = (start, proposing.last_moment(desk))
    found = await proposing.spread(desk, [[each] for each in needed], minutes, words.kind(one), within, opens)
    return [
        Place(each.start.isoformat(), "", words.span(desk.t, each.start, each.end))
        for each in found.proposals
    ]


async def _windows(
    desk: Desk, one: Json, needed: Sequence[str], held: tuple[datetime, datetime]
) -> list[Place]:
    periods = {
        each["actor"]["reference"]: words.times(each["period"])
        for each in one["participant"]
        if "period" in each
    }
    own = {who: period for who, period in periods.items() if who in needed and period is not None}
    citizens = [each for each in needed if each.startswith("Patient/")]
    if not own or len(citizens) != 1:
        return []
    first = min(start for start, _ in own.values())
    wanted = [
        Wanted([who], _minutes(end - start), _minutes(start - first)) for who, (start, end) in own.items()
    ]
    question = Question(wanted, desk.now, proposing.last_moment(desk), words.kind(one), proposing.MOST)
    window = (held[0].time(), held[1].time())
    found = await first_visits(desk.calendars, question, citizens[0], window, desk.now)
    return [
        Place(
            opens.isoformat(),
            visit.start.isoformat(),
            desk.t.timebok.visit_at.format(
                window=words.window(desk.t, opens, closes), time=words.clock(visit.start)
            ),
        )
        for (opens, closes), visit in found
    ]


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
