"""Whom an identity from a sign-in belongs to in the record, and which roles that person has now.

This is access's own, narrow use of the record: it reads Practitioner, PractitionerRole, Organization, Patient
and Device by identifier, name or reference, before there is an actor, and with the scope that needs.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from fellesjournal.access import employments
from fellesjournal.access.actor import Actor
from fellesjournal.access.employments import Employment
from fellesjournal.access.policy_names import CITIZEN, policy_name, purpose
from fellesjournal.errors import Conflict, Gone, NotFound
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Entry, Parameters

CLIENT = "https://fellesjournal.no/fhir/NamingSystem/klient"
"""System of the Device.identifier that is a system's client id."""

FRESH_FOR = 1.0
"""Seconds for which a role that has been read is taken to be as it was."""

WITHIN_REACH = Scope.everyone()
"""No actor is known yet: who it is, is what is asked."""

MOST_SHOWN = 500
"""Roles that are looked at for a list; a person may have several."""
MOST_REMEMBERED = 10_000
MOST_WORDS = 6
_SIGNS = re.compile(r"[,|$\\]")
_PERSONAL = (Kind.BIRTH_NUMBER, Kind.D_NUMBER)


@dataclass(frozen=True, slots=True)
class Person:
    """One who can sign in. `reference` is "Practitioner/4" or "Patient/9"."""

    reference: str
    kind: Literal["health-worker", "citizen"]
    display: str
    born: str = ""
    """A citizen's year of birth, where citizens of one name are to be told apart."""


