"""The waitlists of a unit, with what is lacking for each who waits: the control list (booking/waitlist).

Nobody leaves it by itself: somebody finds a time, or ends the wait with a reason of list 8445.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from starlette.responses import Response

from fellesjournal.booking.free.grid import midnight
from fellesjournal.booking.holding import local
from fellesjournal.booking.waitlist import entry, overview
from fellesjournal.booking.waitlist.control import Row
from fellesjournal.booking.waitlist.entry import SERVICE
from fellesjournal.booking.waitlist.placing import Wish, placed
from fellesjournal.errors import Conflict, Invalid, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.norway.codes.contacts import WAIT_ENDED
from fellesjournal.ui import naming
from fellesjournal.ui.asked import day
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.booking import appointment, asking, choices, parties, proposing, words
from fellesjournal.workplace.booking.stream import SHOWN
from fellesjournal.workplace.desk import Desk, Json

AT_ONCE = 100
SITE = "sted-"
"""Begins the name of the field that says that a place will do."""
LONGEST = 500
"""Letters of a reason in one's own words."""


async def show(desk: Desk) -> Response:
    """The page."""
    return await _page(desk, "waitlist.html")


async def part(desk: Desk) -> Response:
    """The lists as they are now."""
    return await _page(desk, "waitlist-list.html")


async def close(desk: Desk) -> Response:
    """End a wait, with a reason of list 8445."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    try:
        becomes = entry.closed(one, desk.form.get("grunn", ""), desk.form.get("tekst", "")[:LONGEST])
        stored = await desk.update(becomes)
    except Unprocessable:
        return await _page(desk, "waitlist-list.html", fault=desk.t.waitlist.reason_missing)
    except (Conflict, PreconditionFailed):
        return await _page(desk, "waitlist-list.html", fault=desk.t.timebok.meanwhile)
    return await _page(desk, "waitlist-list.html", said=desk.t.waitlist.closed, last=stored)


async def undo(desk: Desk) -> Response:
    """Let one whose wait was just ended wait again, unless somebody has changed it since."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    if desk.form.get("versjon") != one["meta"]["versionId"] or not entry.reason(one):
        return await _page(desk, "waitlist-list.html", fault=desk.t.timebok.meanwhile)
    try:
        await desk.update(await appointment.before(desk, one))
    except (Conflict, PreconditionFailed):
        return await _page(desk, "waitlist-list.html", fault=desk.t.timebok.meanwhile)
    return await _page(desk, "waitlist-list.html", said=desk.t.timebok.undone)


async def add(desk: Desk) -> Response:
    """Put the citizen on the list of a service, for a kind of visit."""
    form = desk.form
    book = await parties.book(desk, form.get("bok", ""))
    if choices.wrong(desk, form):
        return await asking.proposed(desk, book, form)
    wanted = choices.ask(desk, book, form)
    service = await desk.read("HealthcareService", form.get("tjeneste", ""))
    if service.get("providedBy", {}).get("reference") != book.reference:
        raise NotFound(f"{book.name} has no such service.")
    priority = form.get("prioritet", "")
    wish = Wish(
        wanted.citizen,
        f"{SERVICE}{service['id']}",
        desk.now,
        deadline=day(form["frist"]) if form.get("frist") else None,
        priority=int(priority) if priority in map(str, asking.PRIORITIES) else 0,
        notice_hours=next(iter(_number(form.get("varsel", ""))), 0),
        places=_accepted(form, await parties.places(desk, book.reference)),
        window=_window(form.get("fra", "")),
        visit=wanted.kind.concept,
        minutes=wanted.minutes,
    )
    made = placed(wish, desk.now) | {"description": wanted.kind.text}
    return await appointment.page(desk, await desk.create(made), said=desk.t.waitlist.added)


async def for_entry(desk: Desk, id: str, citizen: str) -> Json:
    """What an appointment has that is for one who waits. Raises NotFound for an entry that is not theirs."""
    if not id:
        return {}
    one = await desk.read("Appointment", id)
    if not entry.is_entry(one) or citizen not in words.citizens(one):
        raise NotFound("The citizen does not wait so.")
    carried = {name: one[name] for name in ("basedOn", "reasonCode", "reasonReference") if name in one}
    return carried | {"supportingInformation": [{"reference": f"Appointment/{id}"}]}


