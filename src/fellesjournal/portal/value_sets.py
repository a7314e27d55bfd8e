"""The value sets of the site, as forms and searches of the portal choose from them."""

from collections.abc import Callable
from datetime import date

from fellesjournal.errors import Fault
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.terminology import Terminology
from fellesjournal.ui.naming import Json

FEW = 40
"""Codes of a set that are listed whole."""


class ValueSets:
    """The value sets of the site; `today` gives the day."""

    def __init__(self, terminology: Terminology, today: Callable[[], date]) -> None:
        self._terminology, self._today = terminology, today

    async def codes(self, url: str, text: str = "", most: int = FEW) -> list[Json]:
        """The codes of a set that fit a text, as Codings, one more than `most` where there are more; none of
        a set that is not here."""
        wanted = Wanted(self._today(), text=text, count=most + 1, for_ui=True, active_only=True)
        name, _, version = url.partition("|")
        try:
            composed = await self._terminology.value_set(name, version)
            expanded = await self._terminology.expand(composed, wanted)
        except Fault:
            return []
        return [
            {"system": one["system"], "code": one["code"], "display": one.get("display", one["code"])}
            for one in expanded["expansion"].get("contains", ())
            if "code" in one
        ]
