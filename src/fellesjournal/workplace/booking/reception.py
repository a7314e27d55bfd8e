"""The reception's list of today: who is expected, has come, waits and for how long, is inside, is done, or
has not come. One key each, and one that undoes the last.
"""

from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from fellesjournal.booking import acts, late
from fellesjournal.booking.free.grid import midnight
from fellesjournal.errors import Conflict, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import appointment, changes, missed, parties, refusals, words
from fellesjournal.workplace.booking.filled import GONE
from fellesjournal.workplace.booking.stream import SHOWN
from fellesjournal.workplace.desk import Desk, Json

LATE = timedelta(minutes=5)
"""After this one who has not come is late."""
MOST = 300
STATES = ("booked", "arrived", "checked-in", "fulfilled", "noshow")


async def show(desk: Desk) -> Response:
    """The page."""
    return await _page(desk, "reception.html")


async def part(desk: Desk) -> Response:
    """The list as it is now."""
    return await _page(desk, "reception-list.html")


async def mark(desk: Desk) -> Response:
    """Note what has become of one who was expected."""
    state = desk.part_of_path("tilstand")
    if state not in changes.STATES:
        raise NotFound(f"An appointment has no state '{state}'.")
    one = await desk.read("Appointment", desk.part_of_path("time"))
    if state not in changes.next_states(one, desk.now):
        return await _page(desk, "reception-list.html", fault=desk.t.timebok.meanwhile)
    becomes = changes.marking(state, desk.now)(one)
    return await _become(desk, one, becomes, desk.t.timebok_marked[state], undoes=True)


async def undo(desk: Desk) -> Response:
    """Make the last one marked what it was before, unless somebody has changed it since."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    if desk.form.get("versjon") != one["meta"]["versionId"]:
        return await _page(desk, "reception-list.html", fault=desk.t.timebok.meanwhile)
    was = await appointment.before(desk, one)
    return await _become(desk, one, was, desk.t.timebok.undone, undoes=False)


async def _become(desk: Desk, one: Json, becomes: Json, said: str, *, undoes: bool) -> Response:
    try:
        stored, charged = await missed.store(desk, one, becomes)
    except (PreconditionFailed, Conflict):
        return await _page(desk, "reception-list.html", fault=desk.t.timebok.meanwhile)
    except Unprocessable as fault:
        return await _page(desk, "reception-list.html", fault=" ".join(refusals.told(desk, fault, {})))
    said = ". ".join(filter(None, (said, charged)))
    return await _page(desk, "reception-list.html", said=said, last=stored, undoes=undoes)


async def _page(
    desk: Desk,
    template: str,
    *,
    said: str = "",
    last: Json | None = None,
    undoes: bool = False,
    fault: str = "",
) -> Response:
    book = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    listed = await rows(desk, book)
    about = next((row for row in listed if last and row["id"] == last["id"]), None)
    return desk.page(
        template,
        409 if fault else 200,
        book=book,
        rows=listed,
        counts=[(one, sum(1 for row in listed if row["status"] == one)) for one in STATES],
        shows=(*SHOWN, "Patient"),
        said=": ".join(filter(None, (about["who"] if about else "", said))),
        last=last,
        undoes=undoes and about is not None,
        fault=fault,
        may=desk.writes("Appointment"),
        is_whole=template == "reception.html",
        next=next((row["id"] for row in listed if "kommet" in row["acts"]), ""),
    )


async def rows(desk: Desk, book: parties.Book) -> list[Json]:
    """Today's appointments with the unit's calendars or at its places, in the order of time."""
    those = await actors(desk, book)
    if not those:
        return []
    start, end = midnight(desk.today), midnight(desk.today + timedelta(days=1))
    asked = [("actor", ",".join(those)), ("status:not", GONE), ("_include", "Appointment:patient")]
    asked += [("date", f"ge{start.isoformat()}"), ("date", f"lt{end.isoformat()}"), ("_count", str(MOST))]
    found = await desk.search("Appointment", asked)
    patients = {f"Patient/{one['id']}": one for one in found if one["resourceType"] == "Patient"}
    names = book.names()
    shown = [one for one in found if one["resourceType"] == "Appointment" and words.times(one)]
    listed = [_row(desk, one, _those(one, patients), names) for one in shown if words.citizens(one)]
    return sorted(listed, key=lambda row: (row["start"], row["who"]))


async def actors(desk: Desk, book: parties.Book) -> list[str]:
    """Those with whom the unit's appointments are: its calendars, and its places."""
    at = [f"Location/{one['id']}" for one in await parties.places(desk, book.reference)]
    return list(dict.fromkeys([*(one.reference for one in book.parties), *at]))


def called(desk: Desk, one: Json) -> str:
    """What an appointment is called in a sentence: when it is, and for what."""
    held = words.times(one)
    return " ".join(filter(None, (words.span(desk.t, *held) if held else "", words.what(one))))


def _those(one: Json, patients: dict[str, Json]) -> list[Json]:
    return [patients[each] for each in words.citizens(one) if each in patients]


def _row(desk: Desk, one: Json, who: Sequence[Json], names: dict[str, str]) -> Json:
    held = words.times(one) or (desk.now, desk.now)
    waits = one["status"] == "arrived"
    return {
        "id": one["id"],
        "version": one["meta"]["versionId"],
        "start": held[0],
        "clock": f"{words.clock(held[0])}–{words.clock(held[1])}",
        "who": ", ".join(map(naming.person, who)),
        "citizen": who[0]["id"] if who else "",
        "age": naming.age(who[0], desk.now) if who else "",
        "what": ", ".join(filter(None, (words.what(one), words.contact(desk.t, one)))),
        "with": ", ".join(names[each] for each in words.comes(one) if each in names),
        "status": one["status"],
        "late": one["status"] in acts.OPEN and held[0] + LATE < desk.now,
        "says_late": late.said(one) if one["status"] in acts.OPEN else 0,
        "since": one["meta"].get("lastUpdated", "") if waits or one["status"] == "checked-in" else "",
        "waits": waits,
        "acts": changes.next_states(one, desk.now),
    }
