"""Who else is in this chart now, with role and unit.

Of a citizen with a protected address (kode 6 and 7) the units are not told: where those are who care for
somebody tells where somebody is.
"""

from typing import Any

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import is_protected
from fellesjournal.reading.attendance import Reader
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.live import PRESENCE

SHOWS = (PRESENCE,)


async def facts(desk: Desk, id: str) -> dict[str, Any]:
    """The others, by name."""
    patient = await desk.read("Patient", id)
    readers = await desk.attendance.readers(key_of(f"Patient/{id}"))
    others = [one for one in readers if one.person != desk.actor.person]
    hidden = is_protected(patient)
    return {"others": [_told(desk, one, hidden) for one in others]}


def _told(desk: Desk, reader: Reader, hidden: bool) -> dict[str, str]:
    policy = desk.policies.find(reader.role)
    role = policy.title[desk.visit.written] if policy else ""
    return {"name": reader.display, "role": role, "unit": "" if hidden else reader.unit}
