"""The access log: who has opened the record, when, and why, in plain words."""

from starlette.responses import Response

from fellesjournal.access.journal import Line
from fellesjournal.fhir.query import written
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.log import asking
from fellesjournal.portal.streams import OF_THE_RECORD
from fellesjournal.reading.live import PRESENCE

MOST = "100"
"""Entries of the log that are read at a time."""
PAGES, ENOUGH = 5, 10
"""How often more is read for a page, and lines of others with which it has enough: what one does oneself is
many entries, and would hide who else was there.
"""


async def show(folder: Folder) -> Response:
    """A page of the log, newest first. Who only stood on a list is told apart from who was opened."""
    language = folder.visit.language
    asked = [
        pair for pair in folder.visit.request.query_params.multi_items() if pair[0] in ("_cursor", "date")
    ]
    lists = folder.asked("lister") == "ja"
    kept = [("lister", "ja")] if lists else []
    shown: list[Line] = []
    for _ in range(PAGES):
        page = await folder.journal.access_log(
            folder.citizen, [("language", language), ("_count", MOST), *asked]
        )
        asked = [pair for pair in page.next or () if pair[0] in ("_cursor", "date")]
        shown += [one for one in page.lines if lists or not one.listed]
        if not asked or len([one for one in shown if not one.own]) >= ENOUGH:
            break
    return folder.page(
        "log.html",
        live={PRESENCE, *OF_THE_RECORD, "Task"},
        lines=shown,
        lists=lists,
        questions=await asking.asked(folder),
        sent=folder.asked("spurt") == "ja",
        next=f"{folder.base}/innsyn?{written([*asked, *kept])}" if asked else "",
    )
