"""No sequence of protections, moves, writes, stays, blocks and time lets a protected address out.

Who may see an address is worked out from a list of what has happened, as in test_sequences.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import asyncpg
import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.conftest import patient, put, stay
from access.test_door import House
from access.test_protected_addresses import KEEPER
from access.test_sequences import CITIZENS, START, STEP, UNITS, Happened, begin, step, worker
from fellesjournal.access.actor import Actor
from fellesjournal.errors import Fault
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.norway.protection import EXTENSION
from fellesjournal.record.record import Record
from record.conftest import bundle, entry

NAMED = "folkeregisterforvalter"
SYSTEM = Actor("Device/lab", "fagsystem", "TREAT")
ACTORS = [
    *(worker(role, unit) for role in ("sykepleier", "helsesekretaer", NAMED) for unit in UNITS),
    worker("administrator", "ward"),
    SYSTEM,
    *(Actor(f"Patient/{citizen}", "innbygger", "PATRQT") for citizen in CITIZENS),
]
WRITES = ("same", "language", "lift", "lower", "guess", "none", "patch", "copy", "delete", "transaction")
OF_AN_ADDRESS = st.one_of(
    st.tuples(
        st.just("protect"), st.sampled_from(CITIZENS), st.sampled_from(["fortrolig", "strengtFortrolig"])
    ),
    st.tuples(st.just("lift"), st.sampled_from(CITIZENS), st.just("")),
    st.tuples(st.just("live"), st.sampled_from(CITIZENS), st.sampled_from(["1", "22", "333"])),
    st.tuples(st.just("group"), st.sampled_from(CITIZENS), st.just("")),
    st.tuples(st.just("stray"), st.sampled_from(CITIZENS), st.just("")),
    st.tuples(st.sampled_from(WRITES), st.sampled_from(CITIZENS), st.sampled_from([*UNITS, "system"])),
)


_EXAMPLES = count()


@dataclass
class Told(Happened):
    """What has happened, with where each citizen lives and how it is protected."""

    lives: dict[str, str] = field(default_factory=lambda: dict.fromkeys(CITIZENS, "1"))
    degree: dict[str, str] = field(default_factory=lambda: {"kari": "strengtFortrolig", "ola": ""})
    number: int = field(default_factory=lambda: next(_EXAMPLES))
    """The example's: what it makes beside the citizens has ids of its own."""
    group: str = ""
    """In whose record the appointment of both is; "" before there is one."""
    stray: list[str] = field(default_factory=list)
    """In whose record each version of a stay was filed."""

    def reaches(self, actor: Actor, citizen: str) -> bool:
        """Whether the actor may open the citizen's record."""
        return actor.role == "fagsystem" or self.sees(actor, citizen)

    def tells(self, actor: Actor, citizen: str) -> bool:
        """Whether the actor may see where the citizen lives."""
        return self.reaches(actor, citizen) and (not self.degree[citizen] or actor.role == NAMED)

    def patient(self, citizen: str) -> dict[str, Any]:
        """The citizen, as the keeper writes it."""
        degree = self.degree[citizen]
        said = {"extension": [{"url": EXTENSION, "valueCode": degree}]} if degree else {}
        return patient(citizen, address=[{"line": [f"veien-{citizen}"], "city": self.lives[citizen]}], **said)


async def _of_an_address(house: House, told: Told, taken: tuple[str, str, str]) -> None:
    what, who, where = taken
    if what in WRITES:
        await _tried(house, told, what, who, where)
        return
    match what:
        case "protect":
            told.degree[who] = where
        case "lift":
            told.degree[who] = ""
        case "live":
            told.lives[who] = where
        case "group":
            told.group = who
            await put(house.record, _group(told, who), KEEPER)
            return
        case "stray":
            if told.stray[-1:] != [who]:
                told.stray.append(who)
            moved = stay(f"stray-{told.number}", who, "veien-stray", "2026-01-01", "2026-01-02")
            await put(house.record, moved, KEEPER)
            return
    await put(house.record, told.patient(who), KEEPER)


def _group(told: Told, first: str) -> dict[str, Any]:
    """An appointment of both citizens, in the record of the first."""
    actors = [f"Patient/{one}" for one in sorted(CITIZENS, key=lambda one: one != first)]
    return {
        "resourceType": "Appointment",
        "id": f"group-{told.number}",
        "status": "cancelled",
        "participant": [
            {"actor": {"reference": one}, "status": "accepted"} for one in (*actors, "Location/veien-group")
        ],
    }


async def _tried(house: House, told: Told, what: str, who: str, where: str) -> None:
    actor = SYSTEM if where == "system" else worker("sykepleier", where)
    with suppress(Fault):
        await _written(house, told, actor, what, who)


async def _written(house: House, told: Told, actor: Actor, what: str, who: str) -> None:
    """A write of somebody without the right: what it answers tells nothing, and it changes no address."""
    seen = msgspec.json.decode((await house.ask(actor, "read", "Patient", who)).body)
    if not told.degree[who]:
        return
    copy = seen["address"] * 2
    lower = [{"url": EXTENSION, "valueCode": "ugradert"}]
    sent = {
        "same": seen,
        "language": seen | {"language": "nn"},
        "lift": {name: value for name, value in seen.items() if name != "extension"},
        "lower": seen | {"extension": lower},
        "guess": seen | {"address": [{"line": [f"veien-{who}"], "city": told.lives[who]}]},
        "none": seen | {"address": []},
        "copy": seen | {"address": copy},
    }
    if what == "patch":
        body = b'[{"op":"move","from":"/address/0","path":"/maritalStatus"}]'
        answers = [await house.ask(actor, "patch", "Patient", who, body)]
    elif what == "delete":
        await house.ask(actor, "delete", "Patient", who)
        answers = [await house.ask(actor, "update", "Patient", who, msgspec.json.encode(sent["lift"]))]
    elif what == "transaction":
        sending = bundle(entry("PUT", f"Patient/{who}", sent["lift"]))
        answers = (await house.ask(actor, "transact", sending))[1]
    else:
        answers = [await house.ask(actor, "update", "Patient", who, msgspec.json.encode(sent[what]))]
    assert not any(b"veien" in (answer.stored.body or b"") for answer in answers), what
    assert what in ("same", "language"), f"{what} was let through"


