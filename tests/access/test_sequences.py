"""No sequence of stays, blocks, labels, grants, roles and time lets a forbidden byte out.

What may be seen is worked out a second time here, from a list of what has happened, and compared with all the
ways in which the journal tells of resources. Every resource bears a text of its own; a byte of one that is
closed to the actor must not be in any answer.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.conftest import EVERYONE, PSYCHIATRY, block, observation, patient, put, shut_out, stay
from access.test_door import House
from fellesjournal.access.actor import Actor
from fellesjournal.access.people import People, Person, health_worker_actor
from fellesjournal.access.policy_names import ROLE
from fellesjournal.errors import Fault, Gone
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.conftest import bundle, entry

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
CITIZENS = ("kari", "ola")
UNITS = ("ward", "other")
AFTERWARDS = timedelta(days=30)


def worker(role: str, unit: str) -> Actor:
    return Actor(
        f"Practitioner/{role}-{unit}",
        role,
        "TREAT",
        practitioner_role=f"PractitionerRole/{role}-{unit}",
        unit=f"Organization/{unit}",
    )


ACTORS = [
    *(worker(role, unit) for role in ("sykepleier", "psykolog") for unit in UNITS),
    worker("administrator", "ward"),
    *(Actor(f"Patient/{citizen}", "innbygger", "PATRQT") for citizen in CITIZENS),
]

STEP = st.one_of(
    st.tuples(st.just("stay"), st.sampled_from(CITIZENS), st.sampled_from(UNITS)),
    st.tuples(st.just("leave"), st.sampled_from(CITIZENS), st.sampled_from(UNITS)),
    st.tuples(st.just("block"), st.sampled_from(CITIZENS), st.sampled_from([*UNITS, "all"])),
    st.tuples(st.just("unblock"), st.sampled_from(CITIZENS), st.sampled_from([*UNITS, "all"])),
    st.tuples(st.just("label"), st.sampled_from(CITIZENS), st.booleans()),
    st.tuples(st.just("urgent"), st.sampled_from(CITIZENS), st.sampled_from(UNITS)),
    st.tuples(st.just("wait"), st.sampled_from([1, 3, 24 * 20]), st.just("")),
)

ROLE_STEP = st.tuples(
    st.just("role"), st.sampled_from(["sykepleier", "psykolog", "", "until now"]), st.sampled_from(UNITS)
)
"""The nurse of a unit gets another role, or hers is taken away, at once or with this moment."""


@dataclass
class Happened:
    """The same as a plain list of facts."""

    now: datetime = START
    stays: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)
    urgent: dict[tuple[str, str], datetime] = field(default_factory=dict)
    roles: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)

    def role(self, actor: Actor) -> str:
        """The role that somebody has now, "" for one who has none any more."""
        role, last = self.roles.get(actor.practitioner_role, (actor.role, None))
        return role if last is None or self.now <= last else ""

    def sees(self, actor: Actor, citizen: str) -> bool:
        """Whether the actor may see the observation of a citizen."""
        if actor.person.startswith("Patient/"):
            return actor.person == f"Patient/{citizen}"
        unit = actor.unit.partition("/")[2]
        left = self.stays.get((citizen, unit), datetime.min.replace(tzinfo=UTC))
        lies = left is None or self.now < left + AFTERWARDS
        taken = self.urgent.get((citizen, actor.practitioner_role))
        urgent = taken is not None and self.now < taken + timedelta(hours=4)
        shut = {(citizen, unit), (citizen, "all")} & self.blocks
        closed = citizen in self.labelled and actor.role != "psykolog"
        return actor.role != "administrator" and (lies or urgent) and not shut and not closed


async def step(
    house: House, happened: Happened, taken: tuple[str, Any, str], within: Scope = EVERYONE
) -> None:
    """Let something happen, in the record (written `within` a scope) and in the list of facts."""
    record, (what, who, where) = house.record, taken
    now = happened.now.isoformat()
    match what:
        case "stay":
            happened.stays[who, where] = None
            await put(record, stay(f"{who}-{where}", who, where, START.isoformat()), within)
        case "leave" if (who, where) in happened.stays:
            happened.stays[who, where] = happened.now
            await put(record, stay(f"{who}-{where}", who, where, START.isoformat(), now), within)
        case "block":
            happened.blocks.add((who, where))
            actor = {} if where == "all" else {"actor": shut_out(f"Organization/{where}")}
            await put(record, block(f"b-{who}-{where}", who, **actor), within)
        case "unblock" if (who, where) in happened.blocks:
            happened.blocks.discard((who, where))
            gone = block(f"b-{who}-{where}", who) | {"status": "inactive"}
            await put(record, gone, within)
        case "label":
            (happened.labelled.add if where else happened.labelled.discard)(who)
            labels = [PSYCHIATRY] if where else []
            await put(record, observation(f"o-{who}", who, *labels, note=[{"text": f"secret-{who}"}]), within)
        case "urgent":
            nurse = worker("sykepleier", where)
            with suppress(Gone):  # nobody takes it to a citizen who has been deleted
                await house.ask(nurse, "take", "emergency-access", who, "", "Bevisstløs")
                happened.urgent[who, nurse.practitioner_role] = happened.now
        case "wait":
            happened.now += timedelta(hours=who)
            house.now = happened.now


async def give_role(house: House, happened: Happened, role: str, unit: str) -> None:
    """Let the nurse of a unit have a role from now on, or none."""
    nurse = worker("sykepleier", unit)
    last = happened.now if role == "until now" else None
    named = happened.roles.get(nurse.practitioner_role, ("sykepleier", None))[0] if last else role
    happened.roles[nurse.practitioner_role] = named, last
    given: dict[str, Any] = {
        "resourceType": "PractitionerRole",
        "id": nurse.practitioner_role.partition("/")[2],
        "active": bool(role),
        "practitioner": {"reference": nurse.person},
        "organization": {"reference": nurse.unit},
    }
    coded = [{"coding": [{"system": ROLE, "code": named}]}] if named else []
    period = {"end": last.isoformat()} if last else {}
    more = {"code": coded, "period": period}
    await put(house.record, given | {name: value for name, value in more.items() if value})


async def acting(house: House, actor: Actor) -> Actor | None:
    """Somebody in the role that the record says they have, as at each request; None for who has none."""
    if not actor.practitioner_role.startswith("PractitionerRole/sykepleier"):
        return actor
    people = People(house.record, clock=lambda: house.now)
    role = await people.role(actor.person, actor.practitioner_role)
    return health_worker_actor(Person(actor.person, "health-worker", ""), role) if role else None


def _questions(citizen: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """All the ways in which the journal might tell of a citizen's observation."""
    yield "read", ("Observation", f"o-{citizen}")
    yield "vread", ("Observation", f"o-{citizen}", 1)
    yield "history", ("Observation", f"o-{citizen}", [])
    yield "search", ("Observation", [])
    yield "search", ("Observation", [("patient", f"Patient/{citizen}")])
    yield "search", ("Observation", [("code", "8480-6"), ("_sort", "-date")])
    yield "search", ("Observation", [("_content", f"secret-{citizen}")])
    yield "search", ("Patient", [("_revinclude", "Observation:subject")])
    yield "search", (None, [])
    yield "everything", (citizen, [])
    yield "transact", (bundle(entry("GET", f"Observation/o-{citizen}"), kind="batch"),)