async def _page(
    desk: Desk, template: str, *, said: str = "", fault: str = "", last: Json | None = None
) -> Response:
    book = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    lists = []
    for service in await parties.services(desk, book.reference):
        rows = await overview.control_list(desk.journal, f"{SERVICE}{service['id']}", desk.now)
        if rows:
            lists.append({"name": service.get("name", ""), "rows": await _rows(desk, book, rows)})
    return desk.page(
        template,
        409 if fault else 200,
        book=book,
        lists=lists,
        shows=(*SHOWN, "ServiceRequest", "Patient"),
        reasons=WAIT_ENDED.codes,
        said=said,
        fault=fault,
        last=last,
        may=desk.writes("Appointment"),
    )


async def _rows(desk: Desk, book: parties.Book, rows: list[Row]) -> list[Json]:
    referred = await _read(desk, "ServiceRequest", (one.reference for one in rows if one.entry is None))
    citizens = {one.reference: one.entry.citizen for one in rows if one.entry}
    citizens |= {name: local(one.get("subject", {})) for name, one in referred.items()}
    patients = await _read(desk, "Patient", citizens.values())
    kinds = {one.code: one.text for one in book.kinds}
    return [
        _row(desk, one, patients.get(citizens.get(one.reference, ""), {}), referred, kinds) for one in rows
    ]


def _row(desk: Desk, row: Row, patient: Json, referred: dict[str, Json], kinds: dict[str, str]) -> Json:
    waits, step = row.entry, row.step
    codes = [one.rpartition("|")[2] for one in sorted(waits.visits)] if waits else []
    asked = referred.get(row.reference, {})
    return {
        "id": row.reference.partition("/")[2],
        "waits": waits,
        "citizen": patient.get("id", ""),
        "name": naming.person(patient) if patient else "",
        "number": naming.identity(patient) if patient else "",
        "what": ", ".join(kinds.get(one, one) for one in codes) or naming.concept(asked.get("code")),
        "code": next((one for one in codes if one in kinds), ""),
        "since": waits.since.isoformat() if waits else asked.get("authoredOn", ""),
        "deadline": waits.deadline.isoformat() if waits and waits.deadline else "",
        "priority": waits.priority if waits else None,
        "step": words.moment(desk.t, step.start) if step else "",
        "status": step.status if step else "",
        "from": _from(waits, desk.today),
        "find": _from(waits, desk.today) if waits and waits.earliest < proposing.last_moment(desk) else "",
        "lacks": [one.value for one in row.lacks],
    }


async def _read(desk: Desk, type_name: str, references: Iterable[str]) -> dict[str, Json]:
    """Those of some resources that are within reach."""
    ids = sorted({one.partition("/")[2] for one in references if one.startswith(f"{type_name}/")})
    found: dict[str, Json] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        asked = [("_id", ",".join(some)), ("_count", str(AT_ONCE))]
        found |= {f"{type_name}/{one['id']}": one for one in await desk.search(type_name, asked)}
    return found


def _from(waits: entry.Entry | None, today: date) -> str:
    """The day from which one who waits is to come, where that is later than today."""
    earliest = waits.earliest.astimezone(OSLO).date() if waits else today
    return earliest.isoformat() if earliest > today else ""


def _accepted(form: Mapping[str, str], places: list[Json]) -> list[str]:
    """The places that were ticked, with their rooms: time is freed in a room. None ticked: any will do."""
    chosen = [one["id"] for one in parties.sites(places) if form.get(f"{SITE}{one['id']}")]
    return [each for one in chosen for each in parties.within(one, places)]


def _window(since: str) -> tuple[datetime, None] | None:
    """From which day on they are to come; None where that is now."""
    return (midnight(day(since)), None) if since else None


def _number(text: str) -> list[int]:
    if text and (not text.isascii() or not text.isdigit() or len(text) > 4):
        raise Invalid(f"A notice is a number of hours, not '{text[:20]}'.")
    return [int(text)] if text else []
