"""Search in a chart through the door: what may not be read is not found, and no word of it is told of."""

import random
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest

from access.conftest import PSYCHIATRY, block, put, scope, shut_out
from access.test_door import NURSE, House, house, worker
from fellesjournal.access.journal import OVERRIDE, Finds
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import EXTENSION
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.terminology.wording.hearing import hear
from record.wording.charting import note

DOCTOR = worker("lege")
TYPES = "http://hl7.org/fhir/resource-types"
__all__ = ["house"]


async def find(house: House, pool: asyncpg.Pool, text: str, actor: Any = DOCTOR, id: str = "kari") -> Finds:
    async with pool.acquire() as connection:
        wanted = await hear(connection, text)
    found: Finds = await house.ask(actor, "find", id, wanted, most=4)
    return found


def ids(finds: Finds) -> list[str]:
    return [one.stored.id for one in finds.finds]


async def test_who_gives_care_finds_and_the_log_tells_what_was_sought(
    house: House, pool: asyncpg.Pool
) -> None:
    await put(house.record, note("n", "Feber og hoste."))
    assert ids(await find(house, pool, "feber")) == ["n"]
    [told] = house.told
    assert (told.patient, told.interaction) == ("Patient/kari", "search-system")
    assert told.query == "patient=kari&_content=feber"
    assert told.resources == ("Composition/n/_history/1",)


async def test_a_search_that_finds_nothing_is_told_too(house: House, pool: asyncpg.Pool) -> None:
    assert ids(await find(house, pool, "mareritt")) == []
    [told] = house.told
    assert (told.patient, told.query) == ("Patient/kari", "patient=kari&_content=mareritt")


async def test_who_is_not_in_the_care_finds_nothing_and_is_told_of_nothing(
    house: House, pool: asyncpg.Pool
) -> None:
    await put(house.record, note("n", "Feber.", "ola"))
    found = await find(house, pool, "feber", id="ola")
    assert (found.finds, found.resources, found.waiting, found.blocked) == ((), 0, 0, 0)
    assert house.told[0].resources == ()


async def test_sensitive_parts_are_neither_found_nor_counted_nor_corrected_to(
    house: House, pool: asyncpg.Pool
) -> None:
    system, code = PSYCHIATRY
    label = {"security": [{"system": system, "code": code}]}
    await put(house.record, note("n", "Depresjonen gir seg.", meta=label))
    for typed in ("depresjon", "deprejson"):
        found = await find(house, pool, typed, NURSE)
        assert (found.finds, found.blocked, found.is_corrected) == ((), 0, False)
        assert found.resources == 3


async def test_a_search_in_some_types_finds_no_others_and_none_that_the_role_does_not_read(
    house: House, pool: asyncpg.Pool
) -> None:
    await put(house.record, note("n", "Feber."))
    async with pool.acquire() as connection:
        wanted = await hear(connection, "feber")
    for role, types, expected in (
        ("lege", ["Composition"], ["n"]),
        ("lege", ["Condition"], []),
        ("hjemmehjelp", ["Composition"], []),
    ):
        found: Finds = await house.ask(worker(role), "find", "kari", wanted, most=4, types=types)
        assert ids(found) == expected, (role, types)
    assert house.told[0].query == "patient=kari&_content=feber&_type=Composition"


async def test_a_role_finds_only_the_types_it_reads(house: House, pool: asyncpg.Pool) -> None:
    await put(house.record, note("n", "Feber."))
    assert ids(await find(house, pool, "feber", worker("hjemmehjelp"))) == []


def kept(id: str, parties: Sequence[str], **what: Any) -> dict[str, Any]:
    """A block of Kari's from some (none: from everybody)."""
    actors = [one for party in parties for one in shut_out(party)]
    return block(id, "kari", **what, **({"actor": actors} if actors else {}))


def only(reference: str) -> list[dict[str, Any]]:
    return [{"meaning": "instance", "reference": {"reference": reference}}]


