"""What lies in another record, or in nobody's, and names somebody whose address is protected."""

import re
from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import EVERYONE, patient, put, scope, stay
from access.test_protected_addresses import KEEPER, MARK, PROTECTION, all_clear, tree, written
from conftest import ROOT
from fellesjournal.errors import Fault
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from record.conftest import bundle, entry

Tree = dict[str, Any]
OLAS = scope("Organization/clinic")
"""Somebody who takes part in the care of Ola, and not of Kari."""
_OLA, _KARI = {"reference": "Patient/ola"}, {"reference": "Patient/kari"}
_WARD = {"reference": "Organization/qqward", "display": "qqward"}
_ROOM = {"reference": "Location/qqroom"}


def group(*named: Tree, id: str = "group", **members: Any) -> Tree:
    actors = [*(named or (_OLA, _KARI)), _ROOM]
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": "2026-11-23T10:00:00Z",
        "end": "2026-11-23T10:30:00Z",
        "participant": [{"actor": actor, "status": "accepted"} for actor in actors],
        **members,
    }


TOGETHER: list[Tree] = [
    group(),
    {
        "resourceType": "Communication",
        "id": "letter",
        "status": "completed",
        "subject": _OLA,
        "recipient": [_KARI],
        "sender": _WARD,
    },
    {
        "resourceType": "List",
        "id": "round",
        "status": "current",
        "mode": "working",
        "source": {"reference": "PractitionerRole/qqrole"},
        "entry": [{"item": _OLA}, {"item": _KARI}],
    },
    {
        "resourceType": "Account",
        "id": "bill",
        "status": "active",
        "subject": [_OLA, _KARI],
        "owner": _WARD,
    },
    {
        "resourceType": "Observation",
        "id": "seen",
        "status": "final",
        "code": {"text": "x"},
        "subject": _OLA,
        "performer": [_WARD],
        "extension": [{"url": "http://x.no/with", "valueReference": _KARI}],
    },
    {
        "resourceType": "Basic",
        "id": "nobodys",
        "code": {"text": "x"},
        "extension": [
            {"url": "http://x.no/who", "valueReference": _KARI},
            {"url": "http://x.no/where", "valueReference": _ROOM},
        ],
    },
    {
        "resourceType": "Bundle",
        "id": "parcel",
        "type": "collection",
        "entry": [
            {
                "fullUrl": "http://x.no/Patient/kari",
                "resource": patient("kari", address=[{"line": ["Qqveien 1"]}]),
            }
        ],
    },
]


def kari(*, protected: bool) -> Tree:
    return patient("kari", **({"extension": PROTECTION} if protected else {}))


@pytest.fixture
async def region(record: Record) -> Record:
    for kind, id in (("Organization", "qqward"), ("Organization", "clinic"), ("Location", "qqroom")):
        await put(record, {"resourceType": kind, "id": id, "name": id})
    await put(record, kari(protected=False), KEEPER)
    await put(record, patient("ola"))
    await put(record, stay("here", "ola", "clinic", "2026-11-01"))
    return record


async def told(record: Record, kind: str, id: str) -> bytes:
    """All that the ways of reading tell of a resource to who does not see protected addresses."""
    found: list[bytes | None] = []
    for within in (EVERYONE, OLAS):
        try:
            found.append((await record.read(kind, id, scope=within)).body)
        except Fault:
            continue
        found += [one.stored.body for one in (await record.history(kind, id, [], scope=within)).entries]
        page = await record.search(kind, [("_id", id), ("_include", "*")], scope=within)
        found += [one.stored.body for one in page.entries if one.stored.type == kind]
        assert {one.stored.type for one in page.entries}.isdisjoint({"Organization", "Location"})
    return b"".join(body or b"" for body in found)


async def test_what_names_a_protected_citizen_is_masked_in_whoevers_record_it_lies(
    region: Record, pool: asyncpg.Pool
) -> None:
    await put(region, kari(protected=True), KEEPER)
    for resource in TOGETHER:
        await put(region, resource, KEEPER)
    for resource in TOGETHER:
        kind, id = resource["resourceType"], resource["id"]
        said = await told(region, kind, id)
        assert b'"MASKED"' in said
        assert MARK not in said.lower()
        assert tree(await region.read(kind, id, scope=KEEPER)) == written(resource)
    found = await region.search("Appointment", [("location", "Location/qqroom")], scope=EVERYONE)
    assert not found.entries
    await all_clear(pool)


