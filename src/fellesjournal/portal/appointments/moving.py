"""Moving an appointment: to another time that its service gives to citizens, by its rule for giving up."""

from fellesjournal.booking.asked.objecting import kinds
from fellesjournal.booking.offered import Offered
from fellesjournal.booking.rules import choices, is_at_home, places
from fellesjournal.portal import offers
from fellesjournal.portal.folder import Folder
from fellesjournal.ui.naming import Json, references


async def offered(folder: Folder, one: Json, services: list[Json]) -> Offered | None:
    """What it is of all that this citizen books, as long as it may be given up; None where it is not theirs
    to move: with more than one who helps, at home, or in a room that others wait for.
    """
    may = folder.writes("Appointment") and choices(one, folder.patient, services, folder.now).cancel
    if not may or one["status"] != "booked" or "start" not in one or is_at_home(one):
        return None
    rooms = places(one)
    others = references(one["participant"]) - {*rooms, folder.patient}
    if len(others) != 1 or (rooms and await folder.search("Schedule", [("actor", ",".join(rooms))])):
        return None
    for wanted in await offers.offers(folder):
        if (wanted.system, wanted.code) in kinds(one) and others <= (
            await offers.pool(folder, wanted)
        ).keys():
            return wanted
    return None


def exchanged(one: Json, leaves: set[str], comes: str) -> Json:
    """With another of those who could come in the place of the one who was to."""
    parties = [
        party | {"actor": {"reference": comes}} if party["actor"].get("reference") in leaves else party
        for party in one["participant"]
    ]
    return one | {"participant": parties}
