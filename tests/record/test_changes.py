"""The change feed: in the order changes took effect, none skipped, none repeated."""

import asyncio
import random
from typing import Any

import asyncpg

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.changes import MOST_ASKED, START, Change, Cursor
from fellesjournal.record.record import Record
from record.conftest import EVERYONE, body, bundle, entry


async def test_a_change_of_every_kind_is_told_of(record: Record) -> None:
    await record.update("Patient", "kari", body("Patient", id="kari"), scope=EVERYONE)
    await record.update("Patient", "kari", body("Patient", id="kari", active=True), scope=EVERYONE)
    await record.patch("Patient", "kari", b'[{"op":"remove","path":"/active"}]', scope=EVERYONE)
    await record.delete("Patient", "kari", scope=EVERYONE)
    found = await record.changes(START, 10)
    assert [(c.method, c.version) for c in found] == [("PUT", 1), ("PUT", 2), ("PATCH", 3), ("DELETE", 4)]
    assert {(c.type, c.id) for c in found} == {("Patient", "kari")}
    assert await record.changes(found[-1].cursor, 10) == []


async def test_what_changes_nothing_is_not_told_of(record: Record) -> None:
    for _ in range(2):
        await record.update("Patient", "kari", body("Patient", id="kari"), scope=EVERYONE)
    await record.delete("Patient", "nobody", scope=EVERYONE)
    assert len(await record.changes(START, 10)) == 1


async def test_a_long_transaction_holds_the_feed_back_until_it_is_seen_whole(
    record: Record, pool: asyncpg.Pool
) -> None:
    async with pool.acquire() as slow:
        transaction = slow.transaction()
        await transaction.start()
        await slow.execute("select pg_current_xact_id()")
        await record.create("Patient", body("Patient"), scope=EVERYONE)
        assert await record.changes(START, 10) == []
        await transaction.rollback()
    assert len(await record.changes(START, 10)) == 1


async def test_readers_neither_skip_nor_repeat_while_long_and_short_transactions_write(
    record: Record, second_record: Record
) -> None:
    chance = random.Random(7)
    writing = True

    async def short(n: int) -> None:
        await asyncio.sleep(chance.random() * 0.3)
        await second_record.update(
            "Basic", f"s{n % 10}", body("Basic", id=f"s{n % 10}", code={"text": str(n)}), scope=EVERYONE
        )

    async def long(n: int) -> None:
        await asyncio.sleep(chance.random() * 0.2)
        entries = [
            entry(
                "PUT",
                f"Basic/s{k}",
                {"resourceType": "Basic", "id": f"s{k}", "code": {"text": f"long {n}"}},
            )
            for k in chance.sample(range(10), 5)
        ]
        entries += [entry("POST", "Basic", {"resourceType": "Basic", "code": {"text": "x"}})] * (n * 20)
        await record.transact(bundle(*entries), scope=EVERYONE)

    async def follow(limit: int) -> list[Change]:
        seen: list[Change] = []
        cursor: Cursor = START
        while True:
            done = not writing
            page = await record.changes(cursor, limit)
            seen += page
            cursor = page[-1].cursor if page else cursor
            if done and not page:
                return seen
            await asyncio.sleep(0.003)

    readers = [asyncio.create_task(follow(limit)) for limit in (3, 50, 1_000)]
    await asyncio.gather(*map(short, range(120)), *map(long, range(12)))
    writing = False
    feeds = await asyncio.gather(*readers)
    for seen in feeds:
        assert len({(c.id, c.version) for c in seen}) == len(seen)
        assert await versions(record) == {(c.id, c.version) for c in seen}
        assert_in_order_of_versions(seen)
    assert feeds[0] == feeds[1] == feeds[2]


async def versions(record: Record) -> set[tuple[str, int]]:
    """Every version there is, from the history of the whole record."""
    found: set[tuple[str, int]] = set()
    parameters: Any = [("_count", "200")]
    while parameters:
        page = await record.history(None, None, parameters, scope=EVERYONE)
        found |= {(entry.stored.id, entry.stored.version) for entry in page.entries}
        parameters = page.next
    return found


def assert_in_order_of_versions(seen: list[Change]) -> None:
    last: dict[str, int] = {}
    for change in seen:
        assert change.version == last.get(change.id, 0) + 1
        last[change.id] = change.version


async def test_a_change_concerns_all_whom_the_resource_names_now_or_did_before(record: Record) -> None:
    for name in ("ward", "other-ward"):
        await record.update("Organization", name, body("Organization", id=name, name=name), scope=EVERYONE)
    await record.update("Patient", "kari", body("Patient", id="kari"), scope=EVERYONE)
    for ward in ("ward", "other-ward"):
        await record.update("Encounter", "stay", stay(ward), scope=EVERYONE)
    await record.delete("Encounter", "stay", scope=EVERYONE)
    first, second, third = (one for one in await record.changes(START, 10) if one.type == "Encounter")
    kari, one, other = map(key_of, ("Patient/kari", "Organization/ward", "Organization/other-ward"))
    assert await record.concerned([second]) == {second.key: frozenset({one, kari})}
    assert await record.concerned([third]) == {third.key: frozenset({other, kari})}
    assert await record.concerned([first]) == {first.key: frozenset()}, "it says nothing any more"


async def test_a_change_of_a_patient_concerns_those_who_take_part_in_the_care(
    record: Record, pool: asyncpg.Pool
) -> None:
    await record.update("Patient", "kari", body("Patient", id="kari"), scope=EVERYONE)
    kari, ward, before = map(key_of, ("Patient/kari", "Organization/ward", "Organization/before"))
    care = "insert into index_care (citizen, party, rid, n, kind, low, high) values ($1, $2, 1, 0, 1, 0, $3)"
    await pool.execute(care, kari, ward, 2**62)
    await pool.execute(care, kari, before, 1)
    [change] = await record.changes(START, 10)
    assert await record.concerned([change]) == {kari: frozenset({ward})}


async def test_of_an_import_it_is_not_looked_up_whom_it_concerns(record: Record) -> None:
    basic = {"resourceType": "Basic", "code": {"text": "x"}}
    entries = [entry("POST", "Basic", basic) for _ in range(MOST_ASKED + 1)]
    await record.transact(bundle(*entries), scope=EVERYONE)
    found = await record.changes(START, 1_000)
    assert set((await record.concerned(found)).values()) == {None}


def stay(ward: str) -> bytes:
    return body(
        "Encounter",
        id="stay",
        status="in-progress",
        subject={"reference": "Patient/kari"},
        serviceProvider={"reference": f"Organization/{ward}"},
        **{"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"}},
    )
