"""What the log tells of a citizen whose address is protected, to whom."""

from base64 import b64decode
from dataclasses import replace
from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import patient, put
from access.test_door import KARI, NURSE, House, house
from access.test_logbook import OFFICER, logged
from access.test_protected_addresses import KEEPER, PROTECTION
from fellesjournal.access.actor import Actor
from fellesjournal.errors import Fault

__all__ = ["house", "logged"]

FATHER = Actor("Patient/ola", "forelder", "FAMRQT", represents="Patient/kari", represents_by="parent")
SYSTEM = Actor("Device/lab", "fagsystem", "TREAT")
SEARCHES = (
    ("Encounter", [("patient", "Patient/kari"), ("service-provider", "Organization/qqward")]),
    ("Encounter", [("patient", "Patient/ola,Patient/kari"), ("location", "Location/qqroom")]),
    ("Patient", [("_id", "kari"), ("_content", "qqveien")]),
    ("Patient", [("_id", "kari"), ("_text", "qqveien")]),
    ("Observation", [("patient", "kari"), ("performer", "Organization/qqward"), ("wrong", "qq")]),
    ("Observation", [("subject", "Patient/kari"), ("_has:Encounter:patient:location", "Location/qqroom")]),
)


@pytest.fixture
async def protected(logged: House) -> House:
    await put(logged.record, patient("kari", extension=PROTECTION), KEEPER)
    return logged


async def events(house: House, actor: Actor, *asked: tuple[str, str]) -> list[dict[str, Any]]:
    page = await house.ask(actor, "search", "AuditEvent", list(asked))
    return [msgspec.json.decode(one.stored.body) for one in page.entries]


async def search_all(house: House) -> None:
    for actor in (NURSE, SYSTEM):
        for kind, asked in SEARCHES:
            try:
                await house.ask(actor, "search", kind, asked)
            except Fault:
                continue


async def test_a_search_about_the_protected_leaves_no_value_in_the_log(
    protected: House, pool: asyncpg.Pool
) -> None:
    await search_all(protected)
    await protected.ask(SYSTEM, "search", "Observation", [("code", "qq1"), ("_count", "1")])
    bodies = [row["body"] for row in await pool.fetch("select body from audit_event")]
    found = [body for body in bodies if b"qq" in body]
    assert [b"code=qq1" in body for body in found] == [True], "what is about nobody stands as it was typed"
    assert sum(b"service-provider=%28skjult%29" in body for body in bodies) == 2


async def test_what_was_typed_before_the_protection_is_not_read_after_it(logged: House) -> None:
    await logged.ask(NURSE, "search", *SEARCHES[0])
    await put(logged.record, patient("kari", extension=PROTECTION), KEEPER)
    for actor in (KARI, OFFICER):
        told = await events(logged, actor, ("patient", "Patient/kari"))
        queries = [b64decode(e["query"]) for event in told for e in event["entity"] if "query" in e]
        assert queries
        assert all(b"service-provider" not in one or b"qq" not in one for one in queries)


async def test_the_citizen_and_the_privacy_officer_read_at_which_unit_somebody_acted(
    protected: House,
) -> None:
    await protected.ask(NURSE, "read", "Observation", "o-kari")
    for actor in (KARI, OFFICER):
        told = await events(protected, actor, ("patient", "Patient/kari"), ("agent", NURSE.person))
        assert [agent["who"].get("reference") for agent in told[0]["agent"]] == [NURSE.person, NURSE.unit]


@pytest.mark.parametrize("actor", [FATHER, NURSE])
async def test_nobody_else_who_reads_the_log_does(protected: House, actor: Actor) -> None:
    await protected.ask(NURSE, "read", "Observation", "o-kari")
    asked = [("patient", "Patient/kari")] if actor is FATHER else [("agent", NURSE.person)]
    told = await events(protected, actor, *asked)
    acts = [event for event in told if event["subtype"][0]["code"] == "read"]
    assert [agent["who"]["reference"] for agent in acts[0]["agent"]] == [NURSE.person]
    assert "ward" not in str(acts).replace("Encounter", "")
    one = await protected.ask(actor, "read", "AuditEvent", acts[0]["id"])
    assert b"ward" not in one.body


async def test_the_log_in_plain_words_names_no_unit_either_but_to_the_citizen(protected: House) -> None:
    await protected.ask(replace(NURSE, unit_display="Qqposten"), "read", "Observation", "o-kari")
    told = {}
    for actor in (KARI, OFFICER, FATHER):
        page = await protected.ask(actor, "access_log", "kari", [])
        told[actor.role] = any("Qqposten" in line.text for line in page.lines)
        assert any("Nina Nyseng" in line.text for line in page.lines)
    assert told == {"innbygger": True, "personvernombud": True, "forelder": False}
