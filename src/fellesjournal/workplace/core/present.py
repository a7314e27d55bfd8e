"""Who else is in this chart now, with role and unit.

Of a citizen with a protected address (kode 6 and 7) the units are not told: where those are who care for
somebody tells where somebody is. Who is in a role that sees psychiatry or other parts apart is told by name
alone to those who do not see these: that somebody is treated there is a part of what is kept.
"""

from fellesjournal.access.policies import Policies, Policy
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import is_protected
from fellesjournal.reading.attendance import Reader
from fellesjournal.reading.live import PRESENCE
from fellesjournal.workplace.asking import Asking
from fellesjournal.workplace.desk import Desk

SHOWS = (PRESENCE,)
APART = ("psychiatry", "substance-use", "occupational-health")
"""Parts of the record (access/roles/labels.toml) that whole services are of: their roles alone see them."""


async def ask(desk: Desk, id: str) -> Asking:
    """The others, by name: kept beside the record, so nothing is searched for."""
    hidden = is_protected(desk.citizen)
    readers = await desk.attendance.readers(key_of(f"Patient/{id}"))
    others = [_told(desk, one, hidden) for one in readers if one.person != desk.actor.person]
    return Asking((), lambda: {"others": others})


def _told(desk: Desk, reader: Reader, hidden: bool) -> dict[str, str]:
    policy = desk.policies.find(reader.role)
    if policy is None or _is_apart(desk.policies, policy, desk.policy):
        return {"name": reader.display, "role": "", "unit": ""}
    return {
        "name": reader.display,
        "role": policy.title[desk.visit.language],
        "unit": "" if hidden else reader.unit,
    }


def _is_apart(policies: Policies, theirs: Policy, own: Policy) -> bool:
    parts = {policies.parts[name] for name in APART}
    return not parts.intersection(theirs.sees) <= set(own.sees)