async def test_a_protection_that_comes_later_masks_what_names_the_citizen_and_lifting_restores_it(
    region: Record, pool: asyncpg.Pool
) -> None:
    for language in ("nb", "nn"):
        for resource in TOGETHER:
            await put(region, resource | {"language": language})
    await put(region, kari(protected=True), KEEPER)
    for resource in TOGETHER:
        assert MARK not in (await told(region, resource["resourceType"], resource["id"])).lower()
    await all_clear(pool)
    await put(region, kari(protected=False), KEEPER)
    for resource in TOGETHER:
        kind, id = resource["resourceType"], resource["id"]
        for version, language in ((1, "nb"), (2, "nn")):
            stored = await region.vread(kind, id, version, scope=EVERYONE)
            assert tree(stored) == written(resource | {"language": language})
    found = await region.search("Appointment", [("location", "Location/qqroom")], scope=EVERYONE)
    assert [one.stored.id for one in found.entries] == ["group"]
    assert not await pool.fetchval("select count(*) from protected_body")


async def test_a_group_of_the_unprotected_stands_in_clear(region: Record) -> None:
    await put(region, kari(protected=True), KEEPER)
    await put(region, patient("per"))
    await put(region, group(_OLA, {"reference": "Patient/per"}))
    assert MARK in ((await region.read("Appointment", "group", scope=OLAS)).body or b"")


async def test_who_joins_a_group_later_masks_what_it_said_before(region: Record) -> None:
    await put(region, kari(protected=True), KEEPER)
    await put(region, group(_OLA))
    await put(region, group())
    assert MARK not in (await told(region, "Appointment", "group")).lower()


async def test_who_leaves_a_group_is_not_found_by_where_the_others_stay(region: Record) -> None:
    await put(region, kari(protected=True), KEEPER)
    await put(region, group(), KEEPER)
    seen = msgspec.json.decode((await region.read("Appointment", "group", scope=OLAS)).body or b"")
    left = [one for one in seen["participant"] if one["actor"] != _KARI]
    await put(region, seen | {"participant": left}, OLAS)
    assert MARK not in (await told(region, "Appointment", "group")).lower()
    await put(region, group(_OLA, language="nb"), KEEPER)
    assert MARK not in (await told(region, "Appointment", "group")).lower()
    kept = await region.read("Appointment", "group", scope=KEEPER)
    assert tree(kept) == written(group(_OLA, language="nb"))


@pytest.mark.parametrize("order", [("mother", "group"), ("group", "mother")])
async def test_who_stands_beside_a_protected_citizen_is_named_as_the_citizen_is(
    region: Record, order: tuple[str, str]
) -> None:
    await put(region, kari(protected=True), KEEPER)
    mother = {"resourceType": "RelatedPerson", "id": "mother", "patient": _KARI}
    made = {"mother": mother, "group": group(_OLA, {"reference": "RelatedPerson/mother"})}
    for name in order:
        await put(region, made[name])
    assert MARK not in (await told(region, "Appointment", "group")).lower()


async def test_who_stands_beside_comes_in_the_same_transaction(region: Record) -> None:
    await put(region, kari(protected=True), KEEPER)
    mother = {"resourceType": "RelatedPerson", "id": "mother", "patient": _KARI}
    appointment = group(_OLA, {"reference": "RelatedPerson/mother"})
    sent = bundle(
        entry("PUT", "Appointment/group", appointment), entry("PUT", "RelatedPerson/mother", mother)
    )
    await region.transact(sent, scope=EVERYONE)
    assert MARK not in (await told(region, "Appointment", "group")).lower()


async def test_a_person_beside_who_is_protected_alone_masks_what_names_them(region: Record) -> None:
    mother: Tree = {"resourceType": "RelatedPerson", "id": "mother", "patient": _OLA}
    await put(region, mother)
    await put(region, group(_OLA, {"reference": "RelatedPerson/mother"}))
    await put(region, mother | {"extension": PROTECTION})
    assert MARK not in (await told(region, "Appointment", "group")).lower()
    await put(region, mother, KEEPER)
    assert MARK in ((await region.read("Appointment", "group", scope=OLAS)).body or b"")


