"""Files of code systems on this machine: opened, unpacked where they are zips, and given to their reader."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import msgspec

from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.terminology.release import Release
from fellesjournal.terminology.sources import code_system, fest, helsedirektoratet, loinc, nlk, snomed

CHUNK = 1024 * 1024


class Member(NamedTuple):
    """A file, or a file inside a zip."""

    name: str
    open: Callable[[], IO[bytes]]

    def lines(self) -> Iterator[bytes]:
        """Its lines, read when they are asked for."""
        with self.open() as file:
            yield from file

    def chunks(self) -> Iterator[bytes]:
        """Its content in pieces, read when they are asked for."""
        with self.open() as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def content(self) -> bytes:
        """All of it."""
        return b"".join(self.chunks())


class Asked(NamedTuple):
    """What an operator asks to have read."""

    members: Sequence[Member]
    version: str

    @property
    def source(self) -> str:
        """The names of the files, for people."""
        return ", ".join(member.name for member in self.members)

    def needed_version(self) -> str:
        """The version. Raises Trouble where none was named and the files do not tell it."""
        if not self.version:
            raise Trouble(f"{self.source} does not tell its version: name it with --version.")
        return self.version

    def only(self) -> Member:
        """The one file. Raises Trouble when there are more."""
        if len(self.members) != 1:
            raise Trouble(f"One file is read at a time, and these are {len(self.members)}: {self.source}.")
        return self.members[0]


class Kind(NamedTuple):
    """A kind of file that can be added."""

    title: str
    url: str
    licence: str
    file: str
    """What to fetch, and where, in a sentence for people."""
    read: Callable[[Asked], Release]


def read(kind: str, paths: Sequence[Path], version: str, valid_from: date | None) -> Release:
    """The release in files of a kind (a key of KINDS); zips and folders are looked into.

    The files are read while the release's concepts are. Raises Trouble for a file that is not there, and
    Unprocessable for one that is not what it should be.
    """
    if kind not in KINDS:
        raise Trouble(f"There is no kind of code system {kind}; there are: {', '.join(KINDS)}.")
    members = [member for path in paths for member in _members(path)]
    release = KINDS[kind].read(Asked(members, version))
    return replace(release, valid_from=valid_from or release.valid_from)


def _members(path: Path) -> Iterator[Member]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not inner.name.startswith("."):
                yield from _members(inner)
    elif not path.is_file():
        raise Trouble(f"There is no file or folder {path}.")
    elif path.suffix.lower() == ".zip":
        yield from _packed(path)
    else:
        yield Member(path.name, lambda: path.open("rb"))


def _packed(path: Path) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise Trouble(f"{path} cannot be unpacked: it is no zip file, or it is damaged.") from None
    for info in archive.infolist():
        if not info.is_dir():
            name = PurePosixPath(info.filename).name
            yield Member(name, lambda info=info: archive.open(info))  # type: ignore[misc] # bound per turn


def _download(kind: str) -> Callable[[Asked], Release]:
    def read_one(asked: Asked) -> Release:
        version = asked.needed_version()
        return helsedirektoratet.release([_table(member) for member in asked.members], kind, version)

    return read_one


def _table(member: Member) -> helsedirektoratet.Table:
    if member.name.lower().endswith(".json"):
        return helsedirektoratet.from_json(member.content(), member.name)
    return helsedirektoratet.from_csv(member.lines(), member.name)


def _nlk(asked: Asked) -> Release:
    member = asked.only()
    return nlk.release(member.lines(), asked.needed_version(), member.name)


def _fest(asked: Asked) -> Release:
    member = asked.only()
    return fest.release(member.chunks(), member.name, asked.version)


def _fhir(asked: Asked) -> Release:
    member = asked.only()
    try:
        resource = msgspec.json.decode(member.content(), type=dict)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{member.name} is no JSON object: {error}.") from None
    return code_system.release(resource, version=asked.version, source=member.name)


def _loinc(asked: Asked) -> Release:
    by_name = {member.name: member for member in asked.members}
    if (table := by_name.get("Loinc.csv")) is None:
        raise Trouble(f"There is no Loinc.csv among the files: {asked.source[:300] or 'none'}.")
    version = asked.needed_version()
    tree = by_name.get("ComponentHierarchyBySystem.csv")
    hierarchy = loinc.Hierarchy.read(tree.lines(), tree.name) if tree else None
    return loinc.release(table.lines(), version, table.name, hierarchy)


def _snomed(asked: Asked) -> Release:
    marks = {
        "_Concept_Snapshot": "concepts",
        "_Description_Snapshot": "descriptions",
        "_Relationship_Snapshot": "relationships",
        "_cRefset_LanguageSnapshot": "languages",
    }
    files = snomed.Files()
    for member in asked.members:
        for mark, kind in marks.items():
            if mark in member.name:
                getattr(files, kind).append(snomed.File(member.name, member.lines()))
    if missing := [mark for mark, kind in marks.items() if not getattr(files, kind)]:
        raise Trouble(
            f"There is no file with {' or '.join(missing)} in its name: give the release's zip file, "
            "or the folder where it is unpacked."
        )
    names = [file.name for file in files.concepts]
    version = asked.version or max(map(snomed.version_of, names))
    if not version:
        raise Trouble(f"{', '.join(names)} does not tell its version: name it with --version.")
    return snomed.release(files, version, ", ".join(names))


def _downloaded(kind: str, file: str) -> Kind:
    system = helsedirektoratet.SYSTEMS[kind]
    return Kind(system.title, system.url, system.licence, file, _download(kind))


KINDS = {
    "icd-10": _downloaded(
        "icd-10", "Helsedirektoratet's download, JSON or CSV: every code with its dates, blocks and chapters."
    ),
    "icpc-2": _downloaded("icpc-2", "Helsedirektoratet's download, JSON or CSV: process codes too."),
    "nkpk": _downloaded(
        "nkpk", "Helsedirektoratet's downloads of NCSP, NCMP and NCRP together, JSON or CSV."
    ),
    "nlk": Kind(
        "Norsk laboratoriekodeverk", nlk.URL, nlk.LICENCE, "Helsedirektoratet's list 7280 as CSV.", _nlk
    ),
    "fest": Kind("FEST", fest.URL, fest.LICENCE, "fest251.zip from DMP, new before the 1st and 15th.", _fest),
    "snomed": Kind(
        "SNOMED CT, Norwegian edition",
        snomed.URL,
        snomed.LICENCE,
        "The release's zip file (RF2, snapshot), from Helsedirektoratet to holders of a licence.",
        _snomed,
    ),
    "loinc": Kind(
        "LOINC",
        loinc.URL,
        loinc.LICENCE,
        "Loinc.csv, with ComponentHierarchyBySystem.csv beside it where groups are wanted, from loinc.org.",
        _loinc,
    ),
    "fhir": Kind("Any", "as the resource says", "as the resource says", "A CodeSystem as JSON.", _fhir),
}
"""The kinds, by the word that the command takes."""
