"""The streams of open pages, as the one who looks may have them: of nothing but types that the role reads."""

from collections.abc import Iterable

from starlette.responses import Response

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.reading.attendance import Reader
from fellesjournal.reading.live import PRESENCE, Interest
from fellesjournal.ui.events import stream
from fellesjournal.workplace.chart.parts import PARTS
from fellesjournal.workplace.desk import Desk


async def of_citizen(desk: Desk) -> Response:
    """What changes in a citizen's record; others see that the reader is there."""
    actor, citizen = desk.actor, key_of(f"Patient/{desk.part_of_path('id')}")
    reader = Reader(actor.person, actor.display, actor.role, actor.unit_display)
    shown = _read(desk, (name for part in PARTS.values() for name in part.shows))
    interest = Interest(shown, citizen, reader=_reader(desk), sees=desk.journal.within_reach)
    return stream(desk.hub, interest, _place(desk), desk.seats.taken(citizen, reader))


def of_parties(desk: Desk, shown: Iterable[str], others: Iterable[int] = ()) -> Response:
    """What changes of some types for the one who looks, and for others (keys)."""
    parties, sees = frozenset((*desk.journal.parties, *others)), desk.journal.within_reach
    interest = Interest(_read(desk, shown), parties=parties, reader=_reader(desk), sees=sees)
    return stream(desk.hub, interest, _place(desk))


def _read(desk: Desk, shown: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one in shown if one == PRESENCE or desk.reads(one))


def _reader(desk: Desk) -> str:
    """The person in the active role: what one page of theirs reaches, all do."""
    return f"{desk.actor.person} {desk.actor.practitioner_role} {desk.actor.role}"


def _place(desk: Desk) -> str:
    """Where in the feed the page was that comes back."""
    return desk.visit.request.headers.get("last-event-id") or desk.asked("fra")
