"""FHIR packages: their profiles, value sets and search parameters become resources, all of them or none.

What is stored counts in every process within a second, profiles at once (record/profiles.py,
record/posted.py). Which packages there are is said by ImplementationGuides.
"""

import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.app.rooms import Rooms
from fellesjournal.errors import Conflict, Fault, Issue, Unprocessable
from fellesjournal.fhir.packages import Package, is_older, read_package
from fellesjournal.fhir.profiles import Library
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored
from fellesjournal.terminology import codesystem

NORWAY = "norway"
"""The word that stands for our own package, in place of a file."""
_NORWAY_MANIFEST = {"name": "fellesjournal.norway", "version": "0.1.0", "fhirVersions": ["4.0.1"]}
_ALWAYS_HERE = frozenset({"hl7.fhir.r4.core", "hl7.fhir.r4.examples"})
"""R4 itself: the same definitions, with and without the examples."""
_GUIDES = "https://fellesjournal.no/fhir/ImplementationGuide"
_BLOCK = 1 << 20
_EVERYONE = Scope.everyone()

Tree = dict[str, Any]


@dataclass(slots=True)
class Added:
    """What came of adding a package."""

    name: str
    version: str
    resources: int
    created: int
    """Those that were not there before."""
    changed: int
    """Those that were there and said something else."""
    search_parameters: int
    left_out: list[str] = field(default_factory=list)
    """URLs of search parameters that R4 has itself, by the same code: R4's go on."""
    missing: list[str] = field(default_factory=list)
    """Packages that it builds on and that are not here: what needs them takes no effect."""
    released: list[str] = field(default_factory=list)
    """URLs of code systems that have releases in the terminology tables: those go on answering."""


class Listed(NamedTuple):
    """A package that is here."""

    name: str
    version: str


def files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a package: a .tgz, a folder, or the word for our own. Raises Trouble for anything else."""
    if str(path) == NORWAY and not path.exists():
        yield "package.json", msgspec.json.encode(_NORWAY_MANIFEST)
        for tree in norwegian_resources():
            yield f"{tree['resourceType']}-{tree['id']}.json", msgspec.json.encode(tree)
    elif path.is_dir():
        yield from _in_folder(path)
    elif path.is_file():
        try:
            with tarfile.open(path) as archive:
                for member in archive:
                    content = archive.extractfile(member) if member.isfile() else None
                    if content is not None:
                        yield member.name, content.read()
                # To the end, where the checksum stands: what was cut off there would not be seen.
                while archive.fileobj is not None and archive.fileobj.read(_BLOCK):
                    pass
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            reason = " ".join(str(error).split()).rstrip(".")
            raise Trouble(f"{path} is no FHIR package (.tgz), or it is damaged: {reason}.") from error
    else:
        raise Trouble(_no_such_file(path))


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    """A package that is unpacked; or a guide as its own tools (SUSHI) write it before it is published, whose
    ImplementationGuide then says what package.json would.
    """
    found = sorted(path.rglob("*.json"))
    guide = next((file for file in found if file.name.startswith("ImplementationGuide-")), None)
    if guide is not None and not any(file.name == "package.json" for file in found):
        yield "package.json", _manifest(guide.read_bytes())
        path = guide.parent
    for file in found:
        if file.is_relative_to(path):
            yield file.relative_to(path).as_posix(), file.read_bytes()


def _manifest(guide: bytes) -> bytes:
    told = msgspec.json.decode(guide)
    needs = {
        one["packageId"]: one.get("version", "") for one in told.get("dependsOn", ()) if "packageId" in one
    }
    manifest = {"name": told.get("packageId", told.get("id", "")), "version": told.get("version", "0")}
    manifest |= {"fhirVersions": told.get("fhirVersion", []), "dependencies": needs}
    return msgspec.json.encode(manifest)


def _no_such_file(path: Path) -> str:
    """Why nothing can be read there, with what may have been meant: a file beside it, or our own package."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    names = [each.name for each in beside if each.is_dir() or each.suffix in (".tgz", ".gz")]
    meant = [str(path.with_name(name)) for name in get_close_matches(path.name, names, 1, 0.6)]
    if path.name == str(path) and get_close_matches(path.name.lower(), [NORWAY], 1, 0.5):
        meant.append(NORWAY)
    guess = f" Did you mean {' or '.join(meant)}?" if meant else ""
    return f"There is no file or folder {path}. Name a package (.tgz), the folder of one, or {NORWAY}.{guess}"


async def add(
    rooms: Rooms, content: Iterable[tuple[str, bytes]], source: str = "", *, force: bool = False
) -> Added:
    """Store a package; `source` is what people call its files together.

    Raises Unprocessable with every fault, each with its file, and Conflict when a newer version is here,
    unless `force` is given; then nothing is stored.
    """
    package = read_package(content, rooms.record.means.preparer.definitions.resource_types, source)
    if not force:
        await _check_version(rooms, package)
    _check_profiles(rooms, package)
    left_out = _of_r4(rooms, package)
    trees = [tree for kind in package.resources.values() for url, tree in kind.items() if url not in left_out]
    placed = [await _entry(rooms, package, tree) for tree in [*trees, _guide(package)]]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry for entry, _ in placed]}
    try:
        _, answers = await rooms.record.transact(msgspec.json.encode(bundle), scope=_EVERYONE)
    except Fault as fault:
        raise Unprocessable(*_in_files(fault, package, trees)) from fault
    parameters = len(package.resources.get("SearchParameter", ())) - len(left_out)
    if parameters:
        await rooms.record.reindex(None, scope=_EVERYONE)
    told = Added(package.name, package.version, len(trees), 0, 0, parameters, left_out)
    for (_, version), answer in list(zip(placed, answers, strict=True))[:-1]:
        told.created += answer.status == 201
        told.changed += answer.stored is not None and 0 < version < answer.stored.version
    told.missing = await _missing(rooms, package)
    released = await rooms.terminology.releases()
    told.released = [
        url
        for url, tree in package.resources.get("CodeSystem", {}).items()
        if url in released and codesystem.has_codes(tree)
    ]
    return told