async def test_what_was_first_filed_in_the_wrong_record_is_masked_when_it_is_moved_to_the_right_one(
    region: Record, pool: asyncpg.Pool
) -> None:
    await put(region, kari(protected=True), KEEPER)
    await put(region, stay("s", "ola", "qqward", "2026-11-20"))
    await put(region, stay("s", "kari", "qqward", "2026-11-20"))
    assert MARK not in (await told(region, "Encounter", "s")).lower()
    await all_clear(pool)
    first = await region.vread("Encounter", "s", 1, scope=KEEPER)
    assert tree(first) == written(stay("s", "ola", "qqward", "2026-11-20"))


async def test_a_protection_that_comes_later_masks_what_was_filed_in_the_wrong_record(
    region: Record, pool: asyncpg.Pool
) -> None:
    await put(region, stay("s", "ola", "qqward", "2026-11-20"))
    await put(region, stay("s", "kari", "qqward", "2026-11-20"))
    await put(region, kari(protected=True), KEEPER)
    assert MARK not in (await told(region, "Encounter", "s")).lower()
    await all_clear(pool)
    await put(region, kari(protected=False), KEEPER)
    assert MARK in ((await region.vread("Encounter", "s", 1, scope=EVERYONE)).body or b"")


async def test_what_was_never_about_the_protected_stands_in_clear_again(region: Record) -> None:
    """Filed in the wrong record of a protected citizen, and corrected by who sees it."""
    await put(region, kari(protected=True), KEEPER)
    await put(region, stay("s", "kari", "qqward", "2026-11-20"), KEEPER)
    await put(region, stay("s", "ola", "qqward", "2026-11-20"), KEEPER)
    assert MARK in ((await region.read("Encounter", "s", scope=EVERYONE)).body or b"")
    assert MARK not in ((await region.vread("Encounter", "s", 1, scope=EVERYONE)).body or b"")


async def test_a_rebuild_of_the_index_masks_what_came_before_it_was_known_who_is_named(
    region: Record, pool: asyncpg.Pool
) -> None:
    await put(region, group())
    await put(region, stay("s", "ola", "qqward", "2026-11-20"))
    await put(region, stay("s", "kari", "qqward", "2026-11-20"))
    moved = await pool.fetchrow("delete from naming where key = $1 returning *", key_of("Encounter/s"))
    await pool.execute("delete from naming")
    await put(region, kari(protected=True), KEEPER)
    assert MARK in ((await region.read("Appointment", "group", scope=OLAS)).body or b"")
    assert moved is not None
    await pool.execute("insert into naming values ($1, $2, $3)", *moved)  # as the upgrade does
    async for _ in region.rebuild(["Appointment", "Encounter"]):
        pass
    assert MARK not in (await told(region, "Appointment", "group")).lower()
    assert MARK not in (await told(region, "Encounter", "s")).lower()


async def test_the_upgrade_finds_what_names_others_and_what_was_moved(
    region: Record, pool: asyncpg.Pool
) -> None:
    for resource in TOGETHER:
        await put(region, resource)
    await put(region, stay("s", "ola", "qqward", "2026-11-20"))
    await put(region, stay("s", "kari", "qqward", "2026-11-20"))
    by_extensions_alone = [key_of("Observation/seen"), key_of("Basic/nobodys"), key_of("Bundle/parcel")]
    read = "select * from naming where key <> all ($1) and not (until = 1) order by person, key"
    before = await pool.fetch(read, by_extensions_alone)
    await pool.execute("delete from naming")
    upgrade = (ROOT / "src/fellesjournal/record/schema/0010_naming.sql").read_text()
    for statement in re.findall(r"^insert into naming.*?;$", upgrade, re.MULTILINE | re.DOTALL):
        await pool.execute(statement)
    found = await pool.fetch(read, by_extensions_alone)
    assert {*map(tuple, before)} <= {*map(tuple, found)}
    assert len(before) == 9
