"""Who and what is booked with: the calendars of a unit, or of one party, and the kinds of visit they are for.

A kind of visit stands on the Schedule (serviceType) with its usual length; it needs one of each type of party
whose calendar names it, but a team or a group stands for its people.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fellesjournal.booking.free.availability import Hours, hours
from fellesjournal.booking.holding import actors, capacity, extension
from fellesjournal.booking.offered import MINUTES
from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called

USUAL = 30
"""Minutes of a kind that does not say."""
MOST = "200"
TYPES = ("Practitioner", "HealthcareService", "Location", "Device")
"""What is booked with, in the order in which it is shown."""


class Kind(NamedTuple):
    """A kind of visit; `concept` as an Appointment has it."""

    code: str
    text: str
    minutes: int
    concept: Json


class Party(NamedTuple):
    """One who has a calendar ("Practitioner/7"); without `kinds` for every kind of visit."""

    reference: str
    name: str
    kinds: tuple[Kind, ...]
    schedules: tuple[str, ...]
    capacity: int
    hours: tuple[Hours, ...]

    @property
    def type(self) -> str:
        """Which of TYPES it is."""
        return self.reference.partition("/")[0]

    @property
    def id(self) -> str:
        """As an address names it."""
        return self.reference.replace("/", "-", 1)

    def serves(self, code: str) -> bool:
        """Whether its calendar is for a kind of visit."""
        return not self.kinds or any(one.code == code for one in self.kinds)


class Book(NamedTuple):
    """The calendars that stand together: all of a unit ("Organization/7"), or one."""

    reference: str
    name: str
    parties: list[Party]
    guests: tuple[Party, ...] = ()
    """Of other units, asked for by name."""

    @property
    def id(self) -> str:
        """As an address names it."""
        return self.reference.replace("/", "-", 1)

    @property
    def is_unit(self) -> bool:
        """Whether it is of a unit."""
        return self.reference.startswith("Organization/")

    @property
    def kinds(self) -> list[Kind]:
        """All kinds of visit, by name."""
        found = {one.code: one for party in self.parties for one in party.kinds}
        return sorted(found.values(), key=lambda one: one.text.casefold())

    def party(self, reference: str) -> Party | None:
        """One of them."""
        return next((one for one in (*self.parties, *self.guests) if one.reference == reference), None)

    def names(self) -> dict[str, str]:
        """What they are called."""
        return {one.reference: one.name for one in (*self.parties, *self.guests)}

    def needs(self, code: str) -> dict[str, list[Party]]:
        """By type those who can serve a kind of visit, one of each being needed."""
        pools = {
            name: [one for one in self.parties if one.type == name and one.serves(code)] for name in TYPES
        }
        named = {name: [one for one in pool if one.kinds] or pool for name, pool in pools.items()}
        return {name: pool for name, pool in named.items() if pool}


async def book(desk: Desk, id: str) -> Book:
    """The book that an address names. Raises NotFound for one that there is not."""
    type_name, _, name = id.partition("-")
    reference = f"{type_name}/{name}"
    if type_name == "Organization":
        read, parties = await asyncio.gather(desk.read(type_name, name), _of_unit(desk, reference))
        return Book(reference, read.get("name", ""), parties)
    if type_name not in TYPES:
        raise NotFound(f"There is no book of a {type_name}.")
    read, found = await asyncio.gather(desk.read(type_name, name), _schedules(desk, [reference]))
    own = read.get("name", "")
    called_so = own if isinstance(own, str) else naming.person(read)
    return Book(reference, called_so, _parties([reference], found, {reference: called_so}))


async def with_guests(desk: Desk, found: Book, references: Sequence[str]) -> Book:
    """A book together with some of other units. Raises NotFound for one who has no calendar."""
    others = [one for one in dict.fromkeys(references) if found.party(one) is None]
    if not others:
        return found
    if any(one.partition("/")[0] not in TYPES for one in others):
        raise NotFound(f"One books with {', '.join(TYPES)}.")
    names = await called(desk, [{"reference": one} for one in others])
    guests = _parties(others, await _schedules(desk, others), names)
    for one in others:
        if one not in {each.reference for each in guests}:
            raise NotFound(f"{names[one] or one} has no calendar: nobody can be booked there.")
    return found._replace(guests=tuple(guests))


def blocks(desk: Desk, party: Party) -> bool:
    """Whether the reader may block a party's time: who keeps calendars everybody's, others their own."""
    return desk.writes("Slot") and (desk.writes("Schedule") or party.reference == desk.actor.person)


async def places(desk: Desk, unit: str) -> list[Json]:
    """The places of a unit, those that are not within another of its own first: where its visits are."""
    found = await desk.search("Location", [("organization", unit), ("_count", MOST)])
    return sorted(found, key=lambda one: ("partOf" in one, one["id"]))


def sites(found: Sequence[Json]) -> list[Json]:
    """Of a unit's places those that one travels to: within no other of them."""
    own = {f"Location/{one['id']}" for one in found}
    return [one for one in found if one.get("partOf", {}).get("reference") not in own]