async def listed(rooms: Rooms) -> list[Listed]:
    """The packages that are here, by name."""
    asked = [("url:below", _GUIDES), ("_sort", "_id"), ("_count", "1000")]
    page = await rooms.record.search("ImplementationGuide", asked, scope=_EVERYONE)
    trees = [_tree(entry.stored) for entry in page.entries]
    return [Listed(tree["packageId"], tree["version"]) for tree in trees]


async def _check_version(rooms: Rooms, package: Package) -> None:
    """An older version would quietly take back what a newer one asks of every resource."""
    for one in await listed(rooms):
        if one.name == package.name and is_older(package.version, one.version):
            raise Conflict(
                f"{one.name} is here in version {one.version}, and {package.version} is older: add a "
                "newer one, or say --force to put the older one in its place."
            )


def _check_profiles(rooms: Rooms, package: Package) -> None:
    """Every profile and extension can be compiled, with those of the package and those that are here."""
    structures = package.resources.get("StructureDefinition", {})
    library = Library(rooms.record.means.preparer.definitions, [structures.get, *rooms.profiles.sources])
    faults = []
    for url, structure in [*package.profiles.items(), *package.extensions.items()]:
        try:
            library.compiled(structure)
        except Fault as fault:
            faults += [
                one._replace(diagnostics=f"{package.files[url]}: {one.diagnostics}") for one in fault.issues
            ]
    if faults:
        raise Unprocessable(*faults)


def _of_r4(rooms: Rooms, package: Package) -> list[str]:
    """The package's search parameters that would take a code of R4's own (SDC has one such)."""
    own = rooms.registry.own
    return [
        url
        for url, tree in package.resources.get("SearchParameter", {}).items()
        if any(tree.get("code") in own.get(base, {}) for base in tree.get("base", ()))
    ]


async def _entry(rooms: Rooms, package: Package, tree: Tree) -> tuple[Tree, int]:
    """The request that puts a resource where its URL has its place, or in a place of its own, and the version
    that is there, 0 for none.
    """
    kind, url = tree["resourceType"], tree.get("url")
    there = await _found(rooms, kind, [("url", url)]) if url and kind != "NamingSystem" else None
    id = there.id if there is not None else await _place(rooms, package, tree)
    there = there or await _found(rooms, kind, [("_id", id)])
    entry = {"resource": {**tree, "id": id}, "request": {"method": "PUT", "url": f"{kind}/{id}"}}
    return entry, there.version if there is not None else 0


async def _place(rooms: Rooms, package: Package, tree: Tree) -> str:
    """The id that the package gives it; with the package's name before it where another has that id."""
    wanted = _id(tree.get("id") or tree.get("name") or tree["url"].rpartition("/")[2])
    taken = await _found(rooms, tree["resourceType"], [("_id", wanted)])
    return wanted if taken is None else _id(f"{package.name}-{wanted}")


async def _found(rooms: Rooms, kind: str, criteria: Sequence[tuple[str, str]]) -> Stored | None:
    page = await rooms.record.search(kind, [*criteria, ("_count", "1")], scope=_EVERYONE)
    return page.entries[0].stored if page.entries else None


async def _missing(rooms: Rooms, package: Package) -> list[str]:
    here = {one.name for one in await listed(rooms)}
    return [
        f"{name} {version}"
        for name, version in package.dependencies.items()
        if name not in _ALWAYS_HERE | here
    ]


def _guide(package: Package) -> Tree:
    return {
        "resourceType": "ImplementationGuide",
        "id": _id(package.name),
        "url": f"{_GUIDES}/{package.name}",
        "version": package.version,
        "name": re.sub(r"\W+", "_", package.name),
        "status": "active",
        "packageId": package.name,
        "fhirVersion": ["4.0.1"],
    }


def _in_files(fault: Fault, package: Package, trees: Sequence[Tree]) -> list[Issue]:
    """The faults of a transaction, each with the file of the entry that it is about."""
    told = []
    for issue in fault.issues:
        entry = re.match(r"Bundle\.entry\[(\d+)\](?:\.resource)?\.?", issue.expression)
        tree = trees[int(entry[1])] if entry and int(entry[1]) < len(trees) else {}
        file = package.files.get(tree.get("url") or tree.get("name", ""), package.name)
        place = issue.expression[entry.end() :] if entry else issue.expression
        told.append(issue._replace(diagnostics=f"{file}: {issue.diagnostics}", expression=place))
    return told


def _id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9\-.]", "-", text)[:64]


def _tree(stored: Stored) -> Tree:
    found: Tree = msgspec.json.decode(stored.body or b"{}")
    return found
