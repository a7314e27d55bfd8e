"""What waits for the unit, or for the one who looks, about a citizen: read, finished with a word, taken up
again (R4 Task)."""

from collections.abc import Mapping

from starlette.responses import Response

from fellesjournal.errors import Conflict, NotFound, PreconditionFailed
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called, name_of
from fellesjournal.workplace.notes import notes

OPEN = ("requested", "received", "accepted", "in-progress")
"""The states of a task that waits."""
MOST = 100
LONGEST = 1_000
"""Characters of what is said of a task that is finished."""


async def show(desk: Desk) -> Response:
    """Those that wait, the oldest first."""
    return desk.page("tasks.html", **await _facts(desk))


async def finish(desk: Desk) -> Response:
    """One is done; what is said of it is kept with it."""
    task = await _of_ours(desk)
    words = desk.form.get("merknad", "").strip()[:LONGEST]
    now = desk.now.isoformat(timespec="seconds")
    by = {"reference": desk.actor.person, "display": desk.actor.display}
    notes_ = [
        *task.get("note", ()),
        *([{"authorReference": by, "time": now, "text": words}] if words else []),
    ]
    return await _changed(desk, task | {"status": "completed"} | ({"note": notes_} if notes_ else {}), task)


async def take_up(desk: Desk) -> Response:
    """One waits again, as it did: who finished it did so by mistake."""
    task, before = await _of_ours(desk), desk.form.get("fra", "")
    return await _changed(desk, task | {"status": before if before in OPEN else OPEN[0]})


async def _of_ours(desk: Desk) -> Json:
    """The task of a request. Raises NotFound for one that is not about the citizen, or waits for others."""
    task = await desk.read("Task", desk.part_of_path("task"))
    about, owner = (str(task.get(name, {}).get("reference", "")) for name in ("for", "owner"))
    if about != f"Patient/{desk.part_of_path('id')}" or owner not in _owners(desk):
        raise NotFound("There is no such task.")
    return task


async def _changed(desk: Desk, task: Json, finished: Json | None = None) -> Response:
    """Store it, and show those that wait; `finished` is it as it was, and can be taken up again."""
    try:
        await desk.update(task | {"lastModified": desk.now.isoformat(timespec="seconds")})
    except (Conflict, PreconditionFailed):
        return await _shown(desk, fault=desk.t.tasks.meanwhile)
    return await _shown(desk, finished=finished, said=desk.t.tasks.done if finished else desk.t.tasks.again)


async def _shown(desk: Desk, *, said: str = "", fault: str = "", finished: Json | None = None) -> Response:
    return await notes.answer(
        desk, desk.html("tasks.html", **await _facts(desk, said=said, fault=fault, finished=finished))
    )


async def _facts(desk: Desk, *, said: str = "", fault: str = "", finished: Json | None = None) -> Json:
    id = desk.part_of_path("id")
    asked = [("patient", f"Patient/{id}"), ("owner", ",".join(_owners(desk))), ("status", ",".join(OPEN))]
    found = await desk.search("Task", [*asked, ("_count", str(MOST))])
    found.sort(key=lambda one: one.get("authoredOn", ""))
    names = await called(desk, [one.get("requester", {}) for one in found])
    return {
        "id": id,
        "rows": [_row(one, names) for one in found],
        "may": desk.writes("Task"),
        "longest": LONGEST,
        "said": said,
        "fault": fault,
        "finished": finished,
    }


def _owners(desk: Desk) -> list[str]:
    return [one for one in (desk.actor.unit, desk.actor.person) if one]


def _row(task: Json, names: Mapping[str, str]) -> Json:
    focus = str(task.get("focus", {}).get("reference", "")).partition("/_history/")[0]
    return {
        "id": task["id"],
        "what": naming.concept(task.get("code")) or task.get("description", ""),
        "more": task.get("description", "") if task.get("code") else "",
        "when": task.get("authoredOn", ""),
        "by": name_of(task.get("requester", {}), names),
        "focus": focus if focus.count("/") == 1 else "",
        "until": task.get("restriction", {}).get("period", {}).get("end", ""),
    }
