"""A code system in one version, wherever its concepts are: in the tables, or in memory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from fellesjournal.terminology.conditions import Condition
from fellesjournal.terminology.release import Concept


@dataclass(frozen=True, slots=True)
class About:
    """What a code system says of itself; the members are those of release.Release."""

    url: str
    version: str
    name: str
    title: str
    language: str
    content: str = "complete"
    case_sensitive: bool = True
    valid_from: date | None = None
    oid: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every code of the system is here, so that what is not here is no code of it."""
        return self.content == "complete"

    @property
    def canonical(self) -> str:
        """The address with the version: "http://loinc.org|2.77"."""
        return f"{self.url}|{self.version}" if self.version else self.url


class System(Protocol):
    """What a code system answers. Codes that it does not have are left out of every answer."""

    @property
    def about(self) -> About:
        """What it says of itself."""

    async def concepts(self, codes: Collection[str]) -> dict[str, Concept]:
        """The concepts of codes as they were asked for; regardless of case where the system is."""

    async def properties(self) -> frozenset[str]:
        """The names of the properties that concepts carry."""

    async def alike(self, code: str) -> list[str]:
        """The codes that are a code but for punctuation, spaces and capitals: "I219" for "i21.9"."""

    async def children(self, code: str) -> list[str]:
        """The codes directly below a code."""

    async def compared(self, a: str, b: str) -> int:
        """1 where `a` stands above `b` at any height, -1 where it stands below, 0 for neither."""

    async def among(self, codes: Collection[str], condition: Condition) -> frozenset[str]:
        """Those of the codes, written as the system writes them, that meet a condition."""

    async def count(self, condition: Condition) -> int:
        """How many concepts meet a condition."""

    async def page(self, condition: Condition, offset: int, limit: int) -> list[Concept]:
        """Concepts that meet a condition, in the order of the source, with designations and parents; no
        definitions and properties.
        """

    async def codes(self, condition: Condition, limit: int) -> list[str]:
        """The codes that meet a condition, at most `limit`, in any order."""

    async def best(self, text: str, day: date, *, active_only: bool) -> dict[str, str] | None:
        """The codes that answer a typed text, best first, at most finding.MOST of them, each with the name
        that the text was taken for ("" when its own texts answer).

        None where that is not known: the system has no index of its texts, or not of this version.
        """

    async def edges(self, limit: int) -> list[tuple[str, str]]:
        """Who stands directly above whom, (child, parent), at most `limit` of them in any order."""
