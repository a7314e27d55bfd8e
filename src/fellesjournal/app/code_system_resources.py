"""The releases in the terminology tables, told of in the record: one CodeSystem resource for each."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Issue
from fellesjournal.plumbing import database
from fellesjournal.record.bulk.exporting import snapshot
from fellesjournal.record.scope import Scope
from fellesjournal.terminology import telling

Tree = dict[str, Any]

_EVERYONE = Scope.everyone()

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Told(NamedTuple):
    """What came of it."""

    stored: int
    """Resources that were not there, or told something else."""
    left_out: list[str]
    """A sentence for each release that cannot be told of, such as one whose URL has a space in it."""


async def tell(settings: Settings, url: str) -> Told:
    """Store a CodeSystem for every release in the database at `url`.

    What tells the same already is left alone, and so is whatever somebody else has stored of the same URL and
    version, or under the same id. All are stored or none.
    """
    know = knowledge(settings.definitions, settings.cache)
    async with database.pool(url, 2) as pool:
        rooms = joined(settings, know, pool)
        async with rooms.record.following(partial(database.connect, url)):
            async with snapshot(pool, _EVERYONE) as taken:
                there = [_decode(body) async for bodies in taken.bodies("CodeSystem") for body in bodies]
            async with pool.acquire() as connection:
                lacking = _lacking(await telling.resources(connection), there)
            issues = [(one, rooms.profiles.validate(one)) for one in lacking]
            sound = [one for one, found in issues if not found]
            if sound:
                await rooms.record.transact(_transaction(sound), scope=_EVERYONE)
    return Told(len(sound), [_left_out(one, found[0]) for one, found in issues if found])


def _left_out(told: Tree, issue: Issue) -> str:
    return (
        f"{told['url']} {told.get('version', '')} is loaded, and has no resource in the record: "
        f"{issue.diagnostics} ({issue.expression})"
    )


def _lacking(told: Sequence[Tree], there: Sequence[Tree]) -> list[Tree]:
    """Those of `told` that are not `there` as they are; see `tell`."""
    by_id = {one["id"]: one for one in there}
    taken = {(one.get("url"), one.get("version")) for one in there if not _is_ours(one)}
    return [
        one
        for one in told
        if (one["url"], one.get("version")) not in taken and _may_replace(by_id.get(one["id"]), one)
    ]


def _is_ours(there: Tree) -> bool:
    ours: bool = there["id"] == telling.id_of(there.get("url", ""), there.get("version", ""))
    return ours and there["content"] == "not-present"


def _may_replace(there: Tree | None, told: Tree) -> bool:
    if there is None:
        return True
    return _is_ours(there) and {name: value for name, value in there.items() if name != "meta"} != told


def _transaction(trees: Iterable[Tree]) -> bytes:
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"CodeSystem/{one['id']}"}} for one in trees
    ]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
