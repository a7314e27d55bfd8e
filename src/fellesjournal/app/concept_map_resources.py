"""FHIR's own concept maps, put into the record so that they are found and read as others are."""

from functools import partial
from typing import Any

import msgspec

from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing import database
from fellesjournal.record.bulk.exporting import snapshot
from fellesjournal.record.scope import Scope

_EVERYONE = Scope.everyone()

_decode = msgspec.json.Decoder(dict[str, Any]).decode


async def store(settings: Settings, url: str) -> int:
    """Store those of R4's concept maps that the record at `url` has not; gives how many that were.

    One whose URL or id is taken is left as it is. What $translate answers by is not this: a map of FHIR's URL
    is FHIR's own, whatever is stored (terminology.library.FhirLibrary).
    """
    know = knowledge(settings.definitions, settings.cache)
    async with database.pool(url, 2) as pool:
        rooms = joined(settings, know, pool)
        async with rooms.record.following(partial(database.connect, url)):
            async with snapshot(pool, _EVERYONE) as taken:
                there = [_decode(body) async for bodies in taken.bodies("ConceptMap") for body in bodies]
            names = {name for one in there for name in (one["id"], one.get("url"))}
            lacking = [
                one for one in know.definitions.concept_maps.values() if not {one["id"], one["url"]} & names
            ]
            if lacking:
                await rooms.record.transact(_transaction(lacking), scope=_EVERYONE)
    return len(lacking)


def _transaction(trees: list[dict[str, Any]]) -> bytes:
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"ConceptMap/{one['id']}"}} for one in trees
    ]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
