"""Those of the worklists whose names fit what is typed: they come before others whose record is open."""

import asyncio
from collections.abc import Sequence

from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.start.lists import LISTS

WITH_US = ("inpatients", "present", "services", "today", "tasks")
"""The worklists of those who are at the unit, or whom it has something to do for."""


async def find(desk: Desk, words: Sequence[str], most: int) -> list[Json]:
    """The Patients of the mode's worklists whose names begin so, by family name: up to `most` of each
    list. Each list is asked for the few that fit, and not read as a whole.
    """
    mode = await desk.mode()
    asked = [_on(desk, name, words, most) for name in mode.lists if name in WITH_US]
    if "list" in mode.lists:
        asked.append(_of_gp(desk, words, most))
    found = {one["id"]: one for some in await asyncio.gather(*asked) for one in some}
    return sorted(found.values(), key=_family)


async def _on(desk: Desk, name: str, words: Sequence[str], most: int) -> list[Json]:
    """Those on a list of what is done for citizens."""
    of = LISTS[name]
    named = [("patient.name", word) for word in words]
    found = await desk.search(of.type, [*await of.asked(desk), *named, ("_count", str(most))])
    return [one for one in found if one["resourceType"] == "Patient"]


async def _of_gp(desk: Desk, words: Sequence[str], most: int) -> list[Json]:
    """Those who have the worker as their GP."""
    named = [("name", word) for word in words]
    asked = [("general-practitioner", desk.actor.person), *named, ("_sort", "family"), ("_count", str(most))]
    return await desk.search("Patient", asked)


def _family(patient: Json) -> str:
    """The family name of the first name, as it is sorted."""
    return next((str(one.get("family", "")) for one in patient.get("name", ())), "").casefold()