def within(site: str, found: Sequence[Json]) -> list[str]:
    """A place (its id) and all of a unit's that are within it, as references."""
    inside = [f"Location/{site}"]
    for here in inside:
        inside += [f"Location/{one['id']}" for one in found if one.get("partOf", {}).get("reference") == here]
    return inside


async def services(desk: Desk, unit: str) -> list[Json]:
    """The services of a unit: each keeps a waitlist."""
    return await desk.search("HealthcareService", [("organization", unit), ("_count", MOST)])


async def _of_unit(desk: Desk, unit: str) -> list[Party]:
    asked = [("organization", unit), ("_count", MOST)]
    roles, rooms, offered = await asyncio.gather(
        desk.search("PractitionerRole", [*asked, ("active", "true")]),
        desk.search("Location", asked),
        services(desk, unit),
    )
    people = [str(one.get("practitioner", {}).get("reference", "")) for one in roles]
    things = [f"{one['resourceType']}/{one['id']}" for one in (*offered, *rooms)]
    wanted = [*filter(None, dict.fromkeys(people)), *things]
    names = {f"{one['resourceType']}/{one['id']}": one.get("name", "") for one in (*offered, *rooms)}
    persons = await called(desk, [{"reference": one} for one in filter(None, people)])
    of_unit = {f"PractitionerRole/{one['id']}" for one in roles}
    found = [one for one in await _schedules(desk, wanted) if _is_of(one, of_unit)]
    return _parties(wanted, found, names | persons)


def _is_of(schedule: Json, roles: Iterable[str]) -> bool:
    """Whether a calendar of a role is of one of these: the same person may have another elsewhere."""
    named = {one for one in actors(schedule) if one.startswith("PractitionerRole/")}
    return not named or not named.isdisjoint(roles)


async def _schedules(desk: Desk, parties: Sequence[str]) -> list[Json]:
    if not parties:
        return []
    asked = [("actor", ",".join(parties)), ("active", "true"), ("_count", MOST)]
    return await desk.search("Schedule", asked)


def _parties(wanted: Sequence[str], schedules: Sequence[Json], names: dict[str, str]) -> list[Party]:
    found = []
    for reference in wanted:
        if own := [one for one in schedules if reference in actors(one)]:
            kinds = {kind.code: kind for one in own for kind in map(_kind, one.get("serviceType", ()))}
            ids = tuple(one["id"] for one in own)
            name = names.get(reference) or str(own[0].get("comment", "")) or reference
            week = tuple(line for one in own for line in hours(one))
            found.append(Party(reference, name, tuple(kinds.values()), ids, max(map(capacity, own)), week))
    return sorted(found, key=lambda one: (TYPES.index(one.type), one.name.casefold()))


def _kind(concept: Json) -> Kind:
    codings = concept.get("coding", ({},))
    minutes = extension(concept, MINUTES)
    text = naming.concept(concept)
    bare = {name: value for name, value in concept.items() if name in ("coding", "text")}
    return Kind(str(codings[0].get("code", text)), text, int(minutes.get("valuePositiveInt", USUAL)), bare)
