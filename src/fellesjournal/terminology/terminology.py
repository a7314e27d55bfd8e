"""The terminology service: what the operations of CodeSystem, ValueSet and ConceptMap are answered by."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import asyncpg

from fellesjournal.errors import NotFound
from fellesjournal.terminology import (
    codesystem,
    lookup,
    membership,
    subsumption,
    translation,
    validation,
)
from fellesjournal.terminology.coded import Coded, Manner, Verdict
from fellesjournal.terminology.composing import Composed, Composing, Tree
from fellesjournal.terminology.expansion import Wanted, expand
from fellesjournal.terminology.library import Library
from fellesjournal.terminology.listing import Listing
from fellesjournal.terminology.lookup import Looked
from fellesjournal.terminology.memberships import Memberships
from fellesjournal.terminology.releases import ByUrl, Releases
from fellesjournal.terminology.remarks import Remark, remarks
from fellesjournal.terminology.system import System
from fellesjournal.terminology.systems import Systems, of_tree
from fellesjournal.terminology.wording.hearing import hear
from fellesjournal.terminology.wording.sought import Sought


class Terminology:
    """Code systems in the tables (`pool`) and resources in a library; `today` gives the day it is."""

    def __init__(self, pool: asyncpg.Pool, library: Library, today: Callable[[], date]) -> None:
        self._pool = pool
        self.today = today
        self.systems = Systems(Releases(pool), library, today)
        self.composing = Composing(library, self.systems.names)
        self.translating = translation.Translating(library, self.systems)
        self.memberships = Memberships(self.systems, self.composing)
        self.listing = Listing(self.systems, self.composing, today)

    async def lookup(self, asked: Coded, manner: Manner, *, children: bool = False) -> Looked:
        """See lookup.lookup."""
        return await lookup.lookup(self.systems, asked, manner, children=children)

    async def lookup_in(
        self, system: System, asked: Coded, manner: Manner, *, children: bool = False
    ) -> Looked:
        """See lookup.lookup_in."""
        return await lookup.lookup_in(system, asked, manner, children=children)

    async def subsumes(self, system: System, a: str, b: str) -> str:
        """See subsumption.subsumes."""
        return await subsumption.subsumes(system, a, b)

    async def system(self, url: str, version: str = "", day: date | None = None) -> System:
        """See Systems.get."""
        return await self.systems.get(url, version, day)

    async def system_of(self, tree: Tree) -> System:
        """The code system that a CodeSystem resource is: its own concepts, or the release that has them.

        Raises NotFound when there are neither, Unprocessable for a hierarchy that goes in a circle.
        """
        if codesystem.has_codes(tree) or tree.get("content") == "supplement":
            return of_tree(tree)
        return await self.systems.get(tree.get("url", ""), tree.get("version", ""))

    async def validate(self, asked: Sequence[Coded], manner: Manner) -> list[Verdict]:
        """See validation.in_systems."""
        return await validation.in_systems(self.systems, asked, manner)

    async def validate_in(self, system: System, asked: Sequence[Coded], manner: Manner) -> list[Verdict]:
        """See validation.in_system."""
        return await validation.in_system(self.systems, system, asked, manner)

    async def validate_by(self, tree: Tree, asked: Sequence[Coded], manner: Manner) -> list[Verdict]:
        """As `validate_in`, by the code system that a CodeSystem resource is; see `system_of`."""
        try:
            system = await self.system_of(tree)
        except NotFound as fault:
            return [validation.untold(one, fault) for one in asked]
        return await self.validate_in(system, asked, manner)

    async def remarks(self, asked: Iterable[Coded], *, abstract: bool = False) -> dict[Coded, Remark]:
        """See remarks.remarks."""
        return await remarks(self.systems, asked, abstract=abstract)

    async def value_set(self, url: str, version: str = "", day: date | None = None) -> Composed:
        """See Composing.named."""
        return await self.composing.named(url, version, day or self.today())

    async def value_set_of(self, tree: Tree, day: date | None = None) -> Composed:
        """See Composing.of."""
        return await self.composing.of(tree, day or self.today())

    async def validate_among(
        self, composed: Composed, asked: Sequence[Coded], manner: Manner, *, infer: bool = False
    ) -> list[Verdict]:
        """See membership.in_value_set."""
        return await membership.in_value_set(self.systems, composed, asked, manner, infer=infer)

    async def expand(self, composed: Composed, wanted: Wanted) -> Tree:
        """See expansion.expand."""
        return await expand(self.systems, composed, wanted)

    async def sought(self, text: str) -> Sought:
        """See wording.hearing.hear."""
        names = await self.systems.names()
        async with self._pool.acquire() as connection:
            return await hear(connection, text, names)

    async def mark(self) -> str | None:
        """Another text whenever a release came or went; asked of the tables at most once a second."""
        await self.systems.loaded()
        return self.systems.mark

    async def releases(self) -> ByUrl:
        """The releases in the tables, by the URL of their code system, the newest first."""
        return await self.systems.loaded()
