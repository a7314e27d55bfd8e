"""Who may be asked to sign a note too."""

from collections.abc import Mapping

import msgspec

from fellesjournal.access import employments
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json

MOST = 200


async def cosigners(desk: Desk) -> list[Json]:
    """Those at the unit who may sign what the active role writes: references with names; none where it
    signs alone."""
    if not desk.policy.cosigned_by:
        return []
    asked = [("organization", desk.actor.unit), ("active", "true"), ("_count", str(MOST))]
    found = await desk.search("PractitionerRole", [*asked, ("_include", "PractitionerRole:practitioner")])
    names = {f"Practitioner/{one['id']}": naming.person(one) for one in found if "name" in one}
    roles = [one for one in found if one["resourceType"] == "PractitionerRole"]
    may = {
        one["practitioner"]["reference"]
        for one in roles
        if _holds(desk, one) and one["practitioner"]["reference"] != desk.actor.person
    }
    known = [{"reference": one, "display": names[one]} for one in may if one in names]
    return sorted(known, key=lambda one: str(one["display"]))


def _holds(desk: Desk, role: Mapping[str, object]) -> bool:
    """Whether an employment is in force, and of a role that may sign."""
    held = employments.read(msgspec.json.encode(role))
    return held.policy in desk.policy.cosigned_by and held.in_force(desk.now)
