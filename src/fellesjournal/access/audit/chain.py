"""The hash chain of the log: each entry's hash covers all of the entry and the hash before it.

SHA-256 over the previous hash and every field with its length in front: no two entries are written alike.
"""

import hashlib
from datetime import UTC, datetime
from typing import NamedTuple


class Row(NamedTuple):
    """An entry as the table has it, but for its hash."""

    citizen: int
    moment: datetime
    chain: int
    number: int
    person: str
    role: str
    unit: str
    action: str
    interaction: str
    permit: bool
    basis: str
    body: bytes


def genesis(opened: datetime, opener: str, secret: bytes) -> bytes:
    """The hash that a chain begins with."""
    return hashlib.sha256(b"\0".join((_moment(opened), opener.encode(), secret))).digest()


def link(before: bytes, row: Row) -> bytes:
    """The hash of an entry that follows one with the hash `before`."""
    fields = (
        b"%d %d %d %d" % (row.citizen, row.chain, row.number, row.permit),
        _moment(row.moment),
        row.person.encode(),
        row.role.encode(),
        row.unit.encode(),
        row.action.encode(),
        row.interaction.encode(),
        row.basis.encode(),
        row.body,
    )
    digest = hashlib.sha256(before)
    for field in fields:
        digest.update(b"%d:" % len(field))
        digest.update(field)
    return digest.digest()


def _moment(moment: datetime) -> bytes:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").encode()
