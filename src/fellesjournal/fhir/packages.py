"""FHIR packages: what is in one, read whole or not at all (confluence.hl7.org, "NPM Package Specification").

A package is given as its files, (name, content), the way a .tgz or a folder has them: the command that opens
them is elsewhere. Resources stand in the folder `package` or at the top; examples and other folders, and
files that are not JSON, are no part of what a package defines.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from fellesjournal.errors import Fault, Issue, Unprocessable
from fellesjournal.fhir import json
from fellesjournal.fhir.faults import nearest, shown

Tree = dict[str, Any]

FHIR_VERSION = "4.0"
"""The FHIR that this record speaks; a package made for another is refused."""
LARGEST_FAULT_LIST = 100

_MANIFEST = "package.json"
_KEPT = (
    "StructureDefinition",
    "ValueSet",
    "CodeSystem",
    "ConceptMap",
    "SearchParameter",
    "NamingSystem",
)
_NO_RESOURCES = (_MANIFEST, ".index.json", "package-lock.json")
_NUMBERED = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?(-.+)?", re.ASCII)


@dataclass
class Package:
    """What a package defines."""

    name: str
    version: str
    dependencies: dict[str, str]
    """Name of a package -> its version, as package.json has them."""
    resources: dict[str, dict[str, Tree]] = field(default_factory=dict)
    """Resource type -> canonical URL -> resource. A NamingSystem has no URL in R4: its name stands for it."""
    files: dict[str, str] = field(default_factory=dict)
    """Canonical URL -> the name of the file that has it."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """Resource type and id -> the name of the file that has it."""
    others: int = 0
    """Resources of other types: guides, examples, capability statements."""

    @property
    def profiles(self) -> dict[str, Tree]:
        """StructureDefinitions that constrain a type, extensions left out."""
        return {
            url: s for url, s in self._structures.items() if _is_constraint(s) and s["type"] != "Extension"
        }

    @property
    def extensions(self) -> dict[str, Tree]:
        """StructureDefinitions of extensions."""
        return {
            url: s for url, s in self._structures.items() if _is_constraint(s) and s["type"] == "Extension"
        }

    @property
    def logical_models(self) -> dict[str, Tree]:
        """StructureDefinitions of logical models."""
        return {url: s for url, s in self._structures.items() if s["kind"] == "logical"}

    @property
    def _structures(self) -> dict[str, Tree]:
        return self.resources.get("StructureDefinition", {})


def is_older(version: str, other: str) -> bool:
    """Whether a version of a package is from before another one (semver.org, 11).

    A version with a label ("1.0.0-ballot") is before the same without; what has no numbers, and two labels of
    one number, are in no order.
    """
    one, two = _NUMBERED.fullmatch(version), _NUMBERED.fullmatch(other)
    if one is None or two is None:
        return False
    return _order(one) < _order(two)


def _order(version: re.Match[str]) -> tuple[int, int, int, bool]:
    major, minor, patch, label = version.groups()
    return int(major), int(minor), int(patch or 0), label is None


def read_package(
    files: Iterable[tuple[str, bytes]], types: Collection[str] = (), source: str = ""
) -> Package:
    """The package that the files make up.

    `types` are the resource types there are, () for any; `source` is what people call the files together.
    Raises Unprocessable with every fault, each with the name of its file, when there is any.
    """
    faults: list[Issue] = []
    trees = {name: tree for name, content in files if _is_own(name) for tree in _tree(name, content, faults)}
    manifests = [name for name in trees if _bare(name) == _MANIFEST]
    if not manifests and not faults:
        where = f" in {source}" if source else ""
        faults.append(Issue("not-found", f"There is no {_MANIFEST}{where}: this is no FHIR package."))
    package = _described(manifests[0], trees[manifests[0]], faults) if manifests else Package("", "", {})
    for name, tree in trees.items():
        if _bare(name) not in _NO_RESOURCES:
            _add(package, name, tree, types, faults)
    if faults:
        raise Unprocessable(*faults[:LARGEST_FAULT_LIST])
    return package


def _is_own(name: str) -> bool:
    """A JSON file at the top or in the folder `package`."""
    *folders, bare = name.split("/")
    return bare.endswith(".json") and all(folder in ("", ".", "package") for folder in folders)


def _bare(name: str) -> str:
    return name.rpartition("/")[2]


def _tree(name: str, content: bytes, faults: list[Issue]) -> list[Tree]:
    try:
        return [json.parse(content.removeprefix(b"\xef\xbb\xbf")).tree]
    except Fault as error:
        faults += [
            Issue(issue.code, f"{name}: {issue.diagnostics}", issue.expression) for issue in error.issues
        ]
    return []


def _described(name: str, manifest: Tree, faults: list[Issue]) -> Package:
    wanted = {"name": manifest.get("name"), "version": manifest.get("version")}
    for member, value in wanted.items():
        if type(value) is not str or not value:
            faults.append(Issue("required", f'{name}: "{member}" is a text, and required.'))
    listed = manifest.get("fhirVersions", manifest.get("fhir-version-list", ()))
    versions = listed if type(listed) is list else []
    if not any(type(each) is str and (each + ".").startswith(FHIR_VERSION + ".") for each in versions):
        said = ", ".join(map(str, versions)) or "none"
        faults.append(
            Issue(
                "not-supported", f'{name}: "fhirVersions" has no {FHIR_VERSION}.x (FHIR R4); it has {said}.'
            )
        )
    needed = manifest.get("dependencies", {})
    if type(needed) is not dict or not all(type(each) is str for each in needed.values()):
        faults.append(Issue("value", f'{name}: "dependencies" has a version, a text, for each package.'))
        needed = {}
    return Package(str(wanted["name"]), str(wanted["version"]), needed)


def _add(package: Package, name: str, tree: Tree, types: Collection[str], faults: list[Issue]) -> None:
    kind = tree.get("resourceType")
    if type(kind) is not str:
        faults.append(Issue("structure", f'{name}: this is no resource, as it has no "resourceType".'))
        return
    if types and kind not in types:
        meant = nearest(kind, types)
        guess = f" Did you mean {meant}?" if meant else ""
        faults.append(Issue("not-supported", f"{name}: R4 has no resource type {shown(kind)}.{guess}"))
        return
    if kind not in _KEPT:
        package.others += 1
        return
    key = tree.get("name" if kind == "NamingSystem" else "url")
    if type(key) is not str or not key:
        faults.append(Issue("required", f"{name}: this {kind} has no URL to be known by."))
        return
    problem = _problem(tree) if kind == "StructureDefinition" else ""
    if problem:
        faults.append(Issue("invalid", f"{name}: {problem}"))
    elif key in package.resources.setdefault(kind, {}):
        faults.append(Issue("duplicate", f"{name}: {package.files[key]} has the {kind} {key} too."))
    elif (other := package.ids.get((kind, str(tree.get("id"))))) is not None:
        faults.append(Issue("duplicate", f"{name}: {other} has the id {tree['id']} of a {kind} too."))
    else:
        if "id" in tree:
            package.ids[kind, str(tree["id"])] = name
        package.resources[kind][key] = tree
        package.files[key] = name


def _problem(structure: Tree) -> str:
    """Why a StructureDefinition cannot be used, "" when it can."""
    for member in ("type", "kind"):
        if type(structure.get(member)) is not str:
            return f'"{member}" is a text, and required.'
    parts = [structure.get(part) for part in ("snapshot", "differential")]
    lists = [part.get("element") for part in parts if type(part) is dict]
    if not any(type(each) is list and each for each in lists):
        return "it has neither a snapshot nor a differential with elements."
    for element in (one for each in lists if type(each) is list for one in each):
        if type(element) is not dict or type(element.get("path")) is not str:
            return 'every element needs a "path".'
    return ""


def _is_constraint(structure: Tree) -> bool:
    return structure.get("derivation") == "constraint" and structure["kind"] != "logical"
