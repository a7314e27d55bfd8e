"""What a rule in FHIRPath may ask beside the resource: value sets, profiles, the moment."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellesjournal.fhir.codes import Codes
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.path import Collection, Item, Scope

Conforms = Callable[[Any, str, Local], bool | None]
"""Does a value conform to the profile with a URL? None when that is not known."""

Sliced = Callable[[Collection, str, str, Scope, Local], tuple[list[tuple[Item, object]], bool]]
"""As path.Slices, in the surroundings of the resource; and whether these are sure to be all."""

_asks = re.compile(
    r"\b(memberOf|subsumes|subsumedBy|conformsTo|htmlChecks|slice|now|today|timeOfDay)\("
).search


@dataclass(frozen=True)
class Means:
    """Those that can be asked; None where there is nobody."""

    codes: Codes | None = None
    conforms: Conforms | None = None
    moment: Callable[[], datetime] | None = None
    sliced: Sliced | None = None


def asks(expression: str) -> bool:
    """Does the expression ask for more than the resource?"""
    return _asks(expression) is not None


class Asking:
    """The asking of one evaluation. FHIRPath finds nothing where an answer is not known: no breach."""

    def __init__(self, expression: str, means: Means, local: Local) -> None:
        self._means = means
        self._local = local
        # Narratives are checked by themselves, wherever they stand (validation/narrative.py).
        self.is_sure = "htmlChecks(" not in expression
        """Were all answers known?"""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """As path.Codes.member."""
        codes = self._means.codes
        return self._noted(codes.member(value_set, system, code) if codes else None)

    def subsumes(self, system: str, above: str, below: str) -> bool | None:
        """As path.Codes.subsumes: which codes are below others is not known here."""
        return self._noted(None)

    def conforms(self, item: Item, url: str) -> bool | None:
        """As Path.evaluate asks it."""
        conforms = self._means.conforms
        return self._noted(conforms(item.value, url, self._local) if conforms else None)

    def slices(self, focus: Collection, url: str, name: str, scope: Scope) -> list[tuple[Item, object]]:
        """As path.Slices. What may be in the slice, and may not, is left out."""
        if self._means.sliced is None:
            self.is_sure = False
            return []
        found, is_whole = self._means.sliced(focus, url, name, scope, self._local)
        self.is_sure = self.is_sure and is_whole
        return found

    def _noted(self, answer: bool | None) -> bool | None:
        self.is_sure = self.is_sure and answer is not None
        return answer
