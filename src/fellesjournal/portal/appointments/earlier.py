"""Wishing for an earlier time: the one there is is kept until a better one is taken."""

from starlette.responses import Response

from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import WAITING
from fellesjournal.errors import Conflict
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.ui.naming import Json


async def wait(folder: Folder, one: Json, services: list[Json]) -> Response:
    """Put the citizen on the list of the service that gives it. Raises Amiss where there is none."""
    made = _wish(folder, one, services)
    if made is None:
        raise Amiss(folder.t.visit.cannot)
    if not await waits(folder, one):
        await folder.create(made)
    return folder.redirect(f"/timer/{one['id']}")


def may(folder: Folder, one: Json, services: list[Json]) -> bool:
    """Whether the visitor may wish for an earlier time."""
    return folder.writes("Appointment") and _wish(folder, one, services) is not None


async def waits(folder: Folder, one: Json) -> str:
    """The id of the entry by which an earlier time than this is waited for; "" for none."""
    asked = [("patient", folder.citizen), ("status", WAITING), ("_count", "100")]
    entries = await folder.search("Appointment", asked)
    return next((each["id"] for each in entries if earlier.is_waiting(one, [each])), "")


def _wish(folder: Folder, one: Json, services: list[Json]) -> Json | None:
    lists = earlier.services(one, services)
    try:
        return earlier.wanted(one, lists[0], folder.patient, folder.now) if lists else None
    except Conflict:
        return None
