"""The demo: a practice site below the data folder, with synthetic citizens."""

import os
import tarfile
import webbrowser
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from pathlib import Path, PurePosixPath

import msgspec
from rich.console import Console

from fellesjournal.app import sample, server, staff
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

LARGER_SET = Path("..", "shared", "data", "fhir-test-data-r4", "fhir.test.data.r4.tar.xz")
"""A hundred synthetic patients (FHIR/packages, CC0), relative to the source tree; used where present."""

CITIZENS, STAFF = "citizens.ndjson", "staff.ndjson"

R3_NAMES = (
    (b'"context":{"reference":"Encounter/', b'"encounter":{"reference":"Encounter/'),
    (
        b'"http://hl7.org/fhir/condition-clinical"',
        b'"http://terminology.hl7.org/CodeSystem/condition-clinical"',
    ),
    (
        b'"http://hl7.org/fhir/condition-ver-status"',
        b'"http://terminology.hl7.org/CodeSystem/condition-ver-status"',
    ),
)
"""What that set writes as FHIR R3 did, and how R4 has it."""


def settings(given: Settings) -> Settings:
    """The demo's settings; they are put in the environment too, for the server's workers to read.

    Raises Trouble for a database that nobody has said is for practice.
    """
    if given.database_url and not given.practice_site:
        raise Trouble(
            "The demo has no sign-in: set FELLESJOURNAL_PRACTICE_SITE=true if no real person is in the "
            "database that DATABASE_URL names."
        )
    chosen = replace(given, data=given.data / "demo", practice_site=True)
    os.environ["FELLESJOURNAL_DATA"] = str(chosen.data)
    os.environ["FELLESJOURNAL_PRACTICE_SITE"] = "true"
    os.environ["FELLESJOURNAL_PORT"] = str(chosen.port)
    return chosen


def missing(chosen: Settings, tree: Path) -> list[Path]:
    """The files that have not been imported: citizens (the larger set, or our own), and staff."""
    files = []
    if not _mark(chosen, CITIZENS).exists():
        larger = tree / LARGER_SET
        lines = _unpacked(larger) if larger.exists() else map(msgspec.json.encode, sample.resources())
        files.append(_written(chosen.data / CITIZENS, lines))
    if not _mark(chosen, STAFF).exists():
        files.append(_written(chosen.data / STAFF, map(msgspec.json.encode, staff.resources())))
    return files


def mark_filled(chosen: Settings, file: Path) -> None:
    """Note that the import of a file has come to its end."""
    _mark(chosen, file.name).touch()


def lacks_terminology(chosen: Settings, made_from: str) -> bool:
    """Whether the code systems of set-up are to be loaded; `made_from` is what they are made from now."""
    mark = _terminology_mark(chosen)
    return not mark.exists() or mark.read_text() != made_from


def mark_terminology(chosen: Settings, made_from: str) -> None:
    """Note that the code systems are loaded, and what they were made from."""
    _terminology_mark(chosen).write_text(made_from)


def welcome(chosen: Settings, console: Console) -> None:
    """Say where the demo is, and show it when there is a desktop."""
    address = f"{server.address_of(chosen)}/"
    console.print(f"\nFellesjournal is ready: {address}\nFHIR R4 service: {address}fhir\nStop with Ctrl-C.")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def _mark(chosen: Settings, name: str) -> Path:
    return chosen.data / {CITIZENS: "filled", STAFF: "filled-with-staff"}[name]


def _terminology_mark(chosen: Settings) -> Path:
    return chosen.data / "code-systems"


def _unpacked(archive: Path) -> Iterable[bytes]:
    """Each resource of the archive on one line, by R4's names where the set still has those of R3."""
    with tarfile.open(archive) as files:
        for member in files:
            path = PurePosixPath(member.name)
            content = files.extractfile(member) if path.match("package/*-*.json") else None
            if content is not None and not path.match("ImplementationGuide-*"):
                line = msgspec.json.format(content.read(), indent=-1)
                yield reduce(lambda text, names: text.replace(*names), R3_NAMES, line)


def _written(file: Path, lines: Iterable[bytes]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        for line in lines:
            out.write(line + b"\n")
    return file
