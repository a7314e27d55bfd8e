"""Files to import: found, recognised, and read resource by resource with little memory.

Known are Bundles (transaction, batch, collection, searchset), single resources, and NDJSON as Bulk Data
writes it (one resource a line), each also compressed with gzip.
"""

import mmap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec
from isal import igzip, igzip_lib

from fellesjournal.errors import Fault, Issue
from fellesjournal.fhir.resource import is_id

NOT_RESOURCES = frozenset({"package.json", "package-lock.json"})
SUFFIXES = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
UNPACKED_BUNDLES = frozenset({"transaction", "batch", "collection", "searchset"})
"""Bundles whose resources are stored one by one; others (document, message) are resources themselves."""
PART = 16 * 1024 * 1024
"""NDJSON files larger than this are read in parts of about this many bytes, side by side."""
CHUNK = 1024 * 1024

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Editors write it in front of a file; it is no part of the JSON."""

_UNREADABLE: tuple[Any, ...] = (OSError, EOFError, igzip_lib.IsalError)
_IDS = UUID("5f0d0f3c-9a43-5b0e-8f6a-3b1f0c6e2d11")
"""Namespace of the ids given to resources that come without one: the same file gives the same ids again."""


class Part(NamedTuple):
    """A file, or a stretch of a large NDJSON file: the lines that start in [start, stop)."""

    path: Path
    digest: str
    start: int
    stop: int
    position: int
    """Where to go on: bytes into the (unpacked) NDJSON, or entries into the Bundle."""

    @property
    def size(self) -> int:
        """In bytes."""
        return self.stop - self.start

    def at(self, position: int) -> "Part":
        """The same part, to be gone on with at a position."""
        return self._replace(position=position)

    def items(self) -> Iterator["Item"]:
        """The resources from its position on; a file that cannot be read is one Item with faults."""
        return items(self)


class Item(NamedTuple):
    """One resource of a part, or what is wrong with it."""

    place: str
    """Where it stands, for people: "line 17", "entry 3"."""
    after: int
    """The part's position once this item is done."""
    body: bytes = b""
    spare_id: str = ""
    """The id it gets when it has none."""
    full_url: str = ""
    names: Mapping[str, str] | None = None
    """In a Bundle: what its full URLs stand for ("Patient/1"); the same object for all entries."""
    faults: tuple[Issue, ...] = ()
    is_ours: bool = False
    """Whether this program wrote the body (fhir.json.written_here)."""


class _Entry(msgspec.Struct):
    resource: msgspec.Raw = msgspec.Raw()
    fullUrl: str = ""  # noqa: N815 -- the name FHIR gives it
    request: dict[str, msgspec.Raw] = {}


class _Bundle(msgspec.Struct):
    resourceType: str  # noqa: N815 -- the name FHIR gives it
    type: str = ""
    entry: list[msgspec.Raw] = []


class _Named(msgspec.Struct):
    resourceType: str  # noqa: N815 -- the name FHIR gives it
    id: str = ""


_bundle = msgspec.json.Decoder(_Bundle).decode
_entry = msgspec.json.Decoder(_Entry).decode
_named = msgspec.json.Decoder(_Named).decode


