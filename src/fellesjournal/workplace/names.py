"""What units and health workers are called, kept for a while: every chart names the same few."""

from collections.abc import Iterable, Mapping
from time import monotonic

KEPT = 300.0
"""Seconds after which a name is looked up anew."""
MOST = 50_000
"""Names that are kept; when there are more, all are forgotten."""


class Names:
    """Names by reference ("Practitioner/7"), as the directory had them when they were last looked up."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, tuple[float, str]] = {}

    def of(self, references: Iterable[str]) -> dict[str, str]:
        """Those that are known."""
        now = monotonic()
        found = ((one, self._known.get(one, (0.0, ""))) for one in references)
        return {one: name for one, (until, name) in found if name and now < until}

    def learn(self, names: Mapping[str, str]) -> None:
        """The directory has said what some are called."""
        if len(self._known) + len(names) > MOST:
            self._known.clear()
        self._known |= {one: (monotonic() + KEPT, name) for one, name in names.items()}
