"""What an app has been granted: scopes as SMART App Launch 2.2 writes them, read and weighed.

hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html: patient/Observation.rs?category=laboratory.
What an app may do is what the role may do AND what the scopes say; this is the second half.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from fellesjournal.errors import Forbidden

_CLINICAL = re.compile(r"(patient|user|system)/(\*|[A-Z][A-Za-z]+)\.([a-z*]+)(?:\?(.+))?")
_VERSION_1 = {"read": "rs", "write": "cud", "*": "cruds"}
_LETTERS = re.compile(r"(?=.)c?r?u?d?s?")
PLAIN = ("openid", "fhirUser", "profile", "launch", "launch/patient", "offline_access")
"""The scopes that are not about resources and mean something here."""

NEEDS = {
    "read": "r",
    "vread": "r",
    "history-instance": "r",
    "history-type": "r",
    "history-system": "r",
    "create": "c",
    "update": "u",
    "patch": "ru",
    "delete": "d",
    "search-type": "s",
    "search-system": "s",
    "everything": "rs",
    "reindex": "u",
    "transaction": "",
}
"""The letters that each interaction needs; a condition in it (If-None-Exist, PUT Type?...) needs s too.

What is not here is not for apps at all. The entries of a transaction are checked one by one.
"""
_UNCONDITIONAL = {"vread", "history-instance", "history-type", "history-system", "patch"}
"""They show what a resource was, or show it unsought: a search constraint would not hold there."""


class BeyondGrant(Forbidden):
    """The app that asks has not been granted this (RFC 6750: insufficient_scope)."""


class Clinical(NamedTuple):
    """One scope about resources. `query`: only those that this search finds; empty: all."""

    level: str
    type: str
    letters: str
    query: tuple[tuple[str, str], ...]

    def covers(self, type_name: str) -> bool:
        """Whether resources of a type are meant."""
        return self.type in ("*", type_name)

    def includes(self, other: "Clinical") -> bool:
        """Whether all that the other scope grants is in this one."""
        return (
            self.level == other.level
            and self.type in ("*", other.type)
            and set(other.letters) <= set(self.letters)
            and self.query in ((), other.query)
        )


def clinical(text: str) -> Clinical | None:
    """A scope about resources, of version 2 or 1; None when it is none, or one that cannot be held to.

    A search constraint goes with a named type and with r and s: what is written cannot be held to a search.
    """
    found = _CLINICAL.fullmatch(text)
    if found is None:
        return None
    level, type_name, letters, query = found.groups()
    letters = _VERSION_1.get(letters, letters)
    pairs = tuple(parse_qsl(query or "", keep_blank_values=True))
    if not _LETTERS.fullmatch(letters) or bool(query) != bool(pairs):
        return None
    if pairs and (type_name == "*" or not set(letters) <= set("rs")):
        return None
    return Clinical(level, type_name, letters, pairs)


@dataclass(frozen=True, slots=True)
class Granted:
    """The scopes of one grant. `patient` ("Patient/7") is the patient in context, "" without one."""

    scopes: tuple[Clinical, ...]
    patient: str = ""

    @property
    def confined(self) -> bool:
        """Whether all is about the patient in context: one patient/ scope is enough."""
        return any(one.level == "patient" for one in self.scopes)

    def has(self, letter: str, type_name: str) -> bool:
        """Whether resources of a type, some at least, are open to one of c r u d s."""
        return any(letter in one.letters and one.covers(type_name) for one in self.scopes)

    def freely(self, letter: str, type_name: str) -> bool:
        """Whether that goes for all resources of the type that the role reaches."""
        return any(letter in one.letters and one.covers(type_name) and not one.query for one in self.scopes)

    def conditions(self, letter: str) -> dict[str, tuple[tuple[tuple[str, str], ...], ...]]:
        """Type -> searches, one of which must find a resource; types without constraint are left out."""
        names = {one.type for one in self.scopes if one.query and letter in one.letters}
        return {
            name: tuple(
                dict.fromkeys(one.query for one in self.scopes if one.type == name and letter in one.letters)
            )
            for name in sorted(names)
            if not self.freely(letter, name)
        }

    def check(self, interaction: str, type_name: str, *, conditional: bool = False) -> None:
        """Raise BeyondGrant unless an interaction with a type ("": any) has been granted."""
        if interaction not in NEEDS:
            raise BeyondGrant(f"{interaction} is done by people, not by apps.")
        letters = NEEDS[interaction] + ("s" if conditional else "")
        if not type_name and interaction != "history-system":
            return
        for letter in letters:
            if not self.has(letter, type_name or "*"):
                raise BeyondGrant(f"The app has not been granted '{letter}' of {type_name or 'all types'}.")
        if interaction in _UNCONDITIONAL and not self.freely("r", type_name or "*"):
            raise BeyondGrant(f"{interaction} needs a grant of {type_name} without a search constraint.")


@lru_cache(maxsize=1_000)
def granted(scope: str, patient: str = "") -> Granted:
    """What a space-separated list of scopes grants; what is no scope about resources grants nothing."""
    return Granted(tuple(one for one in map(clinical, scope.split()) if one is not None), patient)


def known(scopes: Iterable[str]) -> list[str]:
    """Those of the scopes that mean something here, each once."""
    return [one for one in dict.fromkeys(scopes) if one in PLAIN or clinical(one) is not None]


def beyond(scopes: Iterable[str], registered: str) -> list[str]:
    """Those of the known scopes that an app may not have, by what it is registered for."""
    may = registered.split()
    within = [one for one in map(clinical, may) if one is not None]

    def is_within(text: str) -> bool:
        wanted = clinical(text)
        return text in may or (wanted is not None and any(one.includes(wanted) for one in within))

    return [one for one in scopes if not is_within(one)]
