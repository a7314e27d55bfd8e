"""One appointment, and the citizen's answer: an AppointmentResponse, and the Appointment as it then is."""

from starlette.responses import Response

from fellesjournal.booking import late
from fellesjournal.booking.holding import given_back
from fellesjournal.booking.rules import TOO_LATE, Choices, choices, is_at_home, places
from fellesjournal.errors import NotFound
from fellesjournal.norway.codes.contacts import CANCELLED
from fellesjournal.norway.writing import hour
from fellesjournal.portal.appointments import earlier, moving
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.record.rows import with_names
from fellesjournal.portal.record.times import appointment
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO

REASONS = ("ill", "time", "not-needed", "other")
LONGEST = 500
BY_CITIZEN, ON_BEHALF = "AAI", "APVAI"
"""Of list 7621."""


async def show(folder: Folder) -> Response:
    """The appointment, with what the citizen may do with it now."""
    return await _page(folder, await _own(folder))


async def confirm(folder: Folder) -> Response:
    """Say that one comes. Raises Amiss when it can no longer be confirmed."""
    one = await _own(folder)
    if ended(folder, one):
        return await _page(folder, one, 409)
    if not (await _choices(folder, one)).confirm:
        raise Amiss(folder.t.visit.cannot)
    answered = _with_answer(folder, one, "accepted")
    if all(party["status"] == "accepted" for party in answered["participant"]):
        answered["status"] = "booked"
    await folder.transact([_response(folder, one, "accepted", ""), answered])
    return folder.redirect(f"/timer/{one['id']}?svart=ja")


async def cancel(folder: Folder) -> Response:
    """Cancel it with a reason, before the service's deadline. Raises Amiss after it; a missing reason
    is asked for again."""
    one = await _own(folder)
    if ended(folder, one):
        return await _page(folder, one, 409)
    if not (await _choices(folder, one)).cancel:
        raise Amiss(TOO_LATE[folder.visit.language])
    reason, words = folder.form.get("grunn", ""), folder.form.get("tekst", "").strip()[:LONGEST]
    if reason not in REASONS:
        return await _page(folder, one, 400, folder.t.visit.reason_missing)
    said = ". ".join(filter(None, (folder.t.reason[reason], words)))
    code = ON_BEHALF if folder.actor.represents else BY_CITIZEN
    listed = CANCELLED.find(code)
    display = listed.display if listed else code
    coding = {"system": CANCELLED.system, "code": code, "display": display}
    name = await _name(folder)
    cancelled = _with_answer(folder, one, "declined", name) | {
        "status": "cancelled",
        "cancelationReason": {"coding": [coding], "text": f"{display}: {said}"},
    }
    await folder.transact([_response(folder, one, "declined", said), cancelled])
    return folder.redirect(f"/timer/{one['id']}?svart=ja")


async def come_late(folder: Folder) -> Response:
    """Say that one comes late. Raises Amiss where it is not soon, or how late is not said."""
    one, minutes = await _own(folder), folder.form.get("minutter", "")
    if not _may_be_late(folder, one):
        raise Amiss(folder.t.visit.late_not_now)
    if minutes not in map(str, late.MINUTES):
        raise Amiss(folder.t.visit.late_choose)
    await folder.update(late.saying(one, folder.patient, int(minutes)))
    return folder.redirect(f"/timer/{one['id']}")


async def wait(folder: Folder) -> Response:
    """Wish for an earlier time. Raises Amiss where nobody waits for such a time."""
    one = await _own(folder)
    return await earlier.wait(folder, one, await services(folder, one))


async def _own(folder: Folder) -> Json:
    """What the address names, if it is this citizen's. Raises NotFound."""
    found = await folder.read("Appointment", folder.part_of_path("id"))
    if folder.patient not in naming.references(found.get("participant")):
        raise NotFound("The citizen has no such appointment.")
    return found


async def _page(folder: Folder, one: Json, status: int = 200, fault: str = "") -> Response:
    given = await services(folder, one)
    _, names = await with_names(folder, "Appointment", "", "actor", ("_id", one["id"]))
    row = appointment(folder, one, names)
    return folder.page(
        "time.html",
        status,
        live=() if fault else ("Appointment",),
        id=one["id"],
        cancelled=naming.concept(one.get("cancelationReason")),
        ended=ended(folder, one),
        books=folder.writes("Appointment"),
        instruction=one.get("patientInstruction", ""),
        row=row,
        home=is_at_home(one),
        phones=phones(given),
        may=_may(folder, one, given),
        may_wait=not is_at_home(one) and earlier.may(folder, one, given),
        moves=await moving.offered(folder, one, given),
        moved=folder.asked("flyttet") == "ja",
        waits=await earlier.waits(folder, one),
        late=late.said(one),
        lates=late.MINUTES if _may_be_late(folder, one) else (),
        reasons=REASONS,
        longest=LONGEST,
        too_late=TOO_LATE[folder.visit.language],
        answered=folder.asked("svart") == "ja",
        fault=fault,
        typed=folder.form,
    )


async def _choices(folder: Folder, one: Json) -> Choices:
    return _may(folder, one, await services(folder, one))


def _may(folder: Folder, one: Json, services: list[Json]) -> Choices:
    if not folder.writes("Appointment"):
        return Choices(confirm=False, cancel=False, until=None)
    return choices(one, folder.patient, services, folder.now)


def _may_be_late(folder: Folder, one: Json) -> bool:
    return folder.writes("Appointment") and late.may_say(one, folder.now)


def ended(folder: Folder, one: Json) -> str:
    """That its time was only held, until when, and is given back; "" for one that stands."""
    until = given_back(one, folder.now)
    when = hour(until.astimezone(OSLO), folder.visit.language) if until else ""
    return str(folder.t.book.ended.format(when=when)) if when else ""


async def services(folder: Folder, one: Json) -> list[Json]:
    """The services that give it: at the places that take part in it."""
    rooms = places(one)
    if not rooms:
        return []
    return await folder.search("HealthcareService", [("location", ",".join(rooms)), ("_count", "20")])


def phones(services: list[Json]) -> list[str]:
    """The numbers that one rings them on."""
    return [
        one["value"]
        for service in services
        for one in service.get("telecom", ())
        if one.get("system") == "phone" and "value" in one
    ]


async def _name(folder: Folder) -> str:
    """What the citizen is called in an appointment that no longer opens the record to the unit; "" for who
    acts for them and does not read it."""
    return naming.person(await folder.read("Patient", folder.citizen)) if folder.reads("Patient") else ""


def _with_answer(folder: Folder, one: Json, status: str, name: str = "") -> Json:
    """The appointment with the citizen's answer in it, and the citizen's name where it is to have that."""
    named = {"display": name} if name else {}
    parties = [
        party | {"status": status, "actor": party["actor"] | named}
        if party.get("actor", {}).get("reference") == folder.patient
        else party
        for party in one["participant"]
    ]
    return one | {"participant": parties}


def _response(folder: Folder, one: Json, status: str, comment: str) -> Json:
    made = {
        "resourceType": "AppointmentResponse",
        "appointment": {"reference": f"Appointment/{one['id']}"},
        "actor": {"reference": folder.patient},
        "participantStatus": status,
    }
    return made | ({"comment": comment} if comment else {})
