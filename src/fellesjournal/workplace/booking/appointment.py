"""One appointment in the pane beside the book: what it is, and all that may become of it, each with undo."""

from collections.abc import Sequence
from functools import partial

from starlette.responses import Response

from fellesjournal.booking import acts, groups, late
from fellesjournal.booking.free import windows
from fellesjournal.errors import Conflict, Fault, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import changes, clashes, elsewhere, missed, refusals, together, words
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called

RECALLED_FROM = ("booked", "arrived", "checked-in", "fulfilled")
"""From which one is called in again."""


async def show(desk: Desk) -> Response:
    """What it is, what may be done with it, and the next times it could be moved to."""
    return await page(desk, await _read(desk))


async def mark(desk: Desk) -> Response:
    """Note that the citizen has come, is in the room, is done, or has not come."""
    state = desk.part_of_path("tilstand")
    if state not in changes.STATES:
        raise NotFound(f"An appointment has no state '{state}'.")
    one = await _read(desk)
    is_done = one["status"] == changes.STATUSES[state]
    return await change(
        desk, one, changes.marking(state, desk.now), desk.t.timebok_marked[state], is_done=is_done
    )


async def cancel(desk: Desk) -> Response:
    """Cancel it, with a reason of list 7621 and words."""
    one, reason = await _read(desk), desk.form.get("grunn", "")
    if reason not in changes.REASONS:
        return await page(desk, one, faults=[desk.t.timebok.reason_missing])
    own = desk.form.get("tekst", "")[: changes.LONGEST]
    act = partial(acts.cancelled, reason=reason, words=own)
    is_done = one["status"] == "cancelled" and any(
        each.get("code") == reason for each in one.get("cancelationReason", {}).get("coding", ())
    )
    return await change(desk, one, act, desk.t.timebok.cancelled, is_done=is_done)


async def move(desk: Desk) -> Response:
    """Move it to another time, and from one party to another."""
    leaves, takes = desk.form.get("fra", ""), desk.form.get("til", "")
    names = await called(desk, [{"reference": takes}] if takes else [])
    start, visit = changes.moment(desk.form.get("start", "")), desk.form.get("besok", "")

    def moved(one: Json) -> Json:
        if visit and windows.is_window(one):
            return windows.moved(one, start, changes.moment(visit), desk.now)
        becomes = acts.moved(one, start, desk.now)
        if not leaves or not takes or leaves == takes:
            return becomes
        return changes.exchanged(becomes, leaves, {"reference": takes, "display": names[takes]})

    one = await _read(desk)
    held = words.times(one)
    is_there = held is not None and held[0] == start and not visit
    is_done = is_there and (not takes or leaves == takes or leaves not in words.comes(one))
    return await change(desk, one, moved, desk.t.timebok.moved, is_done=is_done)


async def undo(desk: Desk) -> Response:
    """Make it what it was before the act that gave it this version; what was made is entered in error."""
    one, version = await _read(desk), desk.form.get("versjon", "")
    if version != one["meta"]["versionId"]:
        return await page(desk, one, faults=[desk.t.timebok.meanwhile])
    was = await before(desk, one)
    return await change(desk, one, lambda _: was, desk.t.timebok.undone, undoes=False)


async def before(desk: Desk, one: Json) -> Json:
    """What an appointment was in the version before this; one that had none is entered in error."""
    version = int(one["meta"]["versionId"])
    if version == 1:
        return one | {"status": "entered-in-error"}
    was = await desk.read_version("Appointment", one["id"], version - 1)
    return was | {"meta": one["meta"]}


async def change(
    desk: Desk, one: Json, act: changes.Act, said: str, *, undoes: bool = True, is_done: bool = False
) -> Response:
    """Store what an act makes of an appointment, or tell why not: what it clashes with, that somebody was
    quicker since the pane was shown, that its time is over. A press that comes twice finds that it `is_done`.
    """
    if is_done:
        return await page(desk, one, said=said, undoes=undoes)
    if desk.form.get("versjon", one["meta"]["versionId"]) != one["meta"]["versionId"]:
        return await page(desk, one, faults=[desk.t.timebok.meanwhile])
    try:
        becomes = act(one)
    except Conflict:
        return await page(desk, one, faults=[desk.t.timebok.meanwhile])
    except Unprocessable:
        return await page(desk, one, faults=[desk.t.timebok.past])
    try:
        stored, charged = await missed.store(desk, one, becomes)
    except PreconditionFailed:
        return await page(desk, await _read(desk), faults=[desk.t.timebok.meanwhile])
    except (Conflict, Unprocessable) as fault:
        return await page(desk, one, faults=await _refused(desk, one, becomes, fault))
    said = ". ".join(filter(None, (said, charged)))
    return await page(desk, stored, said=said, undoes=undoes and await _is_reached(desk, stored))


