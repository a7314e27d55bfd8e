"""A code system that is a rule of writing (fhir.grammars): every code that keeps the rule is one of it.

Such a system is here as soon as nobody has loaded a list of it. Its codes have no texts, and it cannot be
listed. See system.System for what the methods answer.
"""

from collections.abc import Collection
from datetime import date

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.grammars import GRAMMARS, Grammar
from fellesjournal.terminology.conditions import All, Codes, Condition
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.resident import Resident
from fellesjournal.terminology.system import About

_NONE: frozenset[str] = frozenset()


class Written:
    """The system of one grammar. What would list its codes raises Unprocessable with "too-costly"."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.about = About(grammar.names[0], "", "", grammar.title, language="en", case_sensitive=True)

    async def concepts(self, codes: Collection[str]) -> dict[str, Concept]:
        """See System."""
        return {code: Concept(code, code) for code in codes if self.grammar.accepts(code)}

    async def properties(self) -> frozenset[str]:
        """See System."""
        return _NONE

    async def alike(self, code: str) -> list[str]:
        """See System."""
        return []

    async def children(self, code: str) -> list[str]:
        """See System."""
        return []

    async def compared(self, a: str, b: str) -> int:
        """See System. There is no hierarchy."""
        return 0

    async def among(self, codes: Collection[str], condition: Condition) -> frozenset[str]:
        """See System."""
        return await Resident(self.about, await self.concepts(codes)).among(codes, condition)

    async def count(self, condition: Condition) -> int:
        """See System."""
        return await (await self._listed(condition)).count(condition)

    async def page(self, condition: Condition, offset: int, limit: int) -> list[Concept]:
        """See System."""
        return await (await self._listed(condition)).page(condition, offset, limit)

    async def codes(self, condition: Condition, limit: int) -> list[str]:
        """See System."""
        return await (await self._listed(condition)).codes(condition, limit)

    async def best(self, text: str, day: date, *, active_only: bool) -> dict[str, str] | None:
        """See System."""
        return None

    async def edges(self, limit: int) -> list[tuple[str, str]]:
        """See System."""
        return []

    async def _listed(self, condition: Condition) -> Resident:
        """Those of the codes that a condition lists which are codes."""
        of = condition.of if isinstance(condition, All) else (condition,)
        listed = next((one for one in of if isinstance(one, Codes)), None)
        if listed is None:
            text = (
                f"The {self.grammar.title} cannot be listed: they are a rule of writing. Ask $validate-code "
                "about one, or list in the value set those that are meant."
            )
            raise Unprocessable(Issue("too-costly", text))
        return Resident(self.about, await self.concepts(listed.codes))


WRITTEN = {name: Written(grammar) for name, grammar in GRAMMARS.items()}
"""By every name of the code system."""
