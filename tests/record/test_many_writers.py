"""Many people write at the same time: no one is dropped, nothing is doubled, nobody waits for ever."""

import asyncio
from typing import Any

import asyncpg

from fellesjournal.errors import PreconditionFailed
from fellesjournal.record.record import Record
from record.conftest import EVERYONE, body, bundle, entry, tree

TASKS = 64


async def test_sixty_four_conditional_creates_at_once_make_exactly_one(
    record: Record, second_record: Record
) -> None:
    """fhir-servers.md section 4, row 1."""
    wanted = [("identifier", "urn:a|1")]
    patient = body("Patient", identifier=[{"system": "urn:a", "value": "1"}])
    written = await asyncio.gather(
        *(
            (record, second_record)[n % 2].create("Patient", patient, scope=EVERYONE, if_none_exist=wanted)
            for n in range(TASKS)
        )
    )
    assert sum(one.created for one in written) == 1
    assert len({one.stored.id for one in written}) == 1
    assert len((await record.search("Patient", wanted, scope=EVERYONE)).entries) == 1


async def test_sixty_four_conditional_updates_at_once_make_one_resource_with_every_version(
    record: Record,
) -> None:
    wanted = [("identifier", "urn:a|1")]

    async def put(n: int) -> Any:
        sent = body("Patient", identifier=[{"system": "urn:a", "value": "1"}], name=[{"family": f"F{n}"}])
        return await record.update_where("Patient", wanted, sent, scope=EVERYONE)

    written = await asyncio.gather(*map(put, range(TASKS)))
    assert len({one.stored.id for one in written}) == 1
    assert sorted(one.stored.version for one in written) == list(range(1, TASKS + 1))


async def test_the_same_bundle_with_conditional_creates_posted_many_times_at_once_makes_one_of_each(
    record: Record,
) -> None:
    """fhir-servers.md section 4, rows 1 and 2."""
    numbers = [str(n) for n in range(10)]

    def sent(order: list[str]) -> bytes:
        return bundle(
            *(
                entry(
                    "POST",
                    "Practitioner",
                    {"resourceType": "Practitioner", "identifier": [{"system": "urn:hpr", "value": number}]},
                    ifNoneExist=f"identifier=urn:hpr|{number}",
                )
                for number in order
            )
        )

    await asyncio.gather(
        *(record.transact(sent(numbers if n % 2 else numbers[::-1]), scope=EVERYONE) for n in range(16))
    )
    assert len((await record.search("Practitioner", [], scope=EVERYONE)).entries) == len(numbers)


async def test_bundles_that_put_the_same_shared_resources_neither_fail_nor_deadlock(
    record: Record, second_record: Record, pool: asyncpg.Pool
) -> None:
    """fhir-servers.md section 4, row 3."""
    shared = [f"o{n}" for n in range(8)]

    async def send(n: int) -> None:
        order = shared[n % 8 :] + shared[: n % 8]
        puts = [
            entry(
                "PUT",
                f"Organization/{id}",
                {"resourceType": "Organization", "id": id, "name": f"Bundle {n}"},
            )
            for id in order
        ]
        patient = entry("POST", "Patient", {"resourceType": "Patient"})
        await (record, second_record)[n % 2].transact(bundle(patient, *puts), scope=EVERYONE)

    await asyncio.gather(*map(send, range(TASKS)))
    versions = await pool.fetch("select version from identity where id like 'o_'")
    assert [row["version"] for row in versions] == [TASKS] * len(shared)
    assert await pool.fetchval("select count(*) from identity where id not like 'o_'") == TASKS


async def test_bundles_that_put_and_delete_the_same_resources_in_any_order_all_go_through(
    record: Record,
) -> None:
    ids = ["a", "b", "c", "d"]

    async def send(n: int) -> None:
        puts, gone = ids[n % 4], ids[(n + 1) % 4]
        resource = {"resourceType": "Basic", "id": puts, "code": {"text": f"{n}"}}
        await record.transact(
            bundle(entry("PUT", f"Basic/{puts}", resource), entry("DELETE", f"Basic/{gone}")), scope=EVERYONE
        )

    await asyncio.gather(*map(send, range(TASKS)))