async def _is_reached(desk: Desk, one: Json) -> bool:
    """Whether there is a way back: what becomes of it may take it out of the reader's reach (a move to
    another unit)."""
    name = f"Appointment/{one['id']}"
    return name in await desk.journal.within_reach([name])


async def page(
    desk: Desk,
    one: Json,
    *,
    said: str = "",
    undoes: bool = False,
    faults: Sequence[str] = (),
    status: int = 409,
) -> Response:
    """The pane; `said` is what was just done, `undoes` whether there is a way back, `status` for faults."""
    patients = await _patients(desk, one)
    names = await called(desk, words.actors(one))
    held = words.times(one)
    can_move = one["status"] in acts.OPEN and held is not None and desk.writes("Appointment")
    return desk.page(
        "appointment.html",
        status if faults else 200,
        one=one,
        bok=desk.asked("bok") or desk.form.get("bok", ""),
        belongs=_belongs(one),
        patients=patients,
        what=words.what(one),
        when=words.when(desk.t, one),
        contact=words.contact(desk.t, one),
        late=late.said(one) if one["status"] in acts.OPEN else 0,
        day=held[0].date() if held else desk.today,
        who=_who(one, names),
        times=await elsewhere.places(desk, one) if can_move else [],
        states=changes.next_states(one, desk.now) if desk.writes("Appointment") else (),
        reasons=changes.REASONS if can_move else {},
        reason=naming.concept(one.get("cancelationReason")),
        may_recall=bool(patients) and one["status"] in RECALLED_FROM and desk.writes("Appointment"),
        said=said,
        undoes=undoes,
        faults=faults,
    )


def _who(one: Json, names: dict[str, str]) -> list[str]:
    """Who comes beside the citizens, each name once: a place and its service are often called the same."""
    others = [each for each in words.comes(one) if not each.startswith("Patient/")]
    return list(dict.fromkeys(names.get(each) or each for each in others))


def _belongs(one: Json) -> list[tuple[str, str]]:
    """What it belongs to, by the address of all of that and what it is called."""
    systems = {system: f"samlet/{kind}" for kind, system in together.SYSTEMS.items()} | {
        groups.COURSE: "kurs"
    }
    return [
        (f"{systems[each['system']]}/{each['value']}", systems[each["system"]].rpartition("/")[2])
        for each in one.get("identifier", ())
        if each.get("system") in systems
    ]


async def _read(desk: Desk) -> Json:
    return await desk.read("Appointment", desk.part_of_path("time"))


async def _patients(desk: Desk, one: Json) -> list[Json]:
    """The citizens who come. Of one whom the reader does not reach, the name that the appointment has."""
    ids, written = [each.partition("/")[2] for each in words.citizens(one)], words.names(one)
    found = await desk.search("Patient", [("_id", ",".join(ids))]) if ids else []
    known = [
        {"id": each["id"], "name": naming.person(each), "number": naming.identity(each)} for each in found
    ]
    others = [written[f"Patient/{id}"] for id in ids if id not in {each["id"] for each in found}]
    return known + [{"id": "", "name": name, "number": ""} for name in others if name]


async def _refused(desk: Desk, one: Json, becomes: Json, fault: Fault) -> list[str]:
    """Why: what stands against it, or what it clashes with."""
    if isinstance(fault, Conflict) and (found := await _clash(desk, one, becomes)):
        return found
    return refusals.told(desk, fault, await called(desk, words.actors(becomes)))


async def _clash(desk: Desk, one: Json, becomes: Json) -> list[str]:
    held = words.times(becomes)
    if held is None:
        return []
    names = await called(desk, words.actors(becomes))
    time = clashes.Time(words.comes(becomes), *held, words.kind(one))
    return await clashes.clashes(desk, time, names, moved=one)
