"""The CodeSystems, ValueSets and ConceptMaps of the record, for the terminology service."""

from collections import OrderedDict
from collections.abc import Sequence

from fellesjournal.fhir import json
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Parameters, Stored
from fellesjournal.terminology.library import Kept, Tree

KEPT = 500
"""Versions of resources that are kept read."""
_AT_MOST = "50"
_BEST_FIRST = ("active", "draft", "unknown", "retired")
_ENDS = (("source-system", "target-system"), ("source", "target"), ("source-uri", "target-uri"))
"""What a ConceptMap is found by: code systems, and value sets in either way of naming them."""


class RecordLibrary:
    """See terminology.library.Library. What codes mean is no secret: it is looked for as by everyone."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._read: OrderedDict[tuple[str, int], Tree] = OrderedDict()

    async def find(self, kind: str, url: str, version: str = "") -> Kept | None:
        """Of several with the URL an active one comes first, then the one that was written last."""
        criteria = [("url", _escaped(url))]
        if version:
            criteria.append(("version", _escaped(version)))
        found = await self._search(kind, criteria)
        return min(found, key=lambda kept: _BEST_FIRST.index(kept.tree["status"]), default=None)

    async def concept_maps(self, source: str, target: str) -> Sequence[Kept]:
        """Maps that are not retired: by the systems of their groups, or else the value sets they are for."""
        for from_name, to_name in _ENDS:
            criteria = [(from_name, _escaped(source))] if source else []
            criteria += [(to_name, _escaped(target))] if target else []
            if found := await self._search("ConceptMap", [*criteria, ("status:not", "retired")]):
                return found
        return ()

    async def _search(self, kind: str, criteria: Parameters) -> list[Kept]:
        asked = [*criteria, ("_sort", "-_lastUpdated"), ("_count", _AT_MOST)]
        page = await self._record.search(kind, asked, scope=Scope.everyone())
        return [self._kept(entry.stored) for entry in page.entries]

    def _kept(self, stored: Stored) -> Kept:
        key = f"{stored.type}/{stored.id}"
        name = (key, stored.version)
        if name not in self._read:
            self._read[name] = json.parse(stored.body or b"{}").tree
            if len(self._read) > KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(name)
        return Kept(key, f"{stored.version} {stored.updated}", self._read[name])


def _escaped(value: str) -> str:
    """A value with the characters that mean something in a search marked as plain (search.html#escaping)."""
    for character in "\\,|$":
        value = value.replace(character, f"\\{character}")
    return value
