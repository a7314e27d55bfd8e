"""$meta, $meta-add and $meta-delete of a resource (FHIR R4 resource-operation-meta.html and others)."""

from collections.abc import Callable
from typing import Any

import msgspec

from fellesjournal.api.answer import Answer, version_headers
from fellesjournal.api.call import Call
from fellesjournal.api.door import OpenJournal, Site, Stored
from fellesjournal.api.operations import parameters
from fellesjournal.errors import Conflict, Gone, Invalid, PreconditionFailed
from fellesjournal.fhir import json

Meta = dict[str, Any]
Change = Callable[[Meta, Meta], Meta]

_LISTS = ("profile", "security", "tag")
_TRIES = 5

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Labelling:
    """Answers GET and POST [type]/[id]/$meta, POST .../$meta-add and POST .../$meta-delete."""

    def __init__(self, site: Site) -> None:
        self._door = site.open
        self._require = site.require

    async def meta(self, call: Call) -> Answer:
        """The profiles, security labels and tags of the resource, as Parameters with `return`."""
        async with self._door(call) as journal:
            stored = await journal.read(call.type, call.id)
        return _answer(stored)

    async def add(self, call: Call) -> Answer:
        """Add what the parameter `meta` holds; what is there already stays as it is."""
        return await self._change(call, added)

    async def delete(self, call: Call) -> Answer:
        """Take away what the parameter `meta` holds; what is not there is no error."""
        return await self._change(call, removed)

    async def _change(self, call: Call, change: Change) -> Answer:
        given = self._given(await call.resource())
        async with self._door(call) as journal:
            for _ in range(_TRIES):
                try:
                    return _answer(await _written(journal, call, given, change))
                except PreconditionFailed:
                    continue  # someone else wrote between our read and our write: look again
        raise Conflict(f"{call.type}/{call.id} is being written by others all the time; try again.")

    def _given(self, body: bytes) -> Meta:
        document = json.parse(body)
        self._require(document.tree)
        meta = json.decode_exact(parameters.incoming(document).get("meta", b"null"))
        if document.tree["resourceType"] != "Parameters" or not isinstance(meta, dict):
            raise Invalid('Send Parameters with the parameter "meta" (valueMeta) that holds what is meant.')
        return meta


async def _written(journal: OpenJournal, call: Call, given: Meta, change: Change) -> Stored:
    stored = await journal.read(call.type, call.id)
    before = _meta_of(stored)
    after = change(before, given)
    if after == before:
        return stored
    members = _members(stored.body or b"{}")
    members["meta"] = msgspec.Raw(json.encode(after))
    body = msgspec.json.encode(members)
    return (await journal.update(call.type, call.id, body, if_match=stored.version)).stored


def added(before: Meta, given: Meta) -> Meta:
    """`before` with the profiles, labels and tags of `given` that it does not have yet."""
    after = dict(before)
    for name in _LISTS:
        mine = before.get(name, [])
        have = {_sameness(one) for one in mine}
        more = {_sameness(one): one for one in given.get(name, []) if _sameness(one) not in have}
        if mine or more:
            after[name] = [*mine, *more.values()]
    return after


def removed(before: Meta, given: Meta) -> Meta:
    """`before` without the profiles, labels and tags of `given`."""
    after = dict(before)
    for name in _LISTS:
        unwanted = {_sameness(one) for one in given.get(name, [])}
        kept = [one for one in before.get(name, []) if _sameness(one) not in unwanted]
        after.pop(name, None)
        if kept:
            after[name] = kept
    return after


def _sameness(one: Any) -> Any:
    """A profile is its address; a coding its system and code (R4: other parts do not count)."""
    return (one.get("system"), one.get("code")) if isinstance(one, dict) else one


def _meta_of(stored: Stored) -> Meta:
    if stored.body is None:
        raise Gone(f"{stored.type}/{stored.id} was deleted with version {stored.version}.")
    meta: Meta = json.decode_exact(_members(stored.body)["meta"])
    return meta


def _answer(stored: Stored) -> Answer:
    body = parameters.outgoing(**{"return": ("valueMeta", _meta_of(stored))})
    return Answer(200, body, version_headers(stored.version, stored.updated))
