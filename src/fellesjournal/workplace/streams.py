"""The streams of open pages, as the one who looks may have them."""

from starlette.responses import Response

from fellesjournal.reading.attendance import Reader
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.live import lists_stream, stream
from fellesjournal.workplace.seat import Seat
from fellesjournal.workplace.start.lists import SHOWS


async def of_citizen(desk: Desk) -> Response:
    """What changes in a citizen's record; others see that the reader is there."""
    actor = desk.actor
    reader = Reader(actor.person, actor.display, actor.role, actor.unit_display)
    return stream(desk.hub, desk.part_of_path("id"), _place(desk), Seat(desk.attendance, reader))


async def of_lists(desk: Desk) -> Response:
    """What changes in the worklists."""
    return lists_stream(desk.hub, SHOWS, _place(desk))


def _place(desk: Desk) -> str:
    """Where in the feed the page was that comes back."""
    return desk.visit.request.headers.get("last-event-id") or desk.asked("fra")
