"""create, read, vread, update and delete: what a person who uses the record experiences."""

from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Conflict, Gone, Invalid, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.conftest import BASE, EVERYONE, body, tree

KARI = {"name": [{"family": "Nordmann", "given": ["Kari"]}], "birthDate": "1980-05-17"}
WEIGHT = (
    b'{"resourceType":"Observation","status":"final","code":{"text":"Vekt"},'
    b'"subject":{"reference":"Patient/kari"},"valueQuantity":{"value":72.50,"unit":"kg"}}'
)


async def test_what_was_sent_is_what_is_read_to_the_byte(record: Record) -> None:
    sent = (
        b'{ "resourceType": "Observation",\n "status":"final", "code":{"text":"\\u00e6 \\/"}, '
        b'"valueQuantity":{"value":1.50e2}}'
    )
    written = await record.create("Observation", sent, scope=EVERYONE)
    read = await record.read("Observation", written.stored.id, scope=EVERYONE)
    assert read.body == (
        b'{"resourceType":"Observation","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-11-23T06:00:01.123Z"},'
        b'"status":"final","code":{"text":"\\u00e6 \\/"},"valueQuantity":{"value":1.50e2}}'
        % written.stored.id.encode()
    )
    assert written.created
    assert read.version == 1


async def test_the_id_in_a_created_body_is_not_used(record: Record) -> None:
    written = await record.create("Patient", body("Patient", id="mine", **KARI), scope=EVERYONE)
    assert written.stored.id != "mine"


async def test_a_resource_can_be_put_under_an_id_of_ones_own(record: Record) -> None:
    written = await record.update("Patient", "kari", body("Patient", id="kari", **KARI), scope=EVERYONE)
    assert (written.created, written.stored.version, written.stored.method) == (True, 1, "PUT")


async def test_every_version_stays_readable(record: Record) -> None:
    for family in ("Nordmann", "Hansen", "Berg"):
        await put_kari(record, family)
    families = [
        tree(await record.vread("Patient", "kari", n, scope=EVERYONE))["name"][0]["family"] for n in (1, 2, 3)
    ]
    assert families == ["Nordmann", "Hansen", "Berg"]
    assert tree(await record.read("Patient", "kari", scope=EVERYONE))["meta"]["versionId"] == "3"


async def test_sending_the_same_again_makes_no_new_version(record: Record) -> None:
    first = await put_kari(record, "Nordmann")
    again = await put_kari(record, "Nordmann")
    assert not again.changed
    assert again.stored.version == 1
    assert again.stored.body == first.stored.body


async def test_an_update_on_top_of_the_version_one_has_read_goes_through(record: Record) -> None:
    await put_kari(record, "Nordmann")
    written = await put_kari(record, "Hansen", if_match=1)
    assert written.stored.version == 2


async def test_an_update_on_top_of_an_older_version_is_refused_and_says_which_is_there(
    record: Record,
) -> None:
    await put_kari(record, "Nordmann")
    await put_kari(record, "Hansen")
    with pytest.raises(PreconditionFailed, match="is at version 2"):
        await put_kari(record, "Berg", if_match=1)
    with pytest.raises(PreconditionFailed, match="there is no Patient/nobody"):
        await record.update("Patient", "nobody", body("Patient", id="nobody"), scope=EVERYONE, if_match=1)


async def test_a_deleted_resource_is_gone_but_its_past_is_not(record: Record) -> None:
    await put_kari(record, "Nordmann")
    gone = await record.delete("Patient", "kari", scope=EVERYONE)
    assert gone is not None
    assert (gone.version, gone.body) == (2, None)
    with pytest.raises(Gone):
        await record.read("Patient", "kari", scope=EVERYONE)
    with pytest.raises(Gone):
        await record.vread("Patient", "kari", 2, scope=EVERYONE)
    assert (await record.vread("Patient", "kari", 1, scope=EVERYONE)).body is not None


async def test_deleting_twice_or_what_never_was_is_no_error(record: Record) -> None:
    await put_kari(record, "Nordmann")
    await record.delete("Patient", "kari", scope=EVERYONE)
    assert await record.delete("Patient", "kari", scope=EVERYONE) is None
    assert await record.delete("Patient", "nobody", scope=EVERYONE) is None


async def test_a_delete_on_top_of_an_older_version_is_refused(record: Record) -> None:
    await put_kari(record, "Nordmann")
    await put_kari(record, "Hansen")
    with pytest.raises(PreconditionFailed):
        await record.delete("Patient", "kari", scope=EVERYONE, if_match=1)
    assert (await record.delete("Patient", "kari", scope=EVERYONE, if_match=2)) is not None


