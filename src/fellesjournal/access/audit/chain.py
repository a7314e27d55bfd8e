"""The hash chain of the log: each entry's hash covers all of the entry and the hash before it.

SHA-256 over the previous hash, the numbers, the lengths of the texts, the texts, and the body: no two entries
are written alike. This is the format of what is kept for decades: it may not change.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """An entry as the table has it, but for its hash."""

    citizen: int
    moment: datetime
    chain: int
    number: int
    permit: bool
    named: bool
    person: str
    role: str
    unit: str
    action: str
    interaction: str
    basis: str
    body: bytes


def genesis(opened: datetime, opener: str, secret: bytes) -> bytes:
    """The hash that a chain begins with."""
    return sha256(b"%d %s %s" % (_microseconds(opened), opener.encode(), secret)).digest()


def link(before: bytes, row: Row) -> bytes:
    """The hash of an entry that follows one with the hash `before`."""
    citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body = row
    head = (
        f"{citizen} {_microseconds(moment)} {chain} {number} {permit:d} {named:d} {len(person)} {len(role)} "
        f"{len(unit)} {len(action)} {len(interaction)} {len(basis)} "
        f"{person}{role}{unit}{action}{interaction}{basis}"
    )
    return sha256(before + head.encode() + b"\n" + body).digest()


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
