"""Who serves a kind of visit at a unit: those whose calendars name it, by type, one of each being needed.

The same as the book of a unit has it (workplace/booking/parties.py): a team or a group stands for its people.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from fellesjournal.access.journal import OpenJournal, Page, Question
from fellesjournal.booking.holding import actors
from fellesjournal.fhir import json

Tree = Mapping[str, Any]

TEAM = "HealthcareService"
_MOST = ("_count", "200")


class Served(NamedTuple):
    """Of each type those that serve a kind of visit at a unit; `places` are one of its own ("Location/7") by
    which it sees what is booked, where none of those is a place or a service.
    """

    pools: list[list[str]]
    places: list[str]

    def besides(self, who: Iterable[str]) -> list[str]:
        """The places that an appointment with some has to name besides."""
        return [] if any(one.startswith(("Location/", TEAM)) for one in who) else self.places


async def served(journal: OpenJournal, unit: str, code: str) -> Served:
    """Who serves a kind of visit (code) at a unit ("Organization/7"), as far as the actor may see them."""
    here = [("organization", unit), _MOST]
    roles, services, rooms = map(
        _trees,
        await journal.search_together(
            [
                Question("PractitionerRole", [*here, ("active", "true")]),
                Question(TEAM, here),
                Question("Location", here),
            ]
        ),
    )
    people = [str(one.get("practitioner", {}).get("reference", "")) for one in roles]
    wanted = [*filter(None, dict.fromkeys(people)), *map(_name, (*services, *rooms))]
    places = [_name(one) for one in sorted(rooms, key=lambda one: ("partOf" in one, one["id"]))][:1]
    if not wanted:
        return Served([], places)
    asked = [("actor", ",".join(wanted)), ("service-type", code), ("active:not", "false"), _MOST]
    names = set(map(_name, roles))
    serve = {
        one
        for schedule in _trees(await journal.search("Schedule", asked))
        if _is_of(schedule, names)
        for one in actors(schedule)
    }
    return Served(_by_type(one for one in wanted if one in serve), places)


def _by_type(serve: Iterable[str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for one in serve:
        found.setdefault(one.partition("/")[0], []).append(one)
    if TEAM in found:
        found.pop("Practitioner", None)
    return list(found.values())


def _name(tree: Tree) -> str:
    return f"{tree['resourceType']}/{tree['id']}"


def _is_of(schedule: Tree, roles: set[str]) -> bool:
    """Whether a calendar of a role is of one of these: the same person may have another elsewhere."""
    named = {one for one in actors(schedule) if one.startswith("PractitionerRole/")}
    return not named or not named.isdisjoint(roles)


def _trees(page: Page) -> list[dict[str, Any]]:
    return [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
