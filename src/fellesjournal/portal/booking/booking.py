"""Booking a time in four taps: to here, what, when, yes. The time is held while one reads what it is for."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from fellesjournal.booking import acts, holding
from fellesjournal.booking.asked.objecting import kinds as kinds_of
from fellesjournal.booking.free.proposals import Proposal
from fellesjournal.booking.icalendar.writing import Event, calendar
from fellesjournal.booking.offered import Offered
from fellesjournal.booking.rules import choices
from fellesjournal.errors import Conflict, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.fhir.dates import date_span
from fellesjournal.norway.writing import hour, on_a_weekday
from fellesjournal.portal import offers
from fellesjournal.portal.appointments import moving
from fellesjournal.portal.appointments.appointments import BY_CITIZEN, ON_BEHALF, ended, phones, services
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.messages.team import is_protected
from fellesjournal.ui import asked, naming
from fellesjournal.ui.naming import Json

HELD = timedelta(minutes=10)


async def kinds(folder: Folder) -> Response:
    """What there is to book."""
    found = await offers.offers(folder) if folder.writes("Appointment") else []
    return folder.page("bestill.html", offers=found, protected=await is_protected(folder))


async def times(folder: Folder) -> Response:
    """The first free times for what was chosen."""
    return await _times(folder, await _offer(folder))


async def hold(folder: Folder) -> Response:
    """Keep a time, for as long as it takes to read on, or move to it what is booked; one that is gone is told
    of, with what is left. Who chooses another time gives back the one before; one chosen twice is one.
    """
    wanted, start = await _offer(folder), asked.moment(folder.form.get("tid", ""))
    for one in await _kept(folder, wanted):
        if date_span(one["start"])[0] == start:
            return folder.redirect(f"/bestill/time/{one['id']}")
        with suppress(PreconditionFailed):  # a press that comes twice has given it back
            await folder.update(acts.cancelled(one, ON_BEHALF if folder.actor.represents else BY_CITIZEN))
    who = await offers.pool(folder, wanted)
    found = await offers.still(folder, wanted, who, start)
    if found is None:
        return await _times(folder, wanted, 409, folder.t.book.gone)
    if moves := folder.form.get("flytt", ""):
        return await _move(folder, wanted, await _own(folder, moves), found, who)
    more: Json = {"serviceType": [wanted.concept], "description": wanted.text}
    more |= {"patientInstruction": wanted.preparation} if wanted.preparation else {}
    made = acts.proposed(found.who, found.start, found.end, folder.now, more)
    try:
        stored = await folder.create(acts.held(acts.named(made, who), folder.now + HELD, folder.now))
    except Conflict:
        return await _times(folder, wanted, 409, folder.t.book.gone)
    return folder.redirect(f"/bestill/time/{stored['id']}")


async def _kept(folder: Folder, wanted: Offered) -> list[Json]:
    """The times of such a visit that are kept for the citizen now, and not offered from a list."""
    asked_for = [("patient", folder.citizen), ("status", "pending"), ("_count", "100")]
    return [
        one
        for one in await folder.search("Appointment", asked_for)
        if (one["status"], "start" in one) == ("pending", True)
        and holding.held_until(one)
        and (wanted.system, wanted.code) in kinds_of(one)
        and "supportingInformation" not in one
    ]


async def _move(folder: Folder, wanted: Offered, one: Json, to: Proposal, who: Mapping[str, str]) -> Response:
    """Move what is booked. Raises Amiss when it is not the citizen's to move, or no longer."""
    if await moving.offered(folder, one, await services(folder, one)) != wanted:
        raise Amiss(folder.t.visit.cannot_move)
    becomes = acts.moved(one, to.start, folder.now, to.end)
    made = acts.named(moving.exchanged(becomes, set(who), to.who[0]), who)
    try:
        await folder.update(made)
    except Conflict:
        return await _times(folder, wanted, 409, folder.t.book.gone)
    except (PreconditionFailed, Unprocessable):
        raise Amiss(folder.t.visit.cannot_move) from None
    return folder.redirect(f"/timer/{one['id']}?flyttet=ja")


async def look(folder: Folder) -> Response:
    """The time that is kept, to be confirmed; or that is booked."""
    return await _look(folder, await _own(folder, folder.part_of_path("id")))


async def book(folder: Folder) -> Response:
    """Book the time that was kept. One that was kept too long may be gone: the guard says."""
    one = await _own(folder, folder.part_of_path("id"))
    if one["status"] != "booked":
        held = await folder.read_as_written("Appointment", one["id"])
        try:
            await folder.update(acts.booked(held, folder.now))
        except Conflict:
            return await _look(folder, one, 409, "" if ended(folder, one) else folder.t.book.gone)
    return folder.redirect(f"/bestill/time/{one['id']}")


async def file(folder: Folder) -> Response:
    """The appointment for the citizen's own calendar: when, and nothing of what."""
    one = await _own(folder, folder.part_of_path("id"))
    if "start" not in one or "end" not in one:
        raise NotFound("It has no time yet.")
    start, end = (date_span(one[name])[0] for name in ("start", "end"))
    version, off = int(one["meta"]["versionId"]), one["status"] == "cancelled"
    address = f"{folder.visit.origin}{folder.base}/timer/{one['id']}"
    told = Event(f"{one['id']}@fellesjournal", start, end, folder.t.book.entry, version, off, address)
    headers = {"Content-Disposition": 'attachment; filename="time.ics"'}
    made = calendar([told], datetime.now(UTC))
    return Response(made, media_type="text/calendar", headers=headers)


async def _offer(folder: Folder) -> Offered:
    if not folder.writes("Appointment"):
        raise NotFound("This role books no appointments.")
    return await offers.offer(folder, folder.part_of_path("service"), folder.part_of_path("kind"))


async def _times(folder: Folder, wanted: Offered, status: int = 200, fault: str = "") -> Response:
    who = await offers.pool(folder, wanted)
    found, language = await offers.days(folder, wanted, who), folder.visit.language
    days = [
        (
            on_a_weekday(day[0].start, language),
            [(one.start.isoformat(), hour(one.start, language), who[one.who[0]]) for one in day],
        )
        for day in found
    ]
    moves = folder.asked("flytt") or folder.form.get("flytt", "")
    had = (await _own(folder, moves)).get("start", "") if moves else ""
    return folder.page(
        "bestill-tid.html", status, wanted=wanted, days=days, fault=fault, moves=moves, had=had
    )


async def _own(folder: Folder, id: str) -> Json:
    found = await folder.read("Appointment", id)
    if folder.patient not in naming.references(found.get("participant")):
        raise NotFound("The citizen has no such appointment.")
    return found


async def _look(folder: Folder, one: Json, status: int = 200, fault: str = "") -> Response:
    given = await services(folder, one)
    may = choices(one | {"status": "booked"}, folder.patient, given, folder.now)
    others = [party["actor"].get("display", "") for party in one["participant"]]
    return folder.page(
        "bestill-bekreft.html",
        status,
        id=one["id"],
        what=one.get("description", ""),
        when=one.get("start", ""),
        who=", ".join(filter(None, others)),
        instruction=one.get("patientInstruction", ""),
        booked=one["status"] == "booked",
        waits=one["status"] == "pending" and not fault,
        ended=ended(folder, one),
        minutes=HELD // timedelta(minutes=1),
        may=may,
        phones=phones(given),
        fault=fault,
    )
