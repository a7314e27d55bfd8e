"""Role policies: what each role may do, read from the files in access/roles.

The files are the rules: this reads them strictly, so that a word that is not understood is a fault at
start-up and never a right too many. docs/roles.md shows them all.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "roles"
_SHARED_FILES = ("kinds", "labels")
_MEMBERS = {"title", "professions", "reach", "read", "write", "delete", "sees", "rights", "cosigned_by"}
_KIND_MEMBERS = {"title", "shared", "types", "nobodys", "sealed", "within"}


class Act(StrEnum):
    """What is done to a resource: searches, histories and operations that only read are READ."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Right(StrEnum):
    """What a role may do beyond reading and writing kinds of information."""

    EMERGENCY = "emergency-access"
    OVERRIDE = "override-block"
    OPEN_CARE = "open-care"
    """Begin the care of somebody new: register a contact, an appointment or a referral."""
    OVERBOOK = "overbook"
    """Book somebody who is busy, with a reason."""
    PROTECTED_ADDRESSES = "protected-addresses"
    AUDIT = "audit-log"
    ADMINISTER = "administer"
    """Register and suspend apps."""
    WHOLE_RECORD = "whole-record"
    """Systems that serve the whole region: not bound to care relations."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of information; `shared`: about no citizen."""

    name: str
    title: Mapping[str, str]
    types: tuple[str, ...]
    shared: bool
    nobodys: tuple[str, ...]
    """Types of which there may be resources that name no citizen."""
    sealed: bool
    """Whether only the door itself writes it."""
    within: str
    """The kind with which it comes; "": it stands by itself."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one role may do. `sees` are the numbers of the sensitive parts that are open to it."""

    name: str
    title: Mapping[str, str]
    """By language: nb, nn and en."""
    professions: frozenset[str]
    """Codes of Volven 9060 that may hold it; empty: not a matter of profession."""
    organization_wide: bool
    permitted: Mapping[Act, frozenset[str]]
    """Resource types by act."""
    kinds: Mapping[Act, tuple[str, ...]]
    sees: tuple[int, ...]
    rights: frozenset[Right]
    cosigned_by: tuple[str, ...] = ()
    """The roles of which one has to sign what this role writes; empty: it signs alone."""

    def allows(self, act: Act, type_name: str) -> bool:
        """Whether the role does such a thing to resources of a type at all."""
        return type_name in self.permitted[act]


class PolicyFault(Exception):
    """A policy file that cannot be understood: which file, which member, and why."""


