"""A library of resources in memory, for tests: those that a site has stored."""

from collections.abc import Sequence
from typing import Any

from fellesjournal.terminology.library import Kept


class Shelf:
    """See library.Library. `put` stores a resource, again under the same URL as its next version."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Kept] = {}

    def put(self, tree: dict[str, Any]) -> str:
        """Store a resource; gives its URL."""
        name = (tree["resourceType"], tree["url"])
        before = self._kept.get(name)
        number = int(before.version) + 1 if before else 1
        self._kept[name] = Kept("/".join(name), str(number), tree)
        return str(tree["url"])

    async def find(self, kind: str, url: str, version: str = "") -> Kept | None:
        kept = self._kept.get((kind, url))
        return kept if kept and version in ("", kept.tree.get("version", "")) else None

    async def concept_maps(self, source: str, target: str) -> Sequence[Kept]:
        return [
            kept
            for (kind, _), kept in self._kept.items()
            if kind == "ConceptMap"
            and any(
                source in ("", group.get("source")) and target in ("", group.get("target"))
                for group in kept.tree["group"]
            )
        ]
