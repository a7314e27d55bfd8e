"""Import: everything is stored once, whatever stops it, and what is faulty is told of."""

import gzip
import multiprocessing
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.app import import_worker
from fellesjournal.app.import_worker import Wrong
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Fault
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.bulk.bulk_files import Import, write_bundle, write_lines

EVERYONE = Scope.everyone()


def patient(id: str, **members: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, **members}


def observation(id: str, subject: str) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": code,
        "subject": {"reference": subject},
    }


async def found(record: Record, type_name: str, **parameters: str) -> list[str]:
    page = await record.search(type_name, list(parameters.items()), scope=EVERYONE)
    return sorted(entry.stored.id for entry in page.entries)


async def stored_tree(record: Record, type_name: str, id: str) -> dict[str, Any]:
    stored = await record.read(type_name, id, scope=EVERYONE)
    assert stored.body is not None
    tree: dict[str, Any] = msgspec.json.decode(stored.body)
    return tree


async def test_bundles_lines_and_single_files_are_stored_and_found(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    write_bundle(
        tmp_path / "bundle.json",
        {"fullUrl": "urn:uuid:27c0d1a4-0c36-4a5c-9a35-7a5f2b0c5e11", "resource": {"resourceType": "Patient"}},
        {"resource": observation("o1", "urn:uuid:27c0d1a4-0c36-4a5c-9a35-7a5f2b0c5e11")},
    )
    write_lines(
        tmp_path / "lines.ndjson", patient("p1", birthDate="1950-01-01"), observation("o2", "Patient/p1")
    )
    (tmp_path / "packed.ndjson.gz").write_bytes(gzip.compress(msgspec.json.encode(patient("p2"))))
    (tmp_path / "one.json").write_bytes(msgspec.json.encode(patient("p3")))
    report = await run_import(tmp_path)
    assert (report.created, report.faults, report.files_done) == (6, 0, 4)
    assert report.bytes_done == report.bytes
    assert await found(record, "Observation", patient="27c0d1a4-0c36-4a5c-9a35-7a5f2b0c5e11") == ["o1"]
    assert await found(record, "Observation", **{"patient.birthdate": "1950"}) == ["o2"]
    assert len(await found(record, "Patient")) == 4


async def test_what_is_faulty_is_told_with_its_place_and_the_rest_is_stored(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    lines = write_lines(
        tmp_path / "lines.ndjson",
        patient("p1"),
        b'{"resourceType":"Patient","id":"p2",',
        patient("p3", gender="robot", colour="blue"),
        b'{"hello":"world"}',
        patient("p4"),
    )
    bundle = write_bundle(
        tmp_path / "bundle.json", {"resource": patient("not an id")}, {"resource": patient("p5")}
    )
    told: list[Wrong] = []
    report = await run_import(tmp_path, found=told.append)
    assert (report.created, report.faults) == (3, 4)
    places = {(wrong.path, wrong.place): wrong for wrong in told}
    assert set(places) == {(lines, "line 2"), (lines, "line 3"), (lines, "line 4"), (bundle, "entry 1")}
    assert {issue.expression for issue in places[lines, "line 3"].issues} == {
        "Patient.gender",
        "Patient.colour",
    }
    assert str(places[lines, "line 3"]).startswith(f"{lines}, line 3: Patient.")
    assert sorted(report.listed) == sorted(told)
    assert await found(record, "Patient") == ["p1", "p4", "p5"]


async def test_a_second_import_reads_nothing_again(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    write_lines(tmp_path / "a.ndjson", *(patient(f"p{n}") for n in range(700)))
    assert (await run_import(tmp_path)).created == 700
    (tmp_path / "a.ndjson").rename(tmp_path / "moved.ndjson")
    again = await run_import(tmp_path)
    assert (again.resources, again.files_done, again.bytes_done) == (0, 1, again.bytes)
    assert (again.files_earlier, again.faults_earlier) == (1, 0)
    assert (await record.read("Patient", "p7", scope=EVERYONE)).version == 1


async def test_a_second_import_remembers_what_was_faulty(tmp_path: Path, run_import: Import) -> None:
    file = write_lines(tmp_path / "a.ndjson", patient("p1"), patient("p2", colour="red"), b"{", patient("p3"))
    first = await run_import(tmp_path)
    assert (first.faults, first.files_earlier, first.faults_earlier) == (2, 0, 0)
    again = await run_import(tmp_path)
    assert (again.faults, again.files_earlier, again.faults_earlier) == (0, 1, 2)
    write_lines(file, patient("p1"), patient("p2"), patient("p3"))
    mended = await run_import(tmp_path)
    assert (mended.created, mended.unchanged, mended.faults_earlier) == (1, 2, 0)


async def test_what_is_there_and_the_same_stays_and_what_differs_is_the_next_version(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    write_lines(tmp_path / "a.ndjson", patient("p1", active=True), patient("p2"))
    await run_import(tmp_path / "a.ndjson")
    write_lines(tmp_path / "b.ndjson", patient("p1", active=False), patient("p2"), patient("p3"))
    report = await run_import(tmp_path / "b.ndjson")
    assert (report.created, report.changed, report.unchanged) == (1, 1, 1)
    assert (await record.read("Patient", "p1", scope=EVERYONE)).version == 2
    assert await found(record, "Patient", active="true") == []


async def test_references_to_our_own_address_become_relative(
    tmp_path: Path, run_import: Import, record: Record, settings: Settings
) -> None:
    own = f"{settings.bases[0]}/Patient/p1"
    write_lines(tmp_path / "a.ndjson", patient("p1"), observation("o1", own))
    await run_import(tmp_path)
    assert (await stored_tree(record, "Observation", "o1"))["subject"] == {"reference": "Patient/p1"}
    assert await found(record, "Observation", subject="Patient/p1") == ["o1"]


async def test_the_same_resource_twice_in_a_file_leaves_the_last(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    write_lines(tmp_path / "a.ndjson", patient("p1", active=True), patient("p1", active=False))
    report = await run_import(tmp_path)
    assert (report.created, report.changed) == (1, 1)
    assert (await stored_tree(record, "Patient", "p1"))["active"] is False


async def test_a_resource_without_id_gets_the_same_one_each_time(
    tmp_path: Path, run_import: Import, record: Record, pool: asyncpg.Pool
) -> None:
    write_lines(tmp_path / "a.ndjson", {"resourceType": "Patient", "active": True})
    await run_import(tmp_path)
    await pool.execute("delete from import_part")
    report = await run_import(tmp_path)
    assert (report.created, report.unchanged) == (0, 1)


async def test_an_import_whose_worker_was_killed_goes_on_where_it_was(
    tmp_path: Path, run_import: Import, record: Record, pool: asyncpg.Pool
) -> None:
    write_lines(tmp_path / "a.ndjson", *(patient(f"p{n}", multipleBirthInteger=n) for n in range(4000)))

    def kill_once_under_way(report: Any) -> None:
        if report.resources:
            for process in multiprocessing.active_children():
                process.kill()

    with pytest.raises(Trouble, match="goes on where it was"):
        await run_import(tmp_path, progress=kill_once_under_way)
    before = await pool.fetchval("select count(*) from resource")
    assert 0 < before < 4000
    rest = await run_import(tmp_path)
    assert (rest.created, rest.unchanged, rest.changed) == (4000 - before, 0, 0)
    assert await pool.fetchval("select count(*) from resource") == 4000


async def test_workers_that_share_resources_neither_wait_for_each_other_nor_store_twice(
    tmp_path: Path, run_import: Import, pool: asyncpg.Pool
) -> None:
    shared = [
        {"resource": {"resourceType": "Organization", "id": f"shared-{n}", "name": "Delt"}}
        for n in range(300)
    ]
    for number in range(12):
        own = [{"resource": patient(f"p{number}-{n}")} for n in range(200)]
        write_bundle(tmp_path / f"{number}.json", *(shared if number % 2 else reversed(shared)), *own)
    report = await run_import(tmp_path, processes=3)
    assert (report.created, report.changed, report.faults) == (300 + 12 * 200, 0, 0)
    assert await pool.fetchval("select count(*) from resource_history") == 0


async def test_conditional_references_wait_for_what_they_refer_to(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    identifier = {"system": "urn:example:org", "value": "1"}
    hospital = {"resourceType": "Organization", "id": "hospital", "identifier": [identifier]}
    wanted = "Organization?identifier=urn:example:org|1"
    large = [
        {"resource": patient(f"large-{n}", managingOrganization={"reference": wanted})} for n in range(50)
    ]
    write_bundle(tmp_path / "a.json", *large)
    write_bundle(tmp_path / "b.json", {"resource": hospital})
    write_bundle(
        tmp_path / "c.json", {"resource": patient("lost", managingOrganization={"reference": wanted + "2"})}
    )
    told: list[Wrong] = []
    report = await run_import(tmp_path, found=told.append)
    assert (report.created, report.files_done, [wrong.path.name for wrong in told]) == (51, 3, ["c.json"])
    assert "Organization?identifier=urn:example:org|12" in str(told[0])
    assert len(await found(record, "Patient", organization="hospital", _count="100")) == 50


async def test_what_the_database_cannot_hold_is_found_among_the_others(
    tmp_path: Path, run_import: Import, record: Record, pool: asyncpg.Pool
) -> None:
    await pool.execute(
        """
        create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'too much' using errcode = 'program_limit_exceeded'; end $$;
        create trigger refuse before insert on identity for each row
            when (new.id = 'p37') execute function refuse()
        """
    )
    write_lines(tmp_path / "a.ndjson", *(patient(f"p{n}") for n in range(100)))
    report = await run_import(tmp_path)
    assert (report.created, report.faults) == (99, 1)
    assert (report.listed[0].place, "too much" in str(report.listed[0])) == ("line 38", True)
    assert len(await found(record, "Patient", _count="200")) == 99


async def test_a_path_that_is_not_there_stops_before_anything_is_read(
    tmp_path: Path, run_import: Import
) -> None:
    with pytest.raises(Fault, match="nowhere"):
        await run_import(tmp_path / "nowhere")


async def test_progress_ends_with_everything_done(tmp_path: Path, run_import: Import) -> None:
    write_lines(tmp_path / "a.ndjson", *(patient(f"p{n}") for n in range(import_worker.BATCH * 3)))
    seen: list[tuple[int, int]] = []
    await run_import(tmp_path, progress=lambda report: seen.append((report.bytes_done, report.bytes)))
    assert seen[-1][0] == seen[-1][1] > 0
