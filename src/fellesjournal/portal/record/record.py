"""The pages of the record: its areas, each of them, and every value of one test."""

import asyncio
from urllib.parse import quote

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.growth.growth import born_on
from fellesjournal.portal.record.areas import AREAS
from fellesjournal.portal.record.results import holds, is_measurement, usual_value
from fellesjournal.portal.record.rows import MOST
from fellesjournal.ui import naming
from fellesjournal.ui.drawing import drawn
from fellesjournal.ui.values import bounds, measured, side, unit_of, value_of


async def overview(folder: Folder) -> Response:
    """Every area that the visitor may read, with how much is in it."""
    shown = [one for one in AREAS.values() if any(map(folder.reads, one.types))]
    found = await asyncio.gather(*(one.groups(folder) for one in shown))
    types = {name for one in shown for name in one.types} | {"Observation"}
    counts = [sum(len(group.rows) for group in groups) for groups in found]
    return folder.page("overview.html", live=types, areas=list(zip(shown, counts, strict=True)), most=MOST)


async def area(folder: Folder) -> Response:
    """One area. Raises NotFound for one that there is not, or that the visitor does not read."""
    found = AREAS.get(folder.part_of_path("area"))
    if found is None or not any(map(folder.reads, found.types)):
        raise NotFound("There is no such area.")
    groups = [group for group in await found.groups(folder) if group.rows]
    grows = found.name == "malinger" and await _grows(folder)
    types = {*found.types, "Observation"}  # the results of a report are such
    return folder.page("area.html", live=types, area=found, groups=groups, grows=grows, quote=quote)


async def _grows(folder: Folder) -> bool:
    """Whether there are growth curves to look at."""
    return born_on(await folder.read("Patient", folder.citizen), folder.now) is not None


async def series(folder: Folder) -> Response:
    """Every value of the test that the address names as "system|code", newest first. Raises NotFound."""
    code = folder.asked("kode")
    asked = [("patient", folder.citizen), ("code", code), ("_sort", "-date"), ("_count", str(MOST))]
    found = [one for one in await folder.search("Observation", asked) if holds(one)] if code else []
    if not found:
        raise NotFound("There is no such test.")
    low, high = bounds(found[0])
    return folder.page(
        "prove.html",
        live=("Observation",),
        title=naming.concept(found[0]["code"]),
        unit=unit_of(found[0]),
        of="malinger" if is_measurement(found[0]) else "prover",
        usual=usual_value(folder, found[0]),
        rows=[(naming.when(one), value_of(one), side(one)) for one in found],
        drawing=drawn(measured(found), low, high),
    )
