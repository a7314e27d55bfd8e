"""The searches of a screen, asked in one round trip: permitted and logged as if each were asked alone."""

from collections.abc import Sequence

from fellesjournal.access.criteria import as_logged
from fellesjournal.access.naming import named
from fellesjournal.access.visit import LOG, Visit
from fellesjournal.errors import Forbidden
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Page, Question


async def search(record: Record, visit: Visit, scope: Scope, asked: Sequence[Question]) -> list[Page]:
    """See Record.search_together. Raises Forbidden for AuditEvents, which are searched by themselves."""
    if any(one.type == LOG for one in asked):
        raise Forbidden("The log of every access is searched by itself: ask for AuditEvent alone.")
    abouts = [named(*one) for one in asked]
    about = {citizen for each in abouts for citizen in each.citizens}
    searches = [(one.type or "", as_logged(one.parameters)) for one in asked]
    async with visit.searching(searches) as notes:
        pages = await record.search_together(asked, scope=scope.asked_about(about))
        for note, page, each in zip(notes, pages, abouts, strict=True):
            note.page(page, each)
    return pages
