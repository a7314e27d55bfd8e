"""Whether drafts may be written: into the records within reach, or where care begins with them."""

from collections.abc import Sequence

import asyncpg
import msgspec

from fellesjournal.errors import Forbidden, NotFound
from fellesjournal.record.draft import Draft
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


async def require(connection: asyncpg.Connection, drafts: Sequence[Draft], scope: Scope) -> None:
    """Raise NotFound when a draft is of a citizen out of reach: to this actor there is no such patient.

    What opens care (an Encounter, a referral) may be written for anybody by those with that right, and with
    it, in the same transaction, what belongs to it.
    """
    for draft in drafts:
        require_free(draft.document.text, scope)
    if scope.whole or not drafts:
        return
    opened = {draft.entries.citizen for draft in drafts if draft.number in scope.opening}
    asked = [draft for draft in drafts if not draft.entries.citizen or draft.entries.citizen not in opened]
    if not asked:
        return
    citizens = [draft.entries.citizen for draft in asked]
    types, keys = [draft.number for draft in asked], [draft.key for draft in asked]
    rows = await connection.fetch(SQL.drafts_within_reach, citizens, types, keys, *scope.reach)
    for draft, row in zip(asked, rows, strict=True):
        if not row["visible"]:
            fault = NotFound(f"There is no {draft.type}/{draft.id}.")
            fault.citizen = draft.entries.citizen
            raise fault


def require_free(body: bytes, scope: Scope) -> None:
    """Raise Forbidden when a resource, as it is or as it is to be, is of the kind reserved for the door."""
    if not scope.reserved:
        return
    plain = _unescaped(body)
    if any(text in plain for text in scope.reserved):
        raise Forbidden(
            "Emergency access, overridden blocks, who represents whom, and systems are not written so."
        )


def require_same_person(draft: Draft, body: bytes, scope: Scope) -> None:
    """Raise Forbidden when a citizen (`body`: as they are now) would get or lose a number of the registers.

    Sign-in goes by it: with another's number, another would have this record.
    """
    if draft.type != "Patient" or not scope.settled:
        return
    if _numbers(draft.document.text, scope.settled) != _numbers(body, scope.settled):
        raise Forbidden("A citizen's number is changed by those who keep personal data, or by the register.")


def _numbers(body: bytes, start: str) -> list[tuple[str, str]]:
    """The identifiers whose systems begin so."""
    given = _decode(body).get("identifier", ())
    pairs = ((str(one.get("system", "")), str(one.get("value", ""))) for one in given)
    return sorted(pair for pair in pairs if pair[0].startswith(start))


def _unescaped(body: bytes) -> bytes:
    """The JSON with every character written as itself: "\\u0068ttps" is the same text as "https"."""
    return _encode(_decode(body)) if b"\\" in body else body
