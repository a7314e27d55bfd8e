"""What a unit offers, kept for a while: it decides which mode its workers have."""

from time import monotonic
from typing import Any

import msgspec

from fellesjournal.access.journal import OpenJournal

KEPT = 60.0
"""Seconds: a unit does not become another kind of unit from one minute to the next."""
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Services:
    """The codes of each unit's HealthcareService (specialty: lists 8663 and 8451), as the record has them."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, tuple[float, frozenset[str]]] = {}

    async def of(self, unit: str, journal: OpenJournal) -> frozenset[str]:
        """The codes of a unit ("Organization/7"); empty for one that offers nothing that has a code."""
        until, codes = self._known.get(unit, (0.0, frozenset()))
        if monotonic() >= until:
            page = await journal.search("HealthcareService", [("organization", unit)])
            codes = frozenset(
                coding.get("code", "")
                for entry in page.entries
                for concept in _decode(entry.stored.body or b"{}").get("specialty", ())
                for coding in concept.get("coding", ())
            )
            self._known[unit] = (monotonic() + KEPT, codes)
        return codes
