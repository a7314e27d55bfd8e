"""Files to import: which are found, and what is read from them."""

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fellesjournal.app import sources
from fellesjournal.errors import Fault

PATIENT = {"resourceType": "Patient", "id": "p1"}


def read(path: Path) -> list[sources.Item]:
    return [item for part in sources.parts(path, sources.digest(path)) for item in sources.items(part)]


def trees(items: list[sources.Item]) -> list[dict[str, Any]]:
    return [msgspec.json.decode(item.body) for item in items]


def write(path: Path, content: Any) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else msgspec.json.encode(content))
    return path


def bundle(*entries: dict[str, Any], type: str = "transaction") -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": type, "entry": list(entries)}


def test_folders_are_searched_for_known_suffixes_and_files_named_twice_come_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.json", "deep/b.ndjson.gz", "c.txt", "package.json", ".index.json"):
        (tmp_path / name).touch()
    found = sources.walk([tmp_path, tmp_path / "a.json", tmp_path / "c.txt"])
    assert [path.name for path in found] == ["a.json", "b.ndjson.gz", "c.txt"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="nothing-here"):
        sources.walk([tmp_path / "nothing-here"])


def test_lines_keep_their_numbers_past_empty_ones_and_without_a_last_newline(tmp_path: Path) -> None:
    items = read(write(tmp_path / "a.ndjson", b'{"id":"1"}\n\n{"id":"2"}\r\n{"id":"3"}'))
    assert [item.place for item in items] == ["line 1", "line 3", "line 4"]
    assert [tree["id"] for tree in trees(items)] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl.gz"])
def test_reading_goes_on_where_it_stopped(tmp_path: Path, name: str) -> None:
    lines = b"".join(b'{"id":"%d"}\n' % number for number in range(50))
    path = write(tmp_path / name, gzip.compress(lines) if name.endswith("gz") else lines)
    [part] = sources.parts(path, "digest")
    items = list(sources.items(part))
    rest = list(sources.items(part._replace(position=items[19].after)))
    assert rest == items[20:]


def test_a_large_file_is_read_in_parts_that_meet_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PART", 100)
    lines = [b'{"id":"%d"}' % (number * 37) for number in range(200)]
    path = write(tmp_path / "a.ndjson", b"\n".join(lines))
    parts = sources.parts(path, "digest")
    items = [item for part in parts for item in sources.items(part)]
    assert len(parts) > 10
    assert [item.body.strip() for item in items] == lines
    assert [item.place for item in items] == [f"line {number}" for number in range(1, 201)]


@pytest.mark.parametrize("type", ["transaction", "batch", "collection", "searchset"])
def test_a_bundle_gives_its_resources_and_what_its_full_urls_stand_for(tmp_path: Path, type: str) -> None:
    patient = {"fullUrl": "urn:uuid:0b4d", "resource": {"resourceType": "Patient"}}
    observation = {
        "fullUrl": "http://elsewhere/fhir/Observation/o1",
        "resource": {"resourceType": "Observation", "id": "o1", "subject": {"reference": "urn:uuid:0b4d"}},
    }
    content = msgspec.json.format(msgspec.json.encode(bundle(patient, observation, type=type)))
    first, second = read(write(tmp_path / "a.json", content))
    assert (first.place, first.spare_id, first.full_url) == ("entry 1", "0b4d", "urn:uuid:0b4d")
    assert first.names is second.names
    assert first.names == {
        "urn:uuid:0b4d": "Patient/0b4d",
        "http://elsewhere/fhir/Observation/o1": "Observation/o1",
    }
    assert trees([first, second]) == [patient["resource"], observation["resource"]]


def test_entries_that_are_no_resources_are_faults_of_their_own(tmp_path: Path) -> None:
    entries: list[dict[str, Any]] = [
        {"request": {"method": "DELETE", "url": "Patient/1"}},
        {"fullUrl": "urn:uuid:1"},
        {"fullUrl": 7, "resource": PATIENT},
        {"resource": PATIENT},
    ]
    items = read(write(tmp_path / "a.json", bundle(*entries)))
    assert [bool(item.faults) for item in items] == [True, True, True, False]
    assert "DELETE" in items[0].faults[0].diagnostics
    assert items[1].faults[0].expression == "Bundle.entry.resource"
    assert [item.place for item in items] == ["entry 1", "entry 2", "entry 3", "entry 4"]


def test_a_bundle_goes_on_after_an_entry(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", bundle(*({"resource": PATIENT | {"id": f"p{n}"}} for n in range(5))))
    [part] = sources.parts(path, "digest")
    assert [tree["id"] for tree in trees(list(sources.items(part._replace(position=3))))] == ["p3", "p4"]


@pytest.mark.parametrize(
    "content", [PATIENT, bundle(type="document"), b'{"resourceType": "Bundle", "type": ']
)
def test_other_documents_are_one_resource_as_they_are(tmp_path: Path, content: Any) -> None:
    path = write(tmp_path / "a.json", content)
    assert [item.body for item in read(path)] == [path.read_bytes()]


def test_a_byte_order_mark_in_front_is_no_part_of_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", b"\xef\xbb\xbf" + msgspec.json.encode(PATIENT))
    assert trees(read(path)) == [PATIENT]


def test_the_same_content_gives_the_same_ids_wherever_it_lies(tmp_path: Path) -> None:
    content = bundle({"resource": {"resourceType": "Patient"}}, {"resource": {"resourceType": "Patient"}})
    one = [item.spare_id for item in read(write(tmp_path / "a.json", content))]
    other = [item.spare_id for item in read(write(tmp_path / "b.json", content))]
    assert one == other
    assert len(set(one)) == 2


@pytest.mark.parametrize("name", ["a.ndjson.gz", "a.json.gz"])
@pytest.mark.parametrize("broken", [slice(0, -5), slice(5, None)])
def test_a_packed_file_that_is_broken_is_one_fault(tmp_path: Path, name: str, broken: slice) -> None:
    path = write(tmp_path / name, gzip.compress(b'{"id":"1"}\n' * 1000)[broken])
    items = read(path)
    assert items[-1].faults
    assert "cannot be read" in items[-1].faults[0].diagnostics


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.ndjson", b'{"resourceType":"Patient"}', True),
        ("a.ndjson", b'{"subject":"Patient/1"}', False),
        ("a.ndjson", b"", False),
        ("a.ndjson.gz", gzip.compress(b"{}", mtime=0), True),
    ],
)
def test_a_file_that_does_not_mention_a_text_need_not_be_read(
    tmp_path: Path, name: str, content: bytes, expected: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    assert sources.mentions(tmp_path / name, [b'"Patient"', b'"Practitioner"']) is expected
