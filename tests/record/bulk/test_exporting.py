"""Export: everything of one moment, byte for byte, in files that are whole or not there."""

import gzip
from collections.abc import Callable
from pathlib import Path

import asyncpg
import msgspec
import pytest

from fellesjournal.access.audit import reading
from fellesjournal.access.audit.reading import FROM_THE_END, Asked
from fellesjournal.access.audit.sentences import Sentences
from fellesjournal.access.bulk import EXPORTER
from fellesjournal.access.policies import Policies
from fellesjournal.app import transfer
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.bulk import exporting
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.bulk.bulk_files import Import

EVERYONE = Scope.everyone()


async def fill(record: Record, number: int) -> list[bytes]:
    bodies = []
    for n in range(number):
        body = msgspec.json.encode({"resourceType": "Patient", "id": f"p{n}", "multipleBirthInteger": n})
        written = await record.update("Patient", f"p{n}", body, scope=EVERYONE)
        assert written.stored.body is not None
        bodies.append(written.stored.body)
    return bodies


@pytest.mark.parametrize("compress", [False, True])
async def test_what_is_stored_is_written_byte_for_byte(
    tmp_path: Path, record: Record, database_url: str, compress: bool
) -> None:
    bodies = await fill(record, 30)
    organization = await record.create(
        "Organization", b'{"resourceType":"Organization","name":"Nes"}', scope=EVERYONE
    )
    report = await transfer.export_to(database_url, tmp_path / "out", scope=EVERYONE, compress=compress)
    ending = ".ndjson.gz" if compress else ".ndjson"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"Organization{ending}",
        f"Patient{ending}",
    ]
    opened: Callable[[bytes], bytes] = gzip.decompress if compress else bytes
    lines = opened((tmp_path / "out" / f"Patient{ending}").read_bytes()).splitlines()
    assert sorted(lines) == sorted(bodies)
    content = opened((tmp_path / "out" / f"Organization{ending}").read_bytes())
    assert content == (organization.stored.body or b"") + b"\n"
    assert (report.resources, report.resources_in_all, len(report.files)) == (31, 31, 2)


async def test_what_is_exported_can_be_imported_elsewhere(
    tmp_path: Path, record: Record, database_url: str, run_import: Import, pool: asyncpg.Pool
) -> None:
    await fill(record, 5)
    await transfer.export_to(database_url, tmp_path, scope=EVERYONE)
    await pool.execute(
        "truncate identity, resource, resource_history, change, index_term, index_number, index_text"
    )
    report = await run_import(tmp_path)
    assert (report.created, report.faults) == (5, 0)
    stored = await record.read("Patient", "p4", scope=EVERYONE)
    assert stored.body is not None
    assert msgspec.json.decode(stored.body)["multipleBirthInteger"] == 4


async def test_what_is_written_meanwhile_is_not_seen(record: Record, pool: asyncpg.Pool) -> None:
    bodies = await fill(record, 2)
    async with exporting.snapshot(pool, EVERYONE) as snapshot:
        assert await snapshot.numbers() == {"Patient": 2}
        await record.update("Patient", "p0", b'{"resourceType":"Patient","id":"p0"}', scope=EVERYONE)
        await record.create("Patient", b'{"resourceType":"Patient"}', scope=EVERYONE)
        seen = [body async for some in snapshot.bodies("Patient") for body in some]
    assert sorted(seen) == sorted(bodies)


async def test_only_what_is_within_reach_is_exported(
    tmp_path: Path, record: Record, database_url: str
) -> None:
    await fill(record, 3)
    await record.create("Organization", b'{"resourceType":"Organization","name":"Nes"}', scope=EVERYONE)
    report = await transfer.export_to(database_url, tmp_path, scope=Scope.of(key_of("Patient/p1")))
    assert report.resources == 2
    assert b'"id":"p1"' in (tmp_path / "Patient.ndjson").read_bytes()


async def test_each_citizen_is_told_and_no_other(
    tmp_path: Path, record: Record, database_url: str, pool: asyncpg.Pool
) -> None:
    await fill(record, 3)
    await transfer.export_to(database_url, tmp_path, scope=Scope.of(key_of("Patient/p1")))
    told = await reading.accesses(pool, Asked(person=EXPORTER.person), FROM_THE_END, 10)
    assert [(one.access.citizen, one.access.patient) for one in told] == [
        (key_of("Patient/p1"), "Patient/p1"),
        (0, ""),
    ]
    sentence = Sentences(Policies()).sentence([told[0].access], "nb")
    assert sentence == (
        "Programmet for eksport av journaler åpnet hele journalen som en del av driften av journalen."
    )
    await transfer.export_to(database_url, tmp_path, scope=EVERYONE)
    told = await reading.accesses(pool, Asked(person=EXPORTER.person), FROM_THE_END, 10)
    assert sorted(one.access.patient for one in told[:-2]) == ["", "Patient/p0", "Patient/p1", "Patient/p2"]


async def test_an_empty_record_gives_no_files(tmp_path: Path, database_url: str) -> None:
    report = await transfer.export_to(database_url, tmp_path / "out", scope=EVERYONE)
    assert (report.resources, list((tmp_path / "out").iterdir())) == (0, [])


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match="file/below"):
        await transfer.export_to(database_url, tmp_path / "file" / "below", scope=EVERYONE)
