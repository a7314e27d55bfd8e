"""Appointments as rows: what, when, with whom and where."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fellesjournal.booking.free.windows import VIDEO, contact, is_window
from fellesjournal.norway.writing import hour
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.rows import Group, Row, lines, name_in, with_names
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO, moment_of

OFF = ("cancelled", "noshow", "entered-in-error")
"""Statuses of appointments that nobody comes to."""


async def appointments(folder: Folder) -> Sequence[Group]:
    """What is to come, and what has been."""
    found, names = await with_names(folder, "Appointment", "date", "actor")
    rows = [(_is_coming(folder, one), appointment(folder, one, names)) for one in found]
    return (
        Group("to-come", [row for coming, row in rows if coming]),
        Group("been", [row for coming, row in rows if not coming][::-1]),
    )


def _is_coming(folder: Folder, one: Json) -> bool:
    """Whether it is not over yet, and not called off."""
    end = moment_of(one.get("end") or one.get("start", ""))
    return end is not None and end > folder.now and one["status"] not in OFF


def appointment(folder: Folder, one: Json, names: Mapping[str, str]) -> Row:
    """An appointment as a row; `names` are what the others who take part are called, by reference."""
    parties = (party.get("actor", {}) for party in one.get("participant", ()))
    others = (name_in(party, names) for party in parties if party.get("reference") != folder.patient)
    what = one.get("description") or next(iter(map(naming.concept, one.get("serviceType", ()))), "")
    said = dict.fromkeys((_how(folder, one), *others, folder.t.appointment.get(one["status"], "")))
    return Row(
        what or folder.t.contact.appointment, lines(*said), one.get("start", ""), f"/timer/{one['id']}"
    )


def _how(folder: Folder, one: Json) -> str:
    """That it is on video or by telephone, or between which times somebody comes to the citizen's home; ""
    for one to go to.
    """
    if code := contact(one):
        return str(folder.t.visit.video if code == VIDEO else folder.t.visit.telephone)
    if not is_window(one):
        return ""
    language = folder.visit.language
    start, end = (
        hour(datetime.fromisoformat(one[name]).astimezone(OSLO), language) for name in ("start", "end")
    )
    return str(folder.t.visit.between.format(start=start, end=end))