async def _told(house: House, actor: Actor, name: str, arguments: tuple[Any, ...]) -> bytes:
    """All that an answer holds."""
    try:
        answer = await house.ask(actor, name, *arguments)
    except Fault as fault:
        return str(fault).encode()
    if name == "transact":
        return b"".join(one.stored.body for one in answer[1] if one.stored is not None)
    stored = [answer] if name in ("read", "vread") else [one.stored for one in answer.entries]
    return b"".join(one.body or b"" for one in stored)


async def _count(house: House, actor: Actor, citizen: str) -> int:
    asked = [("_content", f"secret-{citizen}"), ("_summary", "count")]
    return int((await house.ask(actor, "search", "Observation", asked)).total)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.one_of(STEP, ROLE_STEP), min_size=3, max_size=10))
async def test_no_sequence_lets_a_forbidden_byte_out(
    record: Record, definitions: Definitions, pool: asyncpg.Pool, steps: list[tuple[str, Any, str]]
) -> None:
    await begin(record, pool)
    house, happened = House(record, definitions), Happened()
    house.now = START
    for unit in UNITS:
        await put(record, {"resourceType": "Practitioner", "id": f"sykepleier-{unit}"})
        await give_role(house, happened, "sykepleier", unit)
    for taken in steps:
        if taken[0] == "role":
            await give_role(house, happened, taken[1], taken[2])
        elif taken[0] != "urgent" or await acting(house, worker("sykepleier", taken[2])):
            await step(house, happened, taken)
    for one in ACTORS:
        actor = await acting(house, one)
        assert (actor.role if actor else "") == happened.role(one), (one, steps)
        if actor is None:
            continue
        for citizen in CITIZENS:
            sees = happened.sees(actor, citizen)
            secret = f"secret-{citizen}".encode()
            for name, arguments in _questions(citizen):
                told = await _told(house, actor, name, arguments)
                assert (secret in told) == sees, (actor.role, actor.unit, citizen, name, arguments, steps)
            if actor.role != "administrator":
                assert await _count(house, actor, citizen) == int(sees)


async def begin(record: Record, pool: asyncpg.Pool) -> None:
    """The region as it is before anything has happened, whatever an earlier example left."""
    gone = await pool.fetch(
        "select t.name, r.id from resource r join resource_type t on t.number = r.type"
        " where t.name in ('Encounter', 'Consent', 'Task')"
    )
    for row in gone:
        await record.delete(row["name"], row["id"], scope=EVERYONE)
    for unit in UNITS:
        await put(record, {"resourceType": "Organization", "id": unit, "name": unit})
    for citizen in CITIZENS:
        await put(record, patient(citizen))
        await put(record, observation(f"o-{citizen}", citizen, note=[{"text": f"secret-{citizen}"}]))
