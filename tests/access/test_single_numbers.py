"""A number of the registers belongs to one in use: a second is refused, whoever writes and however."""

import asyncio
from typing import Any

import msgspec
import pytest

from access.conftest import put
from access.test_door import House, house, worker
from fellesjournal.access.actor import Actor
from fellesjournal.errors import Conflict
from fellesjournal.norway.identity.kinds import Kind
from record.conftest import bundle, entry

__all__ = ["house"]

PID = {"system": Kind.BIRTH_NUMBER.system, "value": "03824130085"}
KEEPER = worker("folkeregisterforvalter")
SYSTEM = Actor("Device/lab", "fagsystem", "TREAT")


def numbered(id: str = "", **members: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "identifier": [PID], **({"id": id} if id else {}), **members}


@pytest.fixture
async def known(house: House) -> House:
    """Kari has her number."""
    await put(house.record, numbered("kari"))
    return house


@pytest.mark.parametrize("actor", [KEEPER, SYSTEM])
async def test_a_number_that_somebody_in_use_has_is_refused(known: House, actor: Actor) -> None:
    body = msgspec.json.encode(numbered())
    with pytest.raises(Conflict, match="Another Patient in use has this number") as refused:
        await known.ask(actor, "create", "Patient", body)
    assert "kari" not in str(refused.value)
    await known.refuses(Conflict, actor, "transact", bundle(entry("POST", "Patient", numbered())))
    await known.ask(actor, "create", "Patient", msgspec.json.encode(numbered(active=False)))
    plain = msgspec.json.encode(
        {"resourceType": "Patient", "identifier": [{"system": "urn:x", "value": "1"}]}
    )
    for _ in range(2):
        await known.ask(actor, "create", "Patient", plain)


async def test_neither_update_nor_patch_is_a_way_round(known: House) -> None:
    await known.refuses(Conflict, SYSTEM, "update", "Patient", "ola", msgspec.json.encode(numbered("ola")))
    patch = msgspec.json.encode([{"op": "add", "path": "/identifier", "value": [PID]}])
    await known.refuses(Conflict, SYSTEM, "patch", "Patient", "ola", patch)
    sent = msgspec.json.encode(numbered("kari", gender="female"))
    assert (await known.ask(SYSTEM, "update", "Patient", "kari", sent)).stored.version == 3


async def test_two_that_are_one_person_are_joined_by_link(known: House) -> None:
    joined = numbered(link=[{"other": {"reference": "Patient/kari"}, "type": "replaces"}])
    made = await known.ask(SYSTEM, "create", "Patient", msgspec.json.encode(joined))
    newer = f"Patient/{made.stored.id}"
    old = numbered("kari", link=[{"other": {"reference": newer}, "type": "replaced-by"}])
    await known.ask(SYSTEM, "update", "Patient", "kari", msgspec.json.encode(old))
    await known.refuses(Conflict, SYSTEM, "create", "Patient", msgspec.json.encode(numbered()))


async def test_one_bundle_moves_a_number_but_does_not_give_it_twice(known: House) -> None:
    gone = numbered("kari", active=False)
    sent = [entry("PUT", "Patient/kari", gone), entry("PUT", "Patient/ola", numbered("ola"))]
    await known.ask(SYSTEM, "transact", bundle(*sent))
    other = PID | {"value": "01818012345"}
    twice = [entry("POST", "Patient", numbered() | {"identifier": [other]}) for _ in range(2)]
    await known.refuses(Conflict, SYSTEM, "transact", bundle(*twice))


async def test_of_many_who_write_at_once_one_gets_the_number(house: House) -> None:
    body = msgspec.json.encode(numbered())
    asked = [house.ask(SYSTEM, "create", "Patient", body) for _ in range(8)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [isinstance(one, Conflict) for one in answers].count(False) == 1


async def test_health_workers_have_their_numbers_alone_too(house: House) -> None:
    hpr = {"system": Kind.HPR_NUMBER.system, "value": "990000001"}
    sent = msgspec.json.encode({"resourceType": "Practitioner", "identifier": [hpr]})
    await house.ask(worker("administrator"), "create", "Practitioner", sent)
    await house.refuses(Conflict, worker("administrator"), "create", "Practitioner", sent)