async def _answers(house: House, actor: Actor, citizen: str) -> bytes:
    """All that the journal tells of a citizen, by all its ways."""
    said = b""
    for name, arguments in (
        ("read", ("Patient", citizen)),
        ("vread", ("Patient", citizen, 1)),
        ("history", ("Patient", citizen, [])),
        ("search", ("Patient", [("_id", citizen)])),
        ("search", ("Patient", [("_sort", "address-city")])),
        ("search", ("Patient", [("address", f"veien-{citizen}")])),
        ("search", ("Observation", [("_include", "Observation:subject")])),
        ("search", (None, [("_type", "Patient")])),
        ("everything", (citizen, [])),
        ("transact", (bundle(entry("GET", f"Patient/{citizen}"), kind="batch"),)),
    ):
        try:
            answer = await house.ask(actor, name, *arguments)
        except Fault as fault:
            said += str(fault).encode()
            continue
        if name == "transact":
            stored = [one.stored for one in answer[1] if one.stored is not None]
        else:
            stored = [answer] if name in ("read", "vread") else [one.stored for one in answer.entries]
        said += b"".join(one.body or b"" for one in stored)
    return said


async def _finds(house: House, actor: Actor, *asked: tuple[str, str]) -> bool:
    try:
        page = await house.ask(actor, "search", "Patient", [*asked, ("_summary", "count")])
    except Fault:
        return False
    return int(page.total) > 0


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.one_of(STEP, OF_AN_ADDRESS), min_size=4, max_size=12))
async def test_no_sequence_lets_a_protected_address_out(
    record: Record, definitions: Definitions, pool: asyncpg.Pool, steps: list[tuple[str, Any, str]]
) -> None:
    house, told = House(record, definitions), Told()
    house.now = START
    for citizen in CITIZENS:
        await put(record, patient(citizen), KEEPER)
    await begin(record, pool)
    for citizen in CITIZENS:
        await put(record, told.patient(citizen), KEEPER)
    for taken in steps:
        if taken[0] in ("protect", "lift", "live", "group", "stray", *WRITES):
            await _of_an_address(house, told, taken)
        elif taken[0] != "label":
            await step(house, told, taken, KEEPER)
    for what in WRITES:
        for citizen in CITIZENS:
            await _tried(house, told, what, citizen, "ward")
    for actor in ACTORS:
        for citizen in CITIZENS:
            may = told.tells(actor, citizen)
            said = await _answers(house, actor, citizen)
            assert (f"veien-{citizen}".encode() in said) == may, (actor.role, actor.unit, citizen, steps)
            found = await _finds(house, actor, ("address", f"veien-{citizen}"))
            assert found == (told.reaches(actor, citizen) and not told.degree[citizen]), (actor, steps)
        await _what_names_others_is_kept(house, told, actor, steps)
    await _nothing_is_lost(house, told)


async def _what_names_others_is_kept(house: House, told: Told, actor: Actor, steps: object) -> None:
    """The appointment of both, and what was filed in a wrong record before it came into the right one."""
    if told.group:
        id = f"group-{told.number}"
        said = await _said(house, actor, ("read", "Appointment", id))
        said += await _said(house, actor, ("vread", "Appointment", id, 1)) if not said else b""
        asked = [("_id", id), ("location", "Location/veien-group")]
        found = await house.record.search("Appointment", asked, scope=KEEPER)
        hidden = any(told.degree.values())
        assert bool(found.entries) is not hidden
        assert not (b"veien" in said and hidden), (actor.role, steps)
        if (
            told.reaches(actor, told.group) and actor.role != NAMED
        ):  # who keeps addresses reads no appointments
            assert (b"veien" in said) is not hidden, (actor.role, steps)
        kept = await house.record.read("Appointment", id, scope=KEEPER)
        assert b"veien" in (kept.body or b"")
    if actor != SYSTEM:
        return
    for number in range(len(told.stray)):
        said = await _said(house, actor, ("vread", "Encounter", f"stray-{told.number}", number + 1))
        hidden = any(told.degree[one] for one in told.stray[number:])
        assert (b"veien" in said) is not hidden, (number, told.stray, steps)


async def _said(house: House, actor: Actor, asked: tuple[Any, ...]) -> bytes:
    try:
        return (await house.ask(actor, *asked)).body or b""
    except Fault:
        return b""


async def _nothing_is_lost(house: House, told: Told) -> None:
    for citizen in CITIZENS:
        versions = (await house.record.history("Patient", citizen, [], scope=KEEPER)).entries
        last = next(one.stored.body for one in versions if one.stored.body is not None)
        kept = msgspec.json.decode(last)
        assert kept["address"] == told.patient(citizen)["address"]
        assert kept.get("extension") == told.patient(citizen).get("extension")