def walk(paths: Iterable[Path]) -> list[Path]:
    """The files to import: those named, and those with a known suffix anywhere below the folders named.

    Hidden files and the package.json of a FHIR package are passed over. Raises Fault for a path that is not
    there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(
                dict.fromkeys(file.resolve() for file in sorted(path.rglob("*")) if _is_wanted(file))
            )
        elif path.is_file():
            found[path.resolve()] = None
        else:
            raise Fault(f"There is no file or folder {path}.")
    return list(found)


def _is_wanted(file: Path) -> bool:
    name = file.name.lower()
    hidden = name.startswith(".") or name in NOT_RESOURCES
    return name.endswith(SUFFIXES) and not hidden and file.is_file()


def digest(path: Path) -> str:
    """What a file holds, in 32 hexadecimal digits: a file moved or copied is known again."""
    with path.open("rb") as file:
        state = blake2b(digest_size=16)
        while chunk := file.read(CHUNK):
            state.update(chunk)
    return state.hexdigest()


def parts(path: Path, name: str) -> list[Part]:
    """The parts in which to read a file; `name` is its digest."""
    size = path.stat().st_size
    if not _is_lines(path) or path.suffix == ".gz" or size <= PART:
        return [Part(path, name, 0, size, 0)]
    with _mapped(path) as content:
        starts = [0]
        while starts[-1] + PART < size:
            newline = content.find(b"\n", starts[-1] + PART)
            if newline < 0 or newline + 1 >= size:
                break
            starts.append(newline + 1)
    return [Part(path, name, at, stop, at) for at, stop in zip(starts, [*starts[1:], size], strict=True)]


def mentions(path: Path, texts: Iterable[bytes]) -> bool:
    """Whether a file may hold one of the texts: of a compressed one it is not looked up."""
    if path.suffix == ".gz" or path.stat().st_size == 0:
        return path.suffix == ".gz"
    with _mapped(path) as content:
        return any(content.find(text) >= 0 for text in texts)


def items(part: Part) -> Iterator[Item]:
    """The resources of a part from its position on. A file that cannot be read is one Item with faults."""
    try:
        if not _is_lines(part.path):
            yield from _document(part)
        elif part.path.suffix == ".gz":
            yield from _packed_lines(part)
        else:
            yield from _lines(part)
    except _UNREADABLE as error:
        yield Item("the file", part.stop, faults=(Issue("exception", f"It cannot be read: {error}"),))


def _is_lines(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl"))


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content


def _lines(part: Part) -> Iterator[Item]:
    if part.stop == 0:
        return
    with _mapped(part.path) as content:
        number = _lines_before(content, part.position)
        content.seek(part.position)
        while content.tell() < part.stop and (line := content.readline()):
            number += 1
            if line.strip():
                yield _line(part, number, content.tell(), line)


def _lines_before(content: mmap.mmap, position: int) -> int:
    return sum(content[at : min(at + CHUNK, position)].count(b"\n") for at in range(0, position, CHUNK))


def _packed_lines(part: Part) -> Iterator[Item]:
    position = 0
    with igzip.open(part.path, "rb") as content:  # type: ignore[no-untyped-call] # published without types
        for number, line in enumerate(content, 1):
            position += len(line)
            if position > part.position and line.strip():
                yield _line(part, number, position, line)


def _line(part: Part, number: int, after: int, line: bytes) -> Item:
    return Item(f"line {number}", after, line, _spare_id(part, number))


def _spare_id(part: Part, number: int) -> str:
    return str(uuid5(_IDS, f"{part.digest} {number}"))


def _document(part: Part) -> Iterator[Item]:
    raw = part.path.read_bytes()
    if part.path.suffix == ".gz":
        raw = igzip.decompress(raw)  # type: ignore[no-untyped-call] # published without types
    raw = raw.removeprefix(BYTE_ORDER_MARK)
    try:
        bundle = _bundle(msgspec.json.format(raw, indent=-1))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        bundle = _Bundle("")
    if bundle.resourceType == "Bundle" and bundle.type in UNPACKED_BUNDLES:
        yield from _entries(part, bundle)
    elif part.position == 0:
        yield Item("the resource", 1, raw, _spare_id(part, 1))


def _entries(part: Part, bundle: _Bundle) -> Iterator[Item]:
    entries = [_opened(raw) for raw in bundle.entry]
    names: dict[str, str] = {}
    spare_ids = []
    for number, entry in enumerate(entries, 1):
        spare_ids.append(_entry_id(entry, part, number))
        named = _name(entry)
        if entry.fullUrl and named.resourceType:
            names[entry.fullUrl] = f"{named.resourceType}/{named.id or spare_ids[-1]}"
    for number, entry in enumerate(entries[part.position :], part.position + 1):
        place = f"entry {number}"
        if faults := _unwelcome(entry):
            yield Item(place, number, faults=faults)
        else:
            yield Item(place, number, bytes(entry.resource), spare_ids[number - 1], entry.fullUrl, names)


def _opened(raw: msgspec.Raw) -> _Entry:
    try:
        return _entry(raw)
    except msgspec.MsgspecError:
        return _Entry(request={"malformed": msgspec.Raw()})


def _name(entry: _Entry) -> _Named:
    try:
        return _named(entry.resource)
    except msgspec.MsgspecError:
        return _Named("")


def _entry_id(entry: _Entry, part: Part, number: int) -> str:
    uuid = entry.fullUrl.removeprefix("urn:uuid:")
    return uuid if uuid != entry.fullUrl and is_id(uuid) else _spare_id(part, number)


def _unwelcome(entry: _Entry) -> tuple[Issue, ...]:
    if "malformed" in entry.request:
        return (Issue("structure", "The entry is not as Bundle.entry should be.", "Bundle.entry"),)
    method = bytes(entry.request.get("method", b'"PUT"'))
    if method not in (b'"POST"', b'"PUT"'):
        return (
            Issue(
                "not-supported",
                f"An import only stores; {method.decode()} is not carried out.",
                "Bundle.entry.request.method",
            ),
        )
    if not bytes(entry.resource):
        return (Issue("required", "The entry has no resource.", "Bundle.entry.resource"),)
    return ()
