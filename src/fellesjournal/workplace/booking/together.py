"""Appointments that belong together, a series or the stops of a day: stored all or none, shown, cancelled
all at once, undone.
"""

from collections.abc import Sequence

from starlette.responses import Response

from fellesjournal.booking import acts, holding
from fellesjournal.booking.free import series, stops
from fellesjournal.errors import Conflict, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.workplace.booking import changes, clashes, refusals, taking_back, words
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called

SERIES, DAY = "serie", "dag"
SYSTEMS = {SERIES: series.SERIES, DAY: stops.PROGRAMME}
"""What those that belong together are called in addresses, and the system of their common identifier."""
FIRST = "1"


async def stored(desk: Desk, made: Sequence[Json]) -> list[str]:
    """Store all; why they could not be, in sentences, none when they were."""
    try:
        await desk.transact(made)
    except (Conflict, Unprocessable) as fault:
        names = {name: said for one in made for name, said in words.names(one).items()}
        return await _clash(desk, made, names) or refusals.told(desk, fault, names)
    except PreconditionFailed:
        return [desk.t.timebok.meanwhile]
    return []


async def _clash(desk: Desk, made: Sequence[Json], names: dict[str, str]) -> list[str]:
    """What the first of the new ones clashes with that does."""
    for one in made:
        held, wishes = words.times(one), holding.of_appointment(one)
        if "id" in one or held is None:
            continue
        time = clashes.Time([wish.actor for wish in wishes], *held, words.kind(one))
        if told := await clashes.clashes(desk, time, names):
            return told
    return []


async def show(desk: Desk) -> Response:
    """All that belong together."""
    return await page(desk, desk.part_of_path("slag"), desk.part_of_path("samling"))


async def cancel(desk: Desk) -> Response:
    """Cancel all that are to come, all or none, with a reason of list 7621 and words."""
    kind, id, reason = desk.part_of_path("slag"), desk.part_of_path("samling"), desk.form.get("grunn", "")
    if reason not in changes.REASONS:
        return await page(desk, kind, id, fault=desk.t.timebok.reason_missing)
    theirs = [one for one in await members(desk, kind, id) if words.is_to_come(one, desk.now)]
    if not theirs:
        return await page(desk, kind, id, fault=desk.t.together.over)
    own = desk.form.get("tekst", "")[: changes.LONGEST]
    try:
        await desk.transact([acts.cancelled(one, reason, own) for one in theirs])
    except (Conflict, PreconditionFailed):
        return await page(desk, kind, id, fault=desk.t.timebok.meanwhile)
    said = desk.t.together.cancelled.format(count=len(theirs))
    return await page(desk, kind, id, said=said, back=taking_back.token(theirs))


async def undo(desk: Desk) -> Response:
    """Make all that was cancelled at once what it was, or enter in error all that nobody has changed since
    they were booked: those or none.
    """
    kind, id, back = desk.part_of_path("slag"), desk.part_of_path("samling"), desk.form.get("tilbake", "")
    try:
        if back:
            count = await taking_back.restore(desk, back)
            return await page(desk, kind, id, said=desk.t.together.restored.format(count=count))
        found = [one for one in await members(desk, kind, id) if is_untouched(one)]
        await desk.transact([one | {"status": "entered-in-error"} for one in found])
    except (Conflict, PreconditionFailed):
        return await page(desk, kind, id, fault=desk.t.timebok.meanwhile)
    return await page(desk, kind, id, said=desk.t.series.undone.format(count=len(found)))


async def page(
    desk: Desk, kind: str, id: str, *, said: str = "", fault: str = "", back: str = ""
) -> Response:
    """The pane; what was just booked can be undone, and with the token `back` what was just cancelled."""
    found = await members(desk, kind, id)
    if not found:
        raise NotFound("There are no such appointments.")
    names = await called(desk, [actor for one in found for actor in words.actors(one)])
    citizens = dict.fromkeys(each for one in found for each in words.citizens(one))
    may = desk.writes("Appointment")
    return desk.page(
        "together.html",
        409 if fault else 200,
        kind=kind,
        id=id,
        rows=[_row(desk, one, names) for one in found],
        who=", ".join(filter(None, (names.get(one) for one in citizens))),
        bok=desk.asked("bok") or desk.form.get("bok", ""),
        said=said,
        fault=fault,
        back=back,
        undoes=may and (bool(back) or any(map(is_untouched, found))),
        reasons=changes.REASONS if may and any(words.is_to_come(one, desk.now) for one in found) else {},
    )


def _row(desk: Desk, one: Json, names: dict[str, str]) -> Json:
    return {
        "id": one["id"],
        "what": words.what(one),
        "when": words.when(desk.t, one),
        "who": [names.get(each) or each for each in words.comes(one) if not each.startswith("Patient/")],
        "status": one["status"],
    }


def is_untouched(one: Json) -> bool:
    """Whether nobody has changed it since it was booked, or held: then that can be undone."""
    return one["status"] in ("booked", "pending") and one["meta"]["versionId"] == FIRST


async def members(desk: Desk, kind: str, id: str) -> list[Json]:
    """Those that have the identifier in common, in their order."""
    if kind not in SYSTEMS:
        raise NotFound(f"Nothing is called '{kind[:20]}' here.")
    asked = [("identifier", f"{SYSTEMS[kind]}|{id}"), ("_sort", "date"), ("_count", str(series.MOST + 1))]
    return await desk.search("Appointment", asked)
