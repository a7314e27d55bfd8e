"""An import in which two people would have one number is refused whole, with file and line."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.bulk.bulk_files import Import, write_bundle, write_lines
from record.bulk.test_importing import found, observation, patient

BIRTH_NUMBER, HPR = "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.4"
NUMBER = "01818012345"


def bearing(id: str, number: str = NUMBER, **members: Any) -> dict[str, Any]:
    return patient(id, identifier=[{"system": BIRTH_NUMBER, "value": number}], **members)


async def store(record: Record, tree: dict[str, Any]) -> None:
    body = msgspec.json.encode(tree)
    await record.update(tree["resourceType"], tree["id"], body, scope=Scope.everyone())


async def test_two_citizens_of_one_number_are_told_with_both_places_and_nothing_is_imported(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    write_lines(tmp_path / "a.ndjson", patient("other"), bearing("first"), observation("o1", "Patient/first"))
    write_bundle(tmp_path / "b.json", {"resource": bearing("second")})
    told: list[str] = []
    report = await run_import(tmp_path, found=lambda wrong: told.append(str(wrong)))
    assert (report.refused, report.created, report.faults) == (True, 0, 1)
    assert told[0].startswith(f"{tmp_path / 'b.json'}, entry 1: ")
    assert f"Patient/first ({tmp_path / 'a.ndjson'}, line 2) has too" in told[0]
    assert "018180*****" in told[0]
    assert NUMBER not in told[0]
    assert await found(record, "Patient") == await found(record, "Observation") == []


async def test_somebody_in_the_record_keeps_their_number(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    await store(record, bearing("there"))
    write_lines(tmp_path / "a.ndjson", bearing("new"), patient("other"))
    report = await run_import(tmp_path)
    assert (report.refused, report.created) == (True, 0)
    assert "Patient/there (in the record)" in str(report.listed[0])
    assert await found(record, "Patient") == ["there"]


async def test_health_workers_are_looked_at_too(tmp_path: Path, run_import: Import) -> None:
    def worker(id: str) -> dict[str, Any]:
        number = {"system": HPR, "value": "9144889"}
        return {"resourceType": "Practitioner", "id": id, "identifier": [number]}

    write_lines(tmp_path / "a.ndjson", worker("one"), worker("two"))
    assert (await run_import(tmp_path)).refused


@pytest.mark.parametrize(
    "second",
    [
        bearing("second", active=False),
        bearing("second", link=[{"other": {"reference": "Patient/first"}, "type": "seealso"}]),
        bearing("second", link=[{"other": {"reference": "Patient/first"}, "type": "replaced-by"}]),
        patient("second", identifier=[{"system": BIRTH_NUMBER, "value": NUMBER, "use": "old"}]),
        patient("second", identifier=[{"system": "urn:x", "value": NUMBER}]),
        bearing("first", gender="female"),
    ],
)
async def test_what_the_rule_allows_is_imported(
    tmp_path: Path, run_import: Import, second: dict[str, Any]
) -> None:
    write_lines(tmp_path / "a.ndjson", bearing("first"), second)
    report = await run_import(tmp_path)
    assert (report.refused, report.faults) == (False, 0), report.listed


async def test_a_number_may_change_hands_within_an_import_and_be_imported_again(
    tmp_path: Path, run_import: Import, record: Record
) -> None:
    await store(record, bearing("wrongly"))
    write_lines(tmp_path / "a.ndjson", patient("wrongly"), bearing("rightly"))
    assert not (await run_import(tmp_path)).refused
    again = tmp_path / "again.ndjson"
    write_lines(again, bearing("rightly", gender="female"))
    report = await run_import(again)
    assert (report.refused, report.changed) == (False, 1)


async def test_what_is_no_resource_is_left_to_the_import_to_tell(tmp_path: Path, run_import: Import) -> None:
    write_lines(
        tmp_path / "a.ndjson",
        b'{"resourceType":"Patient","identifier":"x"}',
        b'{"resourceType":"Patient","link":[1]}',
        b'["Patient"]',
        bearing("good"),
    )
    report = await run_import(tmp_path)
    assert (report.refused, report.created, report.faults) == (False, 1, 3)
