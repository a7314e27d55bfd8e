"""The page a health worker begins at: those in the unit's care today, in the lists of the worker's mode."""

import asyncio

from starlette.responses import Response

from fellesjournal.access.policies import Right
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.notes import worklist
from fellesjournal.workplace.oversight import follow_up
from fellesjournal.workplace.start.lists import MOST, rows


async def show(desk: Desk) -> Response:
    """The worklists, each with what it is, and nothing left out silently; the privacy officer's is what there
    is to follow up.
    """
    if Right.AUDIT in desk.policy.rights:
        return await follow_up.show(desk)
    names = (await desk.mode()).lists
    found = await asyncio.gather(*(rows(desk, name) for name in names))
    return desk.page(
        "start.html",
        lists=[(name, some) for name, some in zip(names, found, strict=True) if some],
        most=MOST,
        administers=Right.ADMINISTER in desk.policy.rights,
        to_sign=await worklist.lists(desk),
    )
