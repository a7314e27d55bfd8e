"""Codes for those who code: found as people type them, in the releases that are loaded."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fellesjournal.errors import Fault, NotFound
from fellesjournal.terminology.coded import Coded, Manner
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.terminology import Terminology
from fellesjournal.terminology.wording.sought import Sought


class Found(NamedTuple):
    """One code that fits."""

    system: str
    code: str
    text: str


class Codes:
    """What is asked of the terminology; `today` gives the day."""

    def __init__(self, terminology: Terminology, today: Callable[[], date]) -> None:
        self._terminology, self._today = terminology, today

    async def find(self, systems: Sequence[str], text: str, most: int) -> list[Found]:
        """The codes of some systems (URLs) that fit, system by system, best first; of those that are not
        loaded none."""
        found: list[Found] = []
        for system in systems:
            wanted = Wanted(self._today(), text=text, count=most, for_ui=True, active_only=True)
            try:
                composed = await self._terminology.value_set(f"{system}?fhir_vs")
                expanded = await self._terminology.expand(composed, wanted)
            except NotFound:
                continue
            contains = expanded["expansion"].get("contains", ())
            found += [Found(system, one["code"], one.get("display", one["code"])) for one in contains]
        return found

    async def sought(self, text: str) -> Sought:
        """What is looked for in a chart by some words; see Terminology.sought."""
        return await self._terminology.sought(text)

    async def display(self, system: str, code: str) -> str:
        """What a code is called today; "" for one that there is not."""
        try:
            looked = await self._terminology.lookup(Coded(code, system), Manner(self._today()))
        except Fault:
            return ""
        return "" if looked.inactive else looked.concept.display
