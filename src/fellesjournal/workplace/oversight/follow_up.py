"""Emergency access and overridden blocks, followed up with a sentence each: open ones first, newest first."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import Response

from fellesjournal.access.follow_up import Taken
from fellesjournal.errors import Conflict, Invalid
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.oversight import people

HERE = "/arbeid/oppfolging"
EARLIER = "tidligere"
"""Where the page before ended, of those that have been followed up."""
MORE = "flere"
"""The same of those that have not."""


async def show(desk: Desk) -> Response:
    """The list. Raises Forbidden for others than the privacy officer."""
    return await _page(desk)


async def mark(desk: Desk) -> Response:
    """Mark one as followed up; what is wrong with the sentence is told beside it, and it is kept."""
    return await _marked(desk, undo=False)


async def undo(desk: Desk) -> Response:
    """Undo that, with a sentence too."""
    return await _marked(desk, undo=True)


async def log(desk: Desk) -> Response:
    """A citizen's log in words, of a span of time: what was done with the access that was taken."""
    asked = [("date", f"{prefix}{desk.asked(name)}") for prefix, name in _SPAN if desk.asked(name)]
    place = [("_cursor", desk.asked(MORE))] if desk.asked(MORE) else []
    page = await desk.journal.access_log(
        desk.asked("innbygger"), [*asked, *place, ("language", desk.visit.language)]
    )
    after = dict(page.next or ()).get("_cursor", "")
    more = urlencode({**desk.visit.request.query_params, MORE: after}) if after else ""
    return desk.page("oversight_log.html", citizen=desk.asked("innbygger"), lines=page.lines, more=more)


_SPAN = (("ge", "fra"), ("le", "til"))


async def _marked(desk: Desk, *, undo: bool) -> Response:
    id, sentence = desk.part_of_path("id"), desk.form.get("setning", "")
    try:
        await desk.journal.follow_up(id, sentence, undo=undo)
    except Invalid:
        return await _page(desk, 422, {id: desk.t.oversight.sentence_needed}, {id: sentence})
    except Conflict:
        return await _page(desk, 409, {id: desk.t.oversight.changed}, {id: sentence})
    return desk.redirect(f"{HERE}?{query}" if (query := desk.visit.request.url.query) else HERE)


async def _page(
    desk: Desk,
    status: int = 200,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    waiting, done, asked = await asyncio.gather(
        desk.journal.follow_ups(done=False, after=desk.asked(MORE)),
        desk.journal.follow_ups(done=True, after=desk.asked(EARLIER)),
        desk.journal.log_questions(done=False),
    )
    rows = await _rows(desk, [*waiting.taken, *done.taken])
    return desk.page(
        "follow_up.html",
        status,
        waiting=rows[: len(waiting.taken)],
        done=rows[len(waiting.taken) :],
        more=urlencode({MORE: waiting.end}) if waiting.end else "",
        earlier=urlencode({EARLIER: done.end}) if done.end else "",
        asked=len(asked.asked),
        query=desk.visit.request.url.query,
        faults=faults or {},
        typed=typed or {},
    )


async def _rows(desk: Desk, taken: Sequence[Taken]) -> list[Json]:
    """What was taken, with the names of who took it; the citizen by id, since the role reads no record."""
    workers = await people.employed(desk, (one.practitioner_role for one in taken))
    rows = []
    for one in taken:
        worker = workers.get(one.practitioner_role, people.unknown(one.person))
        rows.append({"taken": one, "worker": worker, "log": _log_of(one), "lasts": _end(one) > desk.now})
    return rows


def _log_of(one: Taken) -> str:
    id = one.patient.partition("/")[2]
    return f"/arbeid/oppfolging/logg?{urlencode({'innbygger': id, 'fra': one.start, 'til': one.end})}"


def _end(one: Taken) -> datetime:
    return datetime.fromisoformat(one.end)