class Policies:
    """All policies, with the kinds and the labels they speak of."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.kinds = _kinds(folder)
        self.labels, self.parts = _labels(folder)
        paths = [path for path in sorted(folder.glob("*.toml")) if path.stem not in _SHARED_FILES]
        self._by_name = {path.stem: self._policy(path) for path in paths}
        for policy in self._by_name.values():
            for name in policy.cosigned_by:
                _one_of(folder / f"{policy.name}.toml", "cosigned_by", name, self._by_name)

    def find(self, name: str) -> Policy | None:
        """The policy of a role; None when there is none of the name."""
        return self._by_name.get(name)

    def all(self) -> Iterable[Policy]:
        """Every policy, by name."""
        return self._by_name.values()

    @property
    def shared_types(self) -> tuple[str, ...]:
        """The resource types that are open to whoever reads them where they are about no citizen."""
        kinds = self.kinds.values()
        return tuple(name for kind in kinds for name in (kind.types if kind.shared else kind.nobodys))

    @property
    def public_types(self) -> tuple[str, ...]:
        """The resource types that are never about a citizen."""
        return tuple(name for kind in self.kinds.values() if kind.shared for name in kind.types)

    @property
    def types_of_kinds(self) -> dict[str, tuple[str, ...]]:
        """The resource types of each kind of information, with those of the kinds within it."""
        return {name: tuple(self._types(self._whole((name,)))) for name in self.kinds}

    def _policy(self, path: Path) -> Policy:
        tree = _read(path)
        if strange := sorted(tree.keys() - _MEMBERS):
            raise PolicyFault(f"{path.name}: there is no '{strange[0]}' in a policy.")
        read = self._chosen(path, tree, "read")
        write = self._unsealed(path, tree, "write")
        delete = self._unsealed(path, tree, "delete")
        if unread := [name for name in (*write, *delete) if name not in read]:
            raise PolicyFault(f"{path.name}: '{unread[0]}' is written, but not read.")
        kinds = {Act.READ: read, Act.CREATE: write, Act.UPDATE: write, Act.DELETE: delete}
        return Policy(
            path.stem,
            _title(path, tree),
            frozenset(tree.get("professions", ())),
            _one_of(path, "reach", tree.get("reach", "unit"), ("unit", "organization")) == "organization",
            {act: frozenset(self._types(names)) for act, names in kinds.items()},
            kinds,
            tuple(self.parts[_one_of(path, "sees", name, self.parts)] for name in tree.get("sees", ())),
            frozenset(Right(_one_of(path, "rights", one, list(Right))) for one in tree.get("rights", ())),
            tuple(tree.get("cosigned_by", ())),
        )

    def _chosen(self, path: Path, tree: dict[str, Any], member: str) -> tuple[str, ...]:
        names = tree.get(member, [])
        if names == ["all"]:
            return tuple(self.kinds)
        return self._whole(tuple(_one_of(path, member, name, self.kinds) for name in names))

    def _whole(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Kinds with those within them."""
        within = (kind.name for kind in self.kinds.values() if kind.within in names)
        return tuple(dict.fromkeys((*names, *within)))

    def _unsealed(self, path: Path, tree: dict[str, Any], member: str) -> tuple[str, ...]:
        sealed = {name for name, kind in self.kinds.items() if kind.sealed}
        if named := sorted(sealed & set(tree.get(member, ()))):
            raise PolicyFault(f"{path.name}: '{named[0]}' in {member} is written by no role.")
        return tuple(name for name in self._chosen(path, tree, member) if name not in sealed)

    def _types(self, names: Iterable[str]) -> Iterable[str]:
        return (type_name for name in names for type_name in self.kinds[name].types)


def _kinds(folder: Path) -> dict[str, Kind]:
    path = folder / "kinds.toml"
    found: dict[str, Kind] = {}
    for name, tree in _read(path).items():
        if strange := sorted(tree.keys() - _KIND_MEMBERS):
            raise PolicyFault(f"{path.name}: there is no '{strange[0]}' in the kind '{name}'.")
        kind = Kind(
            name,
            _title(path, tree),
            tuple(tree["types"]),
            tree.get("shared", False),
            _nobodys(path, tree),
            tree.get("sealed", False),
            _one_of(path, "within", tree["within"], found) if "within" in tree else "",
        )
        for other in found.values():
            if twice := set(kind.types) & set(other.types):
                raise PolicyFault(f"{path.name}: {min(twice)} is of the kinds '{other.name}' and '{name}'.")
        found[name] = kind
    return found


def _nobodys(path: Path, tree: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_one_of(path, "nobodys", name, tree["types"]) for name in tree.get("nobodys", ()))


def _labels(folder: Path) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """The part of the record that each security label marks, by its number, under every name of its system;
    and the numbers by name.
    """
    labels: dict[tuple[str, str], int] = {}
    parts: dict[str, int] = {}
    trees = _read(folder / "labels.toml")
    others = trees.pop("names", {})
    for name, tree in trees.items():
        parts[name] = tree["number"]
        for system in (tree["system"], *others.get(tree["system"], ())):
            labels |= {(system, code): tree["number"] for code in tree["codes"]}
    if len(set(parts.values())) < len(parts):
        raise PolicyFault("labels.toml: two parts of the record have one number.")
    return labels, parts


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyFault(f"{path.name}: {error}") from error


def _title(path: Path, tree: dict[str, Any]) -> Mapping[str, str]:
    title = tree.get("title", {})
    if not {"nb", "en"} <= title.keys() <= {"nb", "nn", "en"}:
        raise PolicyFault(
            f"{path.name}: a title is needed in nb and en, and in nn where that is other than nb."
        )
    said = {"nn": title["nb"], **title}
    return {language: str(text) for language, text in said.items()}


def _one_of(path: Path, member: str, name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise PolicyFault(f"{path.name}: '{name}' in {member} is none of {', '.join(known)}.")
    return name
