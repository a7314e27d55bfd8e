"""The Synthea set (../shared/data/synthea): unpacked, minified and multiplied with new ids."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

ARCHIVE = Path(__file__).parents[2] / "shared" / "data" / "synthea" / "synthea-r4-bundles.tar.xz"
COPIES_AT_MOST = 16

_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HEX = b"0123456789abcdef"


def unpacked(folder: Path, copies: int = 1) -> list[Path]:
    """The bundles as minified JSON files in `folder`/000, 001, ..., one folder a copy; written once.

    Every UUID of copy k (ids, references, identifiers alike) differs from the original in its first
    hexadecimal digit, by exclusive or with k: copies never meet, and `original` finds the way back.
    Raises FileNotFoundError when the archive is not there.
    """
    if copies > COPIES_AT_MOST:
        raise ValueError(f"at most {COPIES_AT_MOST} copies")
    missing = [copy for copy in range(copies) if not (folder / f"{copy:03}" / "complete").exists()]
    for name, text in _bundles() if missing else ():
        for copy in missing:
            target = folder / f"{copy:03}"
            target.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(renamed(text, copy))
    for copy in missing:
        (folder / f"{copy:03}" / "complete").touch()
    return [path for copy in range(copies) for path in sorted((folder / f"{copy:03}").glob("*.json"))]


def _bundles() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and member.name.endswith(".json"):
                yield Path(member.name).name, msgspec.json.format(file.read(), indent=-1)


def renamed(text: bytes, copy: int) -> bytes:
    """`text` with the UUIDs of copy number `copy`; applied twice it is `text` again."""
    if copy == 0:
        return text
    return _UUID.sub(lambda found: _other(found[0], copy), text)


def original(identifier: str, copy: int) -> str:
    """The id in the original set of the resource that has `identifier` in copy number `copy`."""
    return _other(identifier.encode(), copy).decode()


def _other(uuid: bytes, copy: int) -> bytes:
    digit = _HEX[int(uuid[:1], 16) ^ copy]
    return bytes((digit,)) + uuid[1:]


def resources(files: list[Path]) -> Iterator[dict[str, Any]]:
    """Every resource of the bundles, each id once, with references as the record holds them ("Type/id")."""
    seen: set[str] = set()
    for path in files:
        bundle = msgspec.json.decode(path.read_bytes())
        names = {
            e["fullUrl"]: f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]
        }
        for entry in bundle["entry"]:
            if entry["fullUrl"] not in seen:
                seen.add(entry["fullUrl"])
                yield _resolved(entry["resource"], names)


def _resolved(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            name: names.get(part, part) if name == "reference" else _resolved(part, names)
            for name, part in value.items()
        }
    return [_resolved(part, names) for part in value] if isinstance(value, list) else value
