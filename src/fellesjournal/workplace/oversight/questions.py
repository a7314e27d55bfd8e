"""What citizens ask about the log, answered by the privacy officer: those that wait first, oldest first."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from fellesjournal.access.asking import Asked
from fellesjournal.errors import Conflict, Invalid
from fellesjournal.workplace.desk import Desk, Json

HERE = "/arbeid/sporsmal"
EARLIER, MORE = "tidligere", "flere"
"""Where the page before ended, of those with an answer and of those that wait."""
LATE = timedelta(days=14)
"""After this the row says so: who asks about oneself has an answer within a month (GDPR article 12 no. 3)."""


async def show(desk: Desk) -> Response:
    """The list. Raises Forbidden for others than the privacy officer."""
    return await _page(desk)


async def answer(desk: Desk) -> Response:
    """Answer one; what is wrong with the answer is told beside it, and it is kept."""
    id, said = desk.part_of_path("id"), desk.form.get("svar", "")
    try:
        await desk.journal.answer_question(id, said)
    except Invalid:
        return await _page(desk, 422, {id: desk.t.oversight.sentence_needed}, {id: said})
    except Conflict:
        return await _page(desk, 409, {id: desk.t.oversight.changed}, {id: said})
    return desk.redirect(HERE)


async def _page(
    desk: Desk,
    status: int = 200,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    waiting, done = await asyncio.gather(
        desk.journal.log_questions(done=False, after=desk.asked(MORE)),
        desk.journal.log_questions(done=True, after=desk.asked(EARLIER)),
    )
    return desk.page(
        "log_questions.html",
        status,
        waiting=[_row(desk, one) for one in waiting.asked],
        done=[_row(desk, one) for one in done.asked],
        more=urlencode({MORE: waiting.end}) if waiting.end else "",
        earlier=urlencode({EARLIER: done.end}) if done.end else "",
        faults=faults or {},
        typed=typed or {},
    )


def _row(desk: Desk, one: Asked) -> Json:
    late = not one.answer and desk.now - datetime.fromisoformat(one.asked) > LATE
    return {"one": one, "late": late}
