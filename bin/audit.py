"""Known vulnerabilities of the locked Python and npm packages, asked of OSV. Standard library only.

OSV (osv.dev) gathers what PyPA, GitHub and others publish, for both kinds of packages, and is asked once with
everything the lock files name. Where it is not reached that is said, and nothing fails. What is found fails
the step, unless docs/security-exceptions.toml says why it does not matter here, and until when.
"""

import json
import re
import tomllib
import urllib.request
from collections.abc import Iterator
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

SOURCE = "https://api.osv.dev/v1"
PATIENCE = 15
"""Seconds to wait for an answer."""
MOST_AT_ONCE = 1_000
EXCEPTIONS = Path("docs") / "security-exceptions.toml"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


class Package(NamedTuple):
    """A locked package; `ecosystem` is OSV's word: PyPI or npm."""

    ecosystem: str
    name: str
    version: str


class Found(NamedTuple):
    """A vulnerability of a locked package, under all its names."""

    package: Package
    ids: tuple[str, ...]
    summary: str


class Faulty(Exception):
    """The list of exceptions cannot be understood; the message says where."""


def step(root: Path, today: date, source: str = SOURCE) -> bool:
    """Audit, and print what came of it; False only when there is something to mend."""
    try:
        excepted = exceptions(root / EXCEPTIONS, today)
    except Faulty as fault:
        print(fault)
        return False
    packages = locked(root)
    try:
        found = ask(packages, source)
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        print(f"not audited: {source} could not be asked ({error or type(error).__name__}).")
        return True
    open_ones = [one for one in found if not any((one.package.name, id) in excepted for id in one.ids)]
    for package, ids, summary in open_ones:
        print(f"{package.ecosystem} {package.name} {package.version}: {', '.join(ids)}: {summary}")
    if open_ones:
        print(f"Lock a version without it, or give the reason why it does not matter in {EXCEPTIONS}.")
    else:
        print(f"{len(packages)} packages, {len(found)} known vulnerabilities, all excepted with a reason.")
    return not open_ones


def locked(root: Path) -> list[Package]:
    """Every package that a lock file names, each once."""
    found = {
        Package("PyPI", *pin) for file in sorted((root / "requirements").glob("*.txt")) for pin in _pins(file)
    }
    tree = json.loads((root / "package-lock.json").read_text())
    for path, package in tree["packages"].items():
        if path:
            name = package.get("name") or path.rpartition("node_modules/")[2]
            found.add(Package("npm", name, package["version"]))
    return sorted(found)


def _pins(file: Path) -> Iterator[tuple[str, str]]:
    for name, version in _PINNED.findall(file.read_text()):
        yield re.sub(r"[-_.]+", "-", name).lower(), version


def exceptions(file: Path, today: date) -> set[tuple[str, str]]:
    """Package and vulnerability of each exception that is still in force. Raises Faulty."""
    in_force = set()
    try:
        tree = tomllib.loads(file.read_text())
        for number, one in enumerate(tree.pop("exception", []), 1):
            if one.keys() != {"package", "id", "reason", "until"} or len(one["reason"]) < 20:
                raise Faulty(
                    f"{file.name}: exception {number} needs package, id, until, and a reason that says why."
                )
            if one["until"] >= today:
                in_force.add((one["package"], one["id"]))
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, OSError) as error:
        raise Faulty(f"{file.name}: {error}") from error
    if tree:
        raise Faulty(f"{file.name}: there is no '{min(tree)}' here.")
    return in_force


def ask(packages: list[Package], source: str) -> list[Found]:
    """What OSV knows of these packages."""
    found = []
    for start in range(0, len(packages), MOST_AT_ONCE):
        some = packages[start : start + MOST_AT_ONCE]
        queries = [
            {"package": {"name": one.name, "ecosystem": one.ecosystem}, "version": one.version}
            for one in some
        ]
        answers = _answer(f"{source}/querybatch", {"queries": queries})["results"]
        for package, answer in zip(some, answers, strict=True):
            for known in answer.get("vulns", ()):
                told = _answer(f"{source}/vulns/{known['id']}")
                if "withdrawn" not in told:
                    ids = (told["id"], *told.get("aliases", ()))
                    found.append(Found(package, ids, told.get("summary", "no summary")))
    return found


def _answer(address: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)
