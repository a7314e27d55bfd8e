"""The page a health worker begins at: who is in the unit's care today, in the lists of the mode, live."""

import asyncio
from itertools import chain

from starlette.responses import Response

from fellesjournal.access.policies import Right
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.workplace import streams
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import worklist
from fellesjournal.workplace.oversight import follow_up
from fellesjournal.workplace.start import bedside, news
from fellesjournal.workplace.start.lists import ALL, EVERY, MOST, OPENS, SHOWS, booked_with, rows


async def show(desk: Desk) -> Response:
    """The page with the worklists; the privacy officer's is what there is to follow up."""
    if Right.AUDIT in desk.policy.rights:
        return await follow_up.show(desk)
    shown, to_sign = await asyncio.gather(_shown(desk), worklist.lists(desk))
    return desk.page(
        "start.html",
        **shown,
        to_sign=to_sign,
        answers=desk.writes("Communication"),
        books=desk.writes("Appointment") and desk.reads("Schedule") and bool(desk.actor.unit),
    )


async def lists(desk: Desk) -> Response:
    """The worklists as they are now."""
    return desk.page("lists.html", **await _shown(desk))


async def stream(desk: Desk) -> Response:
    """What changes in the lists of the one who looks; in the unit's day whoever booked."""
    booked = await booked_with(desk) if "today" in (await desk.mode()).lists else []
    return streams.of_parties(desk, SHOWS, map(key_of, booked))


async def _shown(desk: Desk) -> Json:
    """The worklists, each with what it is, and nothing left out silently."""
    mode = await desk.mode()
    names = mode.lists
    found = await asyncio.gather(*(rows(desk, name, at_home=name in mode.visits) for name in names))
    lists = dict(zip(names, found, strict=True))
    patients = {"list": lists.pop("list")} if "list" in lists else {}
    lists["results"], _ = await asyncio.gather(
        news.rows(desk, chain(*lists.values())), bedside.tell(desk, lists)
    )
    lists |= patients
    return {
        "lists": [
            (name, some, () if name == "results" else bedside.columns(some))
            for name, some in lists.items()
            if some
        ],
        "ages": any(row["score"] for name in bedside.SCORED & lists.keys() for row in lists[name]),
        "shows": SHOWS,
        "opens": OPENS,
        "most": MOST,
        "all": ALL,
        "every": desk.asked(EVERY) if desk.asked(EVERY) in names else "",
        "administers": Right.ADMINISTER in desk.policy.rights,
    }
