"""FHIR's own concept maps and value sets, put into the record where they are found and read as others are."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing import database
from fellesjournal.record.bulk.exporting import Snapshot, snapshot
from fellesjournal.record.scope import Scope

Tree = dict[str, Any]

_EVERYONE = Scope.everyone()

_UNTOLD = frozenset(("text", "meta"))
"""The narrative says again what stands beside it."""
_RIPENESS = "http://hl7.org/fhir/StructureDefinition/structuredefinition-"
"""Extensions that tell the makers of R4 who keeps a value set, and how ripe it is."""

_decode = msgspec.json.Decoder(Tree).decode


async def store(settings: Settings, url: str) -> int:
    """Store those of R4's concept maps and value sets that the record at `url` has not; gives their number.

    One whose URL or id is taken is left as it is. What the operations answer by is not this: a map or value
    set of FHIR's URL is FHIR's own, whatever is stored (terminology.library.FhirLibrary).
    """
    know = knowledge(settings.definitions, settings.cache)
    async with database.pool(url, 2) as pool:
        rooms = joined(settings, know, pool)
        async with rooms.record.following(partial(database.connect, url)):
            async with snapshot(pool, _EVERYONE) as taken:
                maps = await _lacking(taken, "ConceptMap", know.definitions.concept_maps.values())
                value_sets = await _lacking(taken, "ValueSet", _value_sets(settings.definitions))
            lacking = [*maps, *value_sets]
            if lacking:
                await rooms.record.transact(_transaction(lacking), scope=_EVERYONE)
    return len(lacking)


async def _lacking(taken: Snapshot, kind: str, own: Iterable[Tree]) -> list[Tree]:
    there = [_decode(body) async for bodies in taken.bodies(kind) for body in bodies]
    names = {name for one in there for name in (one["id"], one.get("url"))}
    return [one for one in own if not {one["id"], one["url"]} & names]


def _value_sets(package: Path) -> Iterable[Tree]:
    """Those in the package as they are, with the names and displays that the definitions do without."""
    for file in sorted(package.glob("ValueSet-*.json")):
        tree = {name: part for name, part in _decode(file.read_bytes()).items() if name not in _UNTOLD}
        told = [one for one in tree.pop("extension", ()) if not one["url"].startswith(_RIPENESS)]
        yield tree | ({"extension": told} if told else {})


def _transaction(trees: Iterable[Tree]) -> bytes:
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
        for one in trees
    ]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