class People:
    """Looks people and their roles up in the record. `clock` gives the moment at which roles are in force;
    with a `unit` (its id) only those who work there are listed.
    """

    def __init__(
        self, record: Record, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC), unit: str = ""
    ) -> None:
        self._record = record
        self._clock = clock
        self._unit = unit
        self._read: dict[str, tuple[float, Employment | None]] = {}

    async def health_worker(self, *, hpr: str = "", pid: str = "") -> Person:
        """The health worker with an HPR number, or else with a personal identity number.

        Raises NotFound when there is none, Conflict when several resources bear the number.
        """
        numbers = [(Kind.HPR_NUMBER.system, hpr)] if hpr else [(one.system, pid) for one in _PERSONAL]
        found = await self._only("Practitioner", numbers)
        return Person(f"Practitioner/{found['id']}", "health-worker", _name(found))

    async def citizen(self, pid: str) -> Person:
        """The citizen with a fødselsnummer or D-nummer; of several, the one who was registered first.

        Those that are out of use, replaced by another (link), or once had the number (use: old) do not count.
        A second record thus shuts nobody out. Raises NotFound.
        """
        numbers = [(one.system, pid) for one in _PERSONAL]
        found = await self._bearers("Patient", numbers)
        first = found[0] if len(found) == 1 else await self._first_registered(found)
        return Person(f"Patient/{first['id']}", "citizen", _name(first))

    async def system(self, client: str) -> Actor:
        """The actor of a system that asks for itself: the Device with its client id names its policy."""
        found = await self._only("Device", [(CLIENT, client)])
        policy = policy_name((one["system"], one["code"]) for one in _codings(found.get("type", {})))
        if not policy:
            raise NotFound(
                f"Device/{found['id']} names no policy in its type: an administrator must add one."
            )
        names = [one["name"] for one in found.get("deviceName", [])]
        display = names[0] if names else client
        return Actor(f"Device/{found['id']}", policy, purpose(policy), display=display, app=client)

    async def named(self, reference: str) -> Person:
        """The health worker or citizen that a reference names. Raises NotFound or Gone."""
        type_name, _, id = reference.partition("/")
        if type_name not in ("Practitioner", "Patient"):
            raise NotFound(f"{reference} is not someone who signs in.")
        stored = await self._record.read(type_name, id, scope=WITHIN_REACH)
        found = msgspec.json.decode(stored.body or b"{}")
        if found.get("active") is False:
            raise NotFound(f"{reference} is no longer in use.")
        return Person(reference, "citizen" if type_name == "Patient" else "health-worker", _name(found))

    async def roles(self, person: Person) -> list[Employment]:
        """The roles in force now, by unit and title."""
        asked = [("practitioner", person.reference), ("_include", "PractitionerRole:organization")]
        return [one for _, one in (await self._in_force(asked))[0]]

    async def role(self, person: str, reference: str) -> Employment | None:
        """A role of a person, when it is in force now; as it was read at most FRESH_FOR seconds ago."""
        read_at, found = self._read.get(reference, (0.0, None))
        if time.monotonic() - read_at > FRESH_FOR:
            found = await self._employment(reference)
            if len(self._read) >= MOST_REMEMBERED:
                self._read.clear()
            self._read[reference] = (time.monotonic(), found)
        return found if found and found.person == person and found.in_force(self._clock()) else None

    async def workers(self, name: str) -> tuple[list[tuple[Person, Employment]], bool]:
        """Health workers, all or those whose names begin as the words do, each with every role in force; and
        whether there are more than are given."""
        asked = [
            ("_include", "PractitionerRole:organization"),
            ("_include", "PractitionerRole:practitioner"),
            *(("practitioner.name", word) for word in words_of(name)),
            *([("organization", self._unit)] if self._unit else []),
        ]
        return await self._in_force(asked)

    async def citizens(self, name: str, most: int) -> list[Person]:
        """Citizens by family name, all or those whose names begin as the words do."""
        asked = [("_sort", "family"), ("_count", str(most)), *(("name", word) for word in words_of(name))]
        page = await self._record.search("Patient", asked, scope=WITHIN_REACH)
        found = [msgspec.json.decode(one.stored.body or b"{}") for one in page.entries]
        return [
            Person(f"Patient/{one['id']}", "citizen", _name(one), one.get("birthDate", "")[:4])
            for one in found
        ]

    async def _first_registered(self, found: list[dict[str, Any]]) -> dict[str, Any]:
        """The one whose first version is the oldest."""

        async def registered(one: dict[str, Any]) -> tuple[datetime, str]:
            first = await self._record.vread("Patient", one["id"], 1, scope=WITHIN_REACH)
            return first.updated, one["id"]

        return min([(await registered(one), one) for one in found], key=lambda pair: pair[0])[1]

    async def _only(self, type_name: str, numbers: list[tuple[str, str]]) -> dict[str, Any]:
        found = await self._bearers(type_name, numbers)
        if len(found) > 1:
            ids = ", ".join(f"{type_name}/{one['id']}" for one in found)
            raise Conflict(f"{ids} bear the same number: an administrator must join them into one.")
        return found[0]

    async def _bearers(self, type_name: str, numbers: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """Those in use who have one of the numbers now. Raises NotFound when there are none."""
        number = numbers[0][1]
        if not number or not number.replace("-", "").replace(".", "").replace("_", "").isalnum():
            raise NotFound(f"There is no {type_name} without a number.")
        criteria = ",".join(f"{system}|{value}" for system, value in numbers)
        page = await self._record.search(type_name, [("identifier", criteria)], scope=WITHIN_REACH)
        bodies = [msgspec.json.decode(one.stored.body or b"{}") for one in page.entries]
        found: list[dict[str, Any]] = [one for one in bodies if _bears(one, numbers)]
        if not found:
            raise NotFound(f"No {type_name} in use bears the number of the one who signed in.")
        return found

    async def _in_force(self, asked: Parameters) -> tuple[list[tuple[Person, Employment]], bool]:
        now = self._clock()
        page = await self._record.search(
            "PractitionerRole",
            [("active:not", "false"), ("_count", str(MOST_SHOWN)), *asked],
            scope=WITHIN_REACH,
        )
        names = {_reference(one): _display(one) for one in page.entries if one.mode == "include"}
        roles = [employments.read(one.stored.body or b"") for one in page.entries if one.mode == "match"]
        found = [
            (
                Person(one.person, "health-worker", names.get(one.person, "")),
                replace(one, unit_display=names.get(one.unit, one.unit_display)),
            )
            for one in roles
            if one.in_force(now)
        ]
        found.sort(key=lambda pair: (pair[1].unit_display, pair[0].display, pair[1].title))
        return found, len(roles) >= MOST_SHOWN

    async def _employment(self, reference: str) -> Employment | None:
        type_name, _, id = reference.partition("/")
        try:
            stored = await self._record.read(type_name, id, scope=WITHIN_REACH)
            found = employments.read(stored.body or b"")
            await self.named(found.person)
            unit = await self._record.read("Organization", found.unit.partition("/")[2], scope=WITHIN_REACH)
        except (Gone, NotFound):
            return None
        return replace(found, unit_display=msgspec.json.decode(unit.body or b"{}").get("name", ""))


def health_worker_actor(person: Person, role: Employment, *, session: str = "", app: str = "") -> Actor:
    """A health worker in one role."""
    return Actor(
        person.reference,
        role.policy,
        purpose(role.policy),
        display=person.display,
        practitioner_role=role.reference,
        unit=role.unit,
        unit_display=role.unit_display,
        session=session,
        app=app,
    )


def citizen_actor(person: Person, *, session: str = "", app: str = "") -> Actor:
    """A citizen, who acts for themselves."""
    return Actor(
        person.reference, CITIZEN, purpose(CITIZEN), display=person.display, session=session, app=app
    )


def words_of(name: str) -> list[str]:
    """The words of a name as it was written, in whichever order, without the signs that a search would read:
    each is the beginning of a given name or the family name.
    """
    return _SIGNS.sub(" ", name).split()[:MOST_WORDS]


def _bears(resource: dict[str, Any], numbers: list[tuple[str, str]]) -> bool:
    """Whether somebody in use has one of the numbers now."""
    if resource.get("active") is False:
        return False
    if any(one.get("type") == "replaced-by" for one in resource.get("link", ())):
        return False
    now = [one for one in resource.get("identifier", ()) if one.get("use") != "old"]
    return any((one.get("system"), one.get("value")) in numbers for one in now)


def _reference(entry: Entry) -> str:
    return f"{entry.stored.type}/{entry.stored.id}"


def _display(entry: Entry) -> str:
    return _name(msgspec.json.decode(entry.stored.body or b"{}"))


def _name(resource: dict[str, Any]) -> str:
    """What a person or a unit is called."""
    name = resource.get("name", "")
    if isinstance(name, str):
        return name
    first: dict[str, Any] = name[0] if name else {}
    parts = [*first.get("given", []), first.get("family", "")]
    return first.get("text") or " ".join(filter(None, parts))


def _codings(concept: dict[str, Any]) -> list[dict[str, str]]:
    return [one for one in concept.get("coding", []) if "system" in one and "code" in one]
