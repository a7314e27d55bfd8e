"""Bundles, written straight to bytes around resource bodies that are never parsed (FHIR R4 bundle.html)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

import msgspec

Links = Sequence[tuple[str, str]]
"""(relation, absolute URL) in the order they are written."""

_text = msgspec.json.Encoder().encode


class Version(Protocol):
    """What is needed of a stored version of a resource (record.stored.Stored)."""

    @property
    def type(self) -> str:
        """Its resource type."""

    @property
    def id(self) -> str:
        """Its logical id."""

    @property
    def version(self) -> int:
        """Its version, from 1."""

    @property
    def updated(self) -> datetime:
        """When this version was written."""

    @property
    def body(self) -> bytes | None:
        """Its JSON; None when this version is a deletion."""

    @property
    def method(self) -> str:
        """POST, PUT, PATCH or DELETE."""


def instant(moment: datetime) -> str:
    """A FHIR instant in UTC with milliseconds: "2026-11-23T05:00:00.123Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def etag(version: int) -> str:
    """The weak ETag of a version, as R4 writes it: W/"3"."""
    return f'W/"{version}"'


def searchset(
    base: str, entries: Iterable[tuple[Version, str]], links: Links, total: int | None, outcome: bytes = b""
) -> bytes:
    """A Bundle of search results: (version, mode) per entry, mode being match or include.

    `outcome` is an OperationOutcome about the search itself, written as the first entry: behind a page of
    matches it would go unseen.
    """
    written = [b'{"resource":%s,"search":{"mode":"outcome"}}' % outcome] if outcome else []
    written += [_found(base, version, mode) for version, mode in entries]
    return _bundle("searchset", links, total, written)


def history(base: str, versions: Iterable[Version], links: Links, total: int | None) -> bytes:
    """A Bundle of versions, newest first, deletions among them as entries without a resource."""
    return _bundle("history", links, total, [_past(base, version) for version in versions])


def responses(kind: str, entries: Iterable[bytes]) -> bytes:
    """The Bundle that answers a batch or transaction (`kind`); each entry as `response` wrote it."""
    return _bundle(f"{kind}-response", (), None, list(entries))


def response(
    status: str,
    *,
    location: str = "",
    version: int = 0,
    updated: datetime | None = None,
    resource: bytes | None = None,
    outcome: bytes | None = None,
) -> bytes:
    """One entry of a batch or transaction response; `status` is "201 Created", absent parts are left out."""
    parts = (
        [b'{"resource":', resource, b',"response":{"status":'] if resource else [b'{"response":{"status":']
    )
    parts.append(_text(status))
    if location:
        parts += (b',"location":', _text(location))
    if version:
        parts.append(b',"etag":"W/\\"%d\\""' % version)
    if updated is not None:
        parts.append(b',"lastModified":"%s"' % _instant_bytes(updated))
    if outcome:
        parts += (b',"outcome":', outcome)
    parts.append(b"}}")
    return b"".join(parts)


def _bundle(kind: str, links: Links, total: int | None, entries: list[bytes]) -> bytes:
    head = [b'{"resourceType":"Bundle","type":"%s"' % kind.encode()]
    if total is not None:
        head.append(b',"total":%d' % total)
    if links:
        written = b",".join(
            b'{"relation":"%s","url":%s}' % (relation.encode(), _text(url)) for relation, url in links
        )
        head.append(b',"link":[%s]' % written)
    if entries:
        head += (b',"entry":[', b",".join(entries), b"]")
    head.append(b"}")
    return b"".join(head)


def _found(base: str, version: Version, mode: str) -> bytes:
    address = f"{base}/{version.type}/{version.id}".encode()
    return b'{"fullUrl":"%s","resource":%s,"search":{"mode":"%s"}}' % (address, version.body, mode.encode())


_MADE = {"POST": b"201 Created", "DELETE": b"204 No Content"}


def _past(base: str, version: Version) -> bytes:
    method = version.method
    address = f"{base}/{version.type}/{version.id}".encode()
    target = version.type if method == "POST" else f"{version.type}/{version.id}"
    status = _MADE.get(method) or (b"201 Created" if version.version == 1 else b"200 OK")
    return b"".join(
        (
            b'{"fullUrl":"%s"' % address,
            b',"resource":%s' % version.body if version.body is not None else b"",
            b',"request":{"method":"%s","url":"%s"}' % (method.encode(), target.encode()),
            b',"response":{"status":"%s","etag":"W/\\"%d\\""' % (status, version.version),
            b',"lastModified":"%s"}}' % _instant_bytes(version.updated),
        )
    )


@lru_cache(maxsize=4_096)
def _instant_bytes(moment: datetime) -> bytes:
    return instant(moment).encode()