async def test_a_deleted_resource_can_come_back_and_goes_on_from_its_version(record: Record) -> None:
    await put_kari(record, "Nordmann")
    await record.delete("Patient", "kari", scope=EVERYONE)
    back = await put_kari(record, "Hansen")
    assert (back.created, back.stored.version) == (True, 3)
    found = await record.search("Patient", [("family", "Hansen")], scope=EVERYONE)
    assert [entry.stored.id for entry in found.entries] == ["kari"]


async def test_what_is_updated_is_found_by_its_new_values_only(record: Record) -> None:
    await put_kari(record, "Nordmann", gender="female", birthDate="1980-05-17")
    await put_kari(record, "Hansen", gender="other", birthDate="1981-05-17")
    for name, old, new in (
        ("family", "Nordmann", "Hansen"),
        ("gender", "female", "other"),
        ("birthdate", "1980-05-17", "1981-05-17"),
        ("_content", "Nordmann", "Hansen"),
    ):
        assert (await record.search("Patient", [(name, old)], scope=EVERYONE)).entries == []
        assert len((await record.search("Patient", [(name, new)], scope=EVERYONE)).entries) == 1


async def test_what_is_deleted_is_not_found(record: Record, pool: asyncpg.Pool) -> None:
    await put_kari(record, "Nordmann")
    await record.create("Observation", WEIGHT, scope=EVERYONE)
    for page in [await record.search(None, [("_type", "Patient,Observation")], scope=EVERYONE)]:
        for found in page.entries:
            await record.delete(found.stored.type, found.stored.id, scope=EVERYONE)
    assert (await record.search(None, [], scope=EVERYONE)).entries == []
    for table in ("term", "date", "number", "string", "link", "text"):
        assert await pool.fetchval(f"select count(*) from index_{table}") == 0


async def test_a_body_of_another_type_or_id_is_refused(record: Record) -> None:
    with pytest.raises(Invalid, match="of type Patient is expected here; the body is of type Observation"):
        await record.create("Patient", WEIGHT, scope=EVERYONE)
    with pytest.raises(Invalid, match="no resourceType"):
        await record.create("Patient", b"{}", scope=EVERYONE)
    with pytest.raises(Invalid, match="but it is sent to 'ola'"):
        await record.update("Patient", "ola", body("Patient", id="kari"), scope=EVERYONE)
    with pytest.raises(Invalid, match="needs the id"):
        await record.update("Patient", "ola", body("Patient"), scope=EVERYONE)
    with pytest.raises(Invalid, match="is not an id"):
        await record.update("Patient", "o l a", body("Patient", id="ola"), scope=EVERYONE)


async def test_every_fault_of_a_resource_is_told_at_once(record: Record) -> None:
    with pytest.raises(Unprocessable) as refused:
        await record.create("Patient", body("Patient", birthDate="17.5.", colour="red"), scope=EVERYONE)
    assert len(refused.value.issues) == 2


async def test_a_reference_with_our_own_address_is_stored_relative(record: Record) -> None:
    await put_kari(record, "Nordmann")
    sent = WEIGHT.replace(b"Patient/kari", f"{BASE}/Patient/kari".encode())
    written = await record.create("Observation", sent, scope=EVERYONE)
    assert tree(written.stored)["subject"]["reference"] == "Patient/kari"
    found = await record.search("Observation", [("patient", "kari")], scope=EVERYONE)
    assert len(found.entries) == 1


async def test_an_observation_that_was_of_the_wrong_citizen_moves_and_leaves_its_past_behind(
    record: Record, pool: asyncpg.Pool
) -> None:
    first = await record.update("Observation", "w", with_id(WEIGHT), scope=EVERYONE)
    assert first.created
    await record.update("Observation", "w", with_id(WEIGHT.replace(b"72.50", b"73")), scope=EVERYONE)
    moved = with_id(WEIGHT.replace(b"Patient/kari", b"Patient/ola"))
    await record.update("Observation", "w", moved, scope=EVERYONE)
    kari, ola = key_of("Patient/kari"), key_of("Patient/ola")
    for table in ("identity", "resource", "index_term", "index_number", "index_link"):
        citizens = await pool.fetch(f"select distinct citizen from {table}")
        assert [row["citizen"] for row in citizens] == [ola], table
    for citizen, versions in ((kari, [2, 1]), (ola, [3])):
        scope = Scope.of(citizen)
        for id in ("w", None):
            page = await record.history("Observation", id, [], scope=scope)
            assert [entry.stored.version for entry in page.entries] == versions
        for version in (1, 2, 3):
            if version in versions:
                assert (await record.vread("Observation", "w", version, scope=scope)).version == version
            else:
                with pytest.raises(NotFound):
                    await record.vread("Observation", "w", version, scope=scope)
    for asked in ([], [("_at", "2026-11-23T06:00:02Z")]):
        with pytest.raises(NotFound):
            await record.history("Observation", "w", asked, scope=Scope.of(key_of("Patient/nobody")))
    for id in ("w", None):
        page = await record.history("Observation", id, [("_at", "2027")], scope=EVERYONE)
        assert [entry.stored.version for entry in page.entries] == [3]
    assert (await record.history("Observation", "w", [], scope=EVERYONE)).total == 3


