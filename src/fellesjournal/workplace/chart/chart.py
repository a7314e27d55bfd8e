"""The chart of one citizen: the page, and each of its parts by itself for what changes."""

import asyncio

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.workplace.chart.parts import PARTS
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.since import since

_IDENTITY = list(PARTS).index("identity")


async def show(desk: Desk, *, work: str = "") -> Response:
    """The whole page, with something in its work pane."""
    id = desk.part_of_path("id")
    facts = await asyncio.gather(*(part.facts(desk, id) for part in PARTS.values()))
    parts = {
        name: desk.html(f"{name}.html", id=id, part=part, **found)
        for (name, part), found in zip(PARTS.items(), facts, strict=True)
    }
    return desk.page(
        "chart.html",
        id=id,
        parts=parts,
        name=facts[_IDENTITY]["name"],
        can=_can(desk),
        opens=_opens(desk, id),
        work=work,
        mode=await desk.mode(),
    )


async def part(desk: Desk) -> Response:
    """One part, as it is now. Raises NotFound for one that there is not."""
    id, name = desk.part_of_path("id"), desk.part_of_path("part")
    if name not in PARTS:
        raise NotFound(f"The chart has no part '{name}'.")
    found = PARTS[name]
    return desk.page(f"{name}.html", id=id, part=found, **await found.facts(desk, id))


async def mark_read(desk: Desk) -> Response:
    """The reader has read what is new, and gets that part as it is then."""
    await since.mark(desk)
    id = desk.part_of_path("id")
    return desk.page("since.html", id=id, part=PARTS["since"], **await since.facts(desk, id))


def _opens(desk: Desk, id: str) -> str:
    """What stands open beside the chart from the start: an address of this citizen's, or nothing."""
    asked = desk.asked("apne")
    return asked if asked.startswith(f"/arbeid/innbygger/{id}/") and ".." not in asked else ""


def _can(desk: Desk) -> dict[str, bool]:
    """What the role may add here."""
    return {
        "measure": desk.writes("Observation"),
        "diagnose": desk.writes("Condition"),
        "note": desk.writes("Composition"),
        "message": desk.reads("Communication"),
    }
