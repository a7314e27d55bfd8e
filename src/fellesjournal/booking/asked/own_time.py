"""Who keeps no calendars but blocks their own time: held at the door itself."""

from collections.abc import Callable
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.policies import Act, Policies
from fellesjournal.access.weighed import Known, Weighing
from fellesjournal.booking.holding import actors, local
from fellesjournal.errors import Forbidden

Json = dict[str, Any]


def of_workers(policies: Policies) -> Callable[[Actor], tuple[tuple[str, Weighing], ...]]:
    """For an actor whose role writes blocked time and no calendars: the time is the actor's own."""

    def weighed(actor: Actor) -> tuple[tuple[str, Weighing], ...]:
        policy = policies.find(actor.role)
        if policy is None or not policy.allows(Act.CREATE, "Slot") or policy.allows(Act.CREATE, "Schedule"):
            return ()
        return (("Slot", _own(actor.person)),)

    return weighed


def _own(person: str) -> Weighing:
    """Raises Forbidden for a Slot of a calendar that is of others, or of others too (a team, a room)."""

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        for slot in (after, *([before] if before else [])):
            calendar = str(slot.get("schedule", {}).get("reference", "")).partition("/")[2]
            found = await known("Schedule", [("_id", calendar)])
            whose = {one for schedule in found for one in actors(schedule)}
            if not whose or await _persons(whose, known) != {person}:
                raise Forbidden(
                    "This role blocks its own time alone, in a calendar of nobody else. "
                    "Ask one who keeps the unit's calendars."
                )

    return rule


async def _persons(whose: set[str], known: Known) -> set[str]:
    """Who they are: of roles the persons that have them."""
    roles = [one.partition("/")[2] for one in whose if one.startswith("PractitionerRole/")]
    found = await known("PractitionerRole", [("_id", ",".join(roles))]) if roles else []
    persons = {local(one.get("practitioner", {})) for one in found}
    return {one for one in whose if not one.startswith("PractitionerRole/")} | persons
