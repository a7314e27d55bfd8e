"""A course for a group: begun from a free time of the group's calendar, who comes, and one more put in or
taken out of all sessions to come. No member is told of the others (booking/groups).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from starlette.responses import Response

from fellesjournal.booking import acts, groups
from fellesjournal.booking.free.series import MOST as MOST_TIMES
from fellesjournal.booking.free.weekly import Often
from fellesjournal.errors import Conflict, Invalid, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import changes, free, parties, taking_back, together, words
from fellesjournal.workplace.booking.parties import Book, Party
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called

MOST = 1_000
"""Appointments of a course: its sessions, and a place in each for every member."""
SERVICE = "HealthcareService/"


async def begin(desk: Desk) -> Response:
    """Make the sessions of a course, all or none, or tell why not beside the time."""
    form = desk.form
    book, party = await free.find_party(desk, form.get("bok", ""), form.get("med", ""))
    start, minutes = changes.moment(form.get("kl", "")), _number(form.get("min", ""), 24 * 60)
    often = Often(_number(form.get("ganger", ""), MOST_TIMES), _number(form.get("uker", ""), MOST_TIMES))
    holder = form.get("leder", "")
    if not party.reference.startswith(SERVICE) or (holder and book.party(holder) is None):
        raise NotFound(f"{book.name} has no such group, or nobody who holds it.")
    id, when = str(uuid4()), often.starts(start)
    made = [
        _session(desk, party, [holder] if holder else [], at, timedelta(minutes=minutes), id) for at in when
    ]
    names = await called(desk, [actor for one in made for actor in words.actors(one)])
    if fault := await together.stored(desk, [acts.named(one, names) for one in made]):
        return free.page(desk, book, party, start, fault)
    return await _page(desk, id, said=desk.t.course.begun.format(count=len(made)))


def _session(
    desk: Desk, party: Party, holders: Sequence[str], start: datetime, length: timedelta, id: str
) -> Json:
    """A session as the calendar of the group says that it is."""
    made = groups.session(party.reference, holders, start, start + length, id)
    kinds = [one.concept for one in party.kinds[:1]]
    told = {"serviceType": kinds} if kinds else {}
    return made | told | {"description": party.name, "created": desk.now.isoformat(timespec="seconds")}


async def show(desk: Desk) -> Response:
    """The sessions, and who comes."""
    return await _page(desk, desk.part_of_path("kurs"))


async def find(desk: Desk) -> Response:
    """The citizens that fit what was typed, each with a button that puts them in."""
    rows, typed = await free.citizens(desk)
    return desk.page("course-found.html", rows=rows, typed=typed, id=desk.part_of_path("kurs"))


async def put_in(desk: Desk) -> Response:
    """Give a citizen a place in every session to come, or in none."""
    id, citizen = desk.part_of_path("kurs"), await desk.read("Patient", desk.form.get("innbygger", ""))
    reference = f"Patient/{citizen['id']}"
    all_of_it = await _all(desk, id)
    if any(_comes(one, reference) for one in all_of_it):
        return await _page(desk, id, said=desk.t.course.already)
    try:
        made = groups.joined(reference, _to_come(desk, all_of_it))
    except Unprocessable:
        return await _page(desk, id, fault=desk.t.course.over)
    names = await called(desk, [actor for one in made for actor in words.actors(one)])
    names[reference] = naming.person(citizen)
    what = {"description": words.what(all_of_it[0]), "created": desk.now.isoformat(timespec="seconds")}
    if fault := await together.stored(desk, [acts.named(one | what, names) for one in made]):
        return await _page(desk, id, fault=" ".join(fault))
    return await _page(desk, id, said=desk.t.course.put_in.format(name=names[reference]))


async def take_out(desk: Desk) -> Response:
    """Cancel all places to come of a member, with a reason of list 7621."""
    id, reference = desk.part_of_path("kurs"), f"Patient/{desk.form.get('innbygger', '')}"
    reason = desk.form.get("grunn", "")
    if reason not in changes.REASONS:
        return await _page(desk, id, fault=desk.t.timebok.reason_missing)
    theirs = [one for one in await _all(desk, id) if _comes(one, reference) and _is_to_come(desk, one)]
    if not theirs:
        return await _page(desk, id, fault=desk.t.course.over)
    try:
        await desk.transact([acts.cancelled(one, reason) for one in theirs])
    except (Conflict, PreconditionFailed):
        return await _page(desk, id, fault=desk.t.timebok.meanwhile)
    said = desk.t.course.taken_out.format(count=len(theirs))
    return await _page(desk, id, said=said, back=taking_back.token(theirs))


async def undo(desk: Desk) -> Response:
    """Give a member who was taken out the same places again, if all of them are still free."""
    id = desk.part_of_path("kurs")
    try:
        count = await taking_back.restore(desk, desk.form.get("tilbake", ""))
    except (Conflict, PreconditionFailed):
        return await _page(desk, id, fault=desk.t.timebok.meanwhile)
    return await _page(desk, id, said=desk.t.course.put_back.format(count=count))


async def _page(desk: Desk, id: str, *, said: str = "", fault: str = "", back: str = "") -> Response:
    found = await _all(desk, id)
    sessions = [one for one in found if groups.is_session(one)]
    members = list(
        dict.fromkeys(one for each in found if each["status"] == "booked" for one in words.citizens(each))
    )
    group = next(iter(_services(sessions)), "")
    book = await parties.book(desk, group.replace("/", "-", 1)) if group else Book("", "", [])
    return desk.page(
        "course.html",
        409 if fault else 200,
        id=id,
        name=book.name or words.what(sessions[0]),
        sessions=[(one["id"], words.when(desk.t, one), one["status"]) for one in sessions],
        members=await _members(desk, members, found),
        capacity=max((one.capacity for one in book.parties), default=0),
        reasons=changes.REASONS,
        may=desk.writes("Appointment") and bool(_to_come(desk, found)),
        said=said,
        fault=fault,
        back=back,
    )


async def _members(desk: Desk, members: Sequence[str], found: Sequence[Json]) -> list[Json]:
    """Who comes, by name; of one whom the reader does not reach, the name that the appointments have."""
    ids = ",".join(one.partition("/")[2] for one in members)
    known = (
        {
            f"Patient/{one['id']}": one
            for one in await desk.search("Patient", [("_id", ids), ("_count", "200")])
        }
        if ids
        else {}
    )
    written = {name: said for one in found for name, said in words.names(one).items()}
    rows = [
        {
            "id": one.partition("/")[2],
            "name": naming.person(known[one]) if one in known else written.get(one, ""),
            "number": naming.identity(known[one]) if one in known else "",
            "reached": one in known,
            "count": sum(_comes(each, one) for each in found),
        }
        for one in members
    ]
    return sorted(rows, key=lambda row: str(row["name"]).casefold())


async def _all(desk: Desk, id: str) -> list[Json]:
    """The sessions and places of a course, in order. Raises NotFound for one that there is not."""
    asked = [("identifier", f"{groups.COURSE}|{id}"), ("_sort", "date"), ("_count", "200")]
    found = await desk.search_all("Appointment", asked, MOST)
    if not any(map(groups.is_session, found)):
        raise NotFound("There is no such course.")
    return found


def _to_come(desk: Desk, found: Sequence[Json]) -> list[Json]:
    return [one for one in found if groups.is_session(one) and _is_to_come(desk, one)]


def _is_to_come(desk: Desk, one: Json) -> bool:
    held = words.times(one)
    return one["status"] == "booked" and held is not None and held[0] > desk.now


def _comes(one: Json, citizen: str) -> bool:
    return one["status"] == "booked" and citizen in words.citizens(one)


def _services(sessions: Sequence[Json]) -> list[str]:
    return [each for one in sessions for each in words.comes(one) if each.startswith(SERVICE)]


def _number(written: str, most: int) -> int:
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:9]) <= most:
        raise Invalid(f"This is a number from 1 to {most}, not '{written[:20]}'.")
    return int(written)