async def test_of_many_who_change_the_version_they_read_one_gets_through_and_the_others_are_told(
    record: Record,
) -> None:
    await record.update("Patient", "kari", body("Patient", id="kari"), scope=EVERYONE)

    async def put(n: int) -> Any:
        sent = body("Patient", id="kari", name=[{"family": f"F{n}"}])
        return await record.update("Patient", "kari", sent, scope=EVERYONE, if_match=1)

    answers = await asyncio.gather(*map(put, range(TASKS)), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert sum(isinstance(answer, PreconditionFailed) for answer in answers) == TASKS - 1


async def test_many_unconditional_updates_of_one_resource_are_all_in_its_history(
    record: Record, second_record: Record
) -> None:
    async def put(n: int) -> Any:
        sent = body("Patient", id="kari", name=[{"family": f"F{n}"}])
        return await (record, second_record)[n % 2].update("Patient", "kari", sent, scope=EVERYONE)

    await asyncio.gather(*map(put, range(TASKS)))
    page = await record.history("Patient", "kari", [("_count", "100")], scope=EVERYONE)
    families = {tree(found.stored)["name"][0]["family"] for found in page.entries}
    assert families == {f"F{n}" for n in range(TASKS)}
    assert [found.stored.version for found in page.entries] == list(range(TASKS, 0, -1))


async def test_patches_by_many_at_once_are_all_in_the_resource(record: Record) -> None:
    await record.update("Patient", "kari", body("Patient", id="kari", name=[{"family": "N"}]), scope=EVERYONE)

    async def patch(n: int) -> None:
        operation = b'[{"op":"add","path":"/name/-","value":{"text":"%d"}}]' % n
        await record.patch("Patient", "kari", operation, scope=EVERYONE)

    await asyncio.gather(*map(patch, range(TASKS)))
    names = tree(await record.read("Patient", "kari", scope=EVERYONE))["name"]
    assert {name.get("text") for name in names} == {None, *map(str, range(TASKS))}


async def test_an_id_that_many_put_for_the_first_time_at_once_is_created_once(record: Record) -> None:
    async def put(n: int) -> Any:
        sent = body("Patient", id="new", name=[{"family": f"F{n}"}])
        return await record.update("Patient", "new", sent, scope=EVERYONE)

    written = await asyncio.gather(*map(put, range(TASKS)))
    assert sum(one.created for one in written) == 1


async def test_a_change_meant_for_many_concept_texts_at_once_knows_no_deadlock(record: Record) -> None:
    texts = [f"Tekst {n}" for n in range(20)]

    async def send(n: int) -> None:
        order = texts[n % 20 :] + texts[: n % 20]
        entries = [
            entry("POST", "Basic", {"resourceType": "Basic", "code": {"text": text}}) for text in order
        ]
        await record.transact(bundle(*entries), scope=EVERYONE)

    await asyncio.gather(*map(send, range(32)))
    found = await record.search("Basic", [("code:text", "Tekst 7"), ("_summary", "count")], scope=EVERYONE)
    assert found.total == 32


async def test_more_criteria_than_locks_are_for_still_make_one_of_each(record: Record) -> None:
    sent = bundle(
        *(
            entry(
                "POST",
                "Basic",
                {"resourceType": "Basic", "code": {"text": "x"}, "identifier": [{"value": str(n)}]},
                ifNoneExist=f"identifier={n}",
            )
            for n in range(220)
        )
    )
    both = await asyncio.gather(*(record.transact(sent, scope=EVERYONE) for _ in range(2)))
    statuses = [answer.status for _, answers in both for answer in answers]
    assert statuses.count(201) == 220