async def blocked(house: House, *from_whom: str) -> None:
    """Two notes about a fever, one of them kept from some."""
    await put(house.record, note("n", "Feber."))
    await put(house.record, note("m", "Feber."))
    await put(house.record, kept("b", from_whom, data=only("Composition/n")))


async def test_what_a_block_keeps_from_the_unit_is_counted_but_not_searched(
    house: House, pool: asyncpg.Pool
) -> None:
    await blocked(house, "Organization/ward")
    for typed in ("feber", "mareritt"):
        assert (await find(house, pool, typed)).blocked == 1
    assert ids(await find(house, pool, "feber")) == ["m"]


async def test_it_is_told_to_those_alone_who_may_override_it(house: House, pool: asyncpg.Pool) -> None:
    await blocked(house, "Organization/ward")
    assert (await find(house, pool, "feber", worker("helsesekretaer"))).blocked == 0


@pytest.mark.parametrize("from_whom", [["Practitioner/nina"], [], ["Organization/ward", "Practitioner/nina"]])
async def test_a_block_from_the_person_or_from_everybody_is_never_told_of(
    house: House, pool: asyncpg.Pool, from_whom: list[str]
) -> None:
    await blocked(house, *from_whom)
    found = await find(house, pool, "feber")
    assert (ids(found), found.blocked) == (["m"], 0)


async def test_nothing_is_told_of_a_citizen_whose_address_is_protected(
    house: House, pool: asyncpg.Pool
) -> None:
    await blocked(house, "Organization/ward")
    protected = {"extension": [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]}
    await put(house.record, {"resourceType": "Patient", "id": "kari", **protected})
    assert (await find(house, pool, "feber")).blocked == 0
    assert "feber" not in house.told[-1].query


async def test_an_overridden_block_opens_what_it_kept(house: House, pool: asyncpg.Pool) -> None:
    await blocked(house, "Organization/ward")
    await house.ask(DOCTOR, "take", OVERRIDE, "kari", "", "Livet står på spill")
    found = await find(house, pool, "feber")
    assert (sorted(ids(found)), found.blocked) == (["m", "n"], 0)


async def test_what_is_found_is_what_any_search_finds(house: House, pool: asyncpg.Pool) -> None:
    """The scope is looked up once for a chart, and must say what it says row by row."""
    drawn = random.Random(6)
    system, code = PSYCHIATRY
    labels = [{}, {"meta": {"security": [{"system": system, "code": code}]}}]
    for number in range(12):
        await put(
            house.record, note(f"n{number}", "Feber.", drawn.choice(["kari", "ola"]), **drawn.choice(labels))
        )
    parties = ["Organization/ward", "Organization/other", "Practitioner/nina"]
    for number in range(8):
        one, notes = only(f"Composition/n{drawn.randrange(12)}"), [{"system": TYPES, "code": "Composition"}]
        chosen: list[dict[str, Any]] = [{"data": one}, {"data": one}, {"class": notes}, {}]
        await put(house.record, kept(f"b{number}", [drawn.choice(parties)], **chosen[number // 2]))
        for within in _scopes():
            assert await _found(house.record, pool, within) == await _searched(house.record, within), number


def _scopes() -> list[Scope]:
    nina, ward, other = "Practitioner/nina", "Organization/ward", "Organization/other"
    cleared = scope(ward, rights=(1, 2, 3, 4, 5, 6, 7))
    own = Scope.of(key_of("Patient/kari"))
    return [scope(ward), scope(other), scope(ward, nina), cleared, own, Scope.everyone(), Scope.of()]


async def _found(record: Record, pool: asyncpg.Pool, within: Scope) -> set[str]:
    async with pool.acquire() as connection:
        wanted = await hear(connection, "feber")
    found = await record.find("kari", wanted, scope=within, most=100)
    return {one.stored.id for one in found.finds}


async def _searched(record: Record, within: Scope) -> set[str]:
    page = await record.search("Composition", [("subject", "Patient/kari"), ("_count", "100")], scope=within)
    return {entry.stored.id for entry in page.entries}
