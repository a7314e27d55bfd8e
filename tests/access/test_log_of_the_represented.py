"""Representatives read the access log of those they act for as far as they may read the record."""

from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import EVERYONE, patient, put, stay
from access.test_door import House, worker
from access.test_logbook import ids, logged
from access.test_representing import MOTHER, PERIOD, WITHHELD, acting, house, tie
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.signing import signed
from fellesjournal.access.decision import Basis
from fellesjournal.errors import NotFound
from fellesjournal.norway.profiles import ADDRESS_PROTECTION

__all__ = ["house", "logged"]

NURSE = worker("sykepleier")


@pytest.fixture
async def opened(logged: House, pool: asyncpg.Pool) -> House:
    """A nurse has read what is open and what is withheld, searched, and the child has signed in."""
    await put(logged.record, {"resourceType": "Organization", "id": "ward", "name": "Sengepost"})
    await put(logged.record, stay("stay", "child", "ward", "2026-11-20"))
    for id in ("o-child", "withheld"):
        await logged.ask(NURSE, "read", "Observation", id)
    asked = [("patient", "child"), ("code", "8480-6")]
    await logged.ask(NURSE, "search", "Observation", asked)
    await Log(pool).write([signed(Actor("Patient/child", "", ""), "signed-in", logged.now)])
    return logged


async def seen(house: House, actor: Any) -> list[set[str]]:
    """What each entry of the child's log tells of, newest first: references without versions."""
    page = await house.ask(actor, "search", "AuditEvent", [("patient", "Patient/child")])
    found = []
    for one in page.entries:
        event = msgspec.json.decode(one.stored.body)
        if event["agent"][0]["who"].get("reference") != "Patient/mother":
            entities = [e for e in event["entity"] if e.get("role", {}).get("code") == "4"]
            found.append({e["what"]["reference"].partition("/_history")[0] for e in entities})
            assert not any("query" in e for e in event["entity"])
    return found


async def test_a_parent_of_a_small_child_reads_what_is_not_withheld_and_the_sign_ins(opened: House) -> None:
    mother = await acting(opened, "child")
    assert mother.role == "forelder"
    assert sorted(map(sorted, await seen(opened, mother))) == [
        [],
        ["Observation/o-child"],
        ["Observation/o-child"],
    ]
    page = await opened.ask(mother, "access_log", "child", [])
    assert any("Nina Nyseng" in line.text for line in page.lines)
    told = [one for one in opened.told if one.actor.represents and one.decision.permit]
    assert {(one.patient, one.decision.basis) for one in told} == {("Patient/child", Basis.PARENT)}


async def test_from_twelve_the_sign_ins_are_the_childs_own(opened: House) -> None:
    opened.now = opened.now.replace(day=25)
    mother = await acting(opened, "child")
    assert mother.role == "representant"
    assert await seen(opened, mother) == [{"Observation/o-child"}] * 2


async def test_what_rests_on_a_withheld_contact_is_not_told(opened: House) -> None:
    await put(opened.record, stay("stay", "child", "ward", "2026-11-20", meta=_label()))
    opened.now = opened.now.replace(day=25)
    assert await seen(opened, await acting(opened, "child")) == []


async def test_what_was_deleted_is_not_told_either(opened: House) -> None:
    mother = await acting(opened, "child")
    told = await ids(opened, mother, ("agent", "Practitioner/nina"))
    assert [await opened.ask(mother, "read", "AuditEvent", id) for id in told]
    await opened.record.delete("Observation", "o-child", scope=EVERYONE)
    for id in told:
        await opened.refuses(NotFound, mother, "read", "AuditEvent", id)


async def test_who_represents_for_appointments_only_reads_no_log(opened: House) -> None:
    await put(opened.record, tie("w", "father-in-law", "mother", "power-of-attorney", "book", period=PERIOD))
    booker = await acting(opened, "father-in-law")
    assert booker.role == "representant-timer"
    await opened.refuses(NotFound, booker, "access_log", "father-in-law", [])
    assert await ids(opened, booker, ("patient", "father-in-law")) == []


async def test_the_log_of_another_than_the_represented_stays_closed(opened: House) -> None:
    mother = await acting(opened, "child")
    await opened.refuses(NotFound, mother, "access_log", "father-in-law", [])
    await opened.refuses(NotFound, MOTHER, "access_log", "child", [])


@pytest.mark.parametrize("hidden", ["child", "mother"])
async def test_nobody_with_a_protected_address_is_part_in_it(opened: House, hidden: str) -> None:
    for id, born in (("mother", "1990-01-01"), ("child", "2014-11-24")):
        if id == hidden:
            protected = [{"url": ADDRESS_PROTECTION, "valueCode": "6"}]
            number = [{"system": "urn:number", "value": id}]
            await put(opened.record, patient(id, birthDate=born, extension=protected, identifier=number))
    with pytest.raises(NotFound):
        await acting(opened, "child")


def _label() -> dict[str, Any]:
    return {"security": [{"system": WITHHELD[0], "code": WITHHELD[1]}]}
