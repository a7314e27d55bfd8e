"""Who else is in this chart now, with role and unit.

Of a citizen with a protected address (kode 6 and 7) the units are not told: where those are who care for
somebody tells where somebody is.
"""

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import is_protected
from fellesjournal.reading.attendance import Reader
from fellesjournal.reading.live import PRESENCE
from fellesjournal.workplace.asking import Asking
from fellesjournal.workplace.desk import Desk

SHOWS = (PRESENCE,)


async def ask(desk: Desk, id: str) -> Asking:
    """The others, by name: kept beside the record, so nothing is searched for."""
    hidden = is_protected(desk.citizen)
    readers = await desk.attendance.readers(key_of(f"Patient/{id}"))
    others = [_told(desk, one, hidden) for one in readers if one.person != desk.actor.person]
    return Asking((), lambda: {"others": others})


def _told(desk: Desk, reader: Reader, hidden: bool) -> dict[str, str]:
    policy = desk.policies.find(reader.role)
    role = policy.title[desk.visit.language] if policy else ""
    return {"name": reader.display, "role": role, "unit": "" if hidden else reader.unit}