async def test_a_citizen_out_of_reach_is_not_there(record: Record) -> None:
    await put_kari(record, "Nordmann")
    await record.update("Observation", "w", with_id(WEIGHT), scope=EVERYONE)
    stranger = Scope.of(key_of("Patient/ola"))
    with pytest.raises(NotFound):
        await record.read("Patient", "kari", scope=stranger)
    with pytest.raises(NotFound):
        await record.update("Patient", "kari", body("Patient", id="kari"), scope=stranger)
    with pytest.raises(NotFound):
        await record.create("Observation", WEIGHT, scope=stranger)
    moved = with_id(WEIGHT.replace(b"Patient/kari", b"Patient/ola"))
    with pytest.raises(NotFound):
        await record.update("Observation", "w", moved, scope=stranger)
    with pytest.raises(NotFound):
        await record.patch("Patient", "kari", b'[{"op":"add","path":"/active","value":true}]', scope=stranger)
    with pytest.raises(NotFound):
        await record.history("Patient", "kari", [], scope=stranger)
    assert await record.delete("Patient", "kari", scope=stranger) is None
    assert (await record.history("Patient", None, [], scope=stranger)).entries == []
    assert (await record.read("Patient", "kari", scope=EVERYONE)).version == 1


async def test_what_is_shared_is_within_every_reach(record: Record) -> None:
    stranger = Scope.of(key_of("Patient/ola"))
    written = await record.create("Organization", body("Organization", name="Nes"), scope=stranger)
    assert (await record.read("Organization", written.stored.id, scope=stranger)).version == 1


async def test_conditional_update_creates_updates_and_refuses(record: Record) -> None:
    wanted = [("identifier", "urn:a|1")]
    numbered = {"identifier": [{"system": "urn:a", "value": "1"}]}
    first = await record.update_where("Patient", wanted, body("Patient", **numbered), scope=EVERYONE)
    second = await record.update_where(
        "Patient", wanted, body("Patient", active=True, **numbered), scope=EVERYONE
    )
    assert (first.created, second.created) == (True, False)
    assert second.stored.id == first.stored.id
    assert second.stored.version == 2
    with pytest.raises(Invalid, match="the body's id is"):
        await record.update_where("Patient", wanted, body("Patient", id="other", **numbered), scope=EVERYONE)
    await put_kari(record, "Nordmann")
    none = [("identifier", "urn:a|2")]
    with pytest.raises(Conflict, match="is there already"):
        await record.update_where("Patient", none, body("Patient", id="kari"), scope=EVERYONE)
    await record.create("Patient", body("Patient", **numbered), scope=EVERYONE)
    with pytest.raises(PreconditionFailed, match="matches several"):
        await record.update_where("Patient", wanted, body("Patient", **numbered), scope=EVERYONE)


async def test_conditional_delete_takes_one_or_says_there_are_several(record: Record) -> None:
    for _ in range(2):
        await record.create("Patient", body("Patient", gender="female"), scope=EVERYONE)
    wanted = [("gender", "female")]
    with pytest.raises(PreconditionFailed):
        await record.delete_where("Patient", wanted, scope=EVERYONE)
    gone = await record.delete_where("Patient", wanted, scope=EVERYONE, several=True)
    assert [stored.version for stored in gone] == [2, 2]
    assert await record.delete_where("Patient", wanted, scope=EVERYONE) == []


async def put_kari(record: Record, family: str, *, if_match: int | None = None, **more: Any) -> Any:
    name = [{"family": family}]
    return await record.update(
        "Patient", "kari", body("Patient", id="kari", name=name, **more), scope=EVERYONE, if_match=if_match
    )


def with_id(resource: bytes) -> bytes:
    return resource.replace(b'"status"', b'"id":"w","status"', 1)


async def test_if_match_tells_nothing_of_what_is_out_of_reach(record: Record) -> None:
    await record.update("Observation", "w", with_id(WEIGHT), scope=EVERYONE)
    ola = Scope.of(key_of("Patient/ola"))
    of_ola = with_id(WEIGHT.replace(b"Patient/kari", b"Patient/ola"))
    absent = of_ola.replace(b'"id":"w"', b'"id":"x"')
    for version in (1, 2):
        for id, sent in (("w", of_ola), ("x", absent)):
            with pytest.raises(PreconditionFailed, match=f"but there is no Observation/{id}"):
                await record.update("Observation", id, sent, scope=ola, if_match=version)
            with pytest.raises(NotFound):
                await record.patch("Observation", id, b"[]", scope=ola, if_match=version)
            assert await record.delete("Observation", id, scope=ola, if_match=version) is None
    with pytest.raises(NotFound):
        await record.update_where("Observation", [("status", "amended")], of_ola, scope=ola)
