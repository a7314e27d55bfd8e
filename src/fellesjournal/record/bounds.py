"""What may not be written although it is within reach: what the scope's rules refuse, and a number of the
registers that somebody else in use has.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg
import msgspec

from fellesjournal.errors import Conflict
from fellesjournal.record import criteria
from fellesjournal.record.draft import Draft
from fellesjournal.record.knowing import Knowing
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope

Tree = dict[str, Any]

_decode = msgspec.json.Decoder(Tree).decode
_MOST = 10
"""Others with one number that are looked at."""


class Change(NamedTuple):
    """A draft, and the body of the version that it follows; None when there is none."""

    draft: Draft
    before: bytes | None


def concerns(type_name: str, scope: Scope) -> bool:
    """Whether a resource of a type must be written in a transaction, so that numbers stay single."""
    return any(name == type_name for name, _ in scope.single)


async def require(
    means: Means, connection: asyncpg.Connection, changes: Sequence[Change], scope: Scope
) -> None:
    """Raise Forbidden for what a rule refuses, Conflict for a number that another in use has.

    Two writers cannot get one number at the same time when both are in transactions.
    """
    for name, rule in scope.rules:
        for draft, before in changes:
            if draft.type == name:
                rule(_decode(draft.document.text), _decode(before) if before else None)
    if scope.files is not None:
        for draft, before in changes:
            if _may_hold_file(draft.document.text):
                scope.files(_decode(draft.document.text), _decode(before) if before else None)
    await _weigh(Knowing(means, connection, scope), changes, scope)
    for name, systems in scope.single:
        some = [change for change in changes if change.draft.type == name]
        if some:
            await _require_single(means, connection, some, frozenset(systems))


def _may_hold_file(text: bytes) -> bool:
    """Whether a resource has the name of a file's kind in it, or anything that is spelt with escapes."""
    return b"contentType" in text or b"\\u" in text


async def _weigh(known: Knowing, changes: Sequence[Change], scope: Scope) -> None:
    if scope.whole and not scope.strict:
        return
    for type_name, weighing in scope.weighed:
        for draft, before in changes:
            if draft.type == type_name:
                await weighing(_decode(draft.document.text), _decode(before) if before else None, known)


async def _require_single(
    means: Means, connection: asyncpg.Connection, changes: Sequence[Change], systems: frozenset[str]
) -> None:
    asked: dict[tuple[str, str], Draft] = {}
    for draft, before in changes:
        old = numbers_of(_decode(before), systems) if before else set()
        for number in sorted(numbers_of(_decode(draft.document.text), systems) - old):
            if asked.setdefault(number, draft) is not draft:
                raise _taken(draft.type)
    if not asked:
        return
    wanted = {
        number: criteria.criteria_of(draft.type, [("identifier", "|".join(number))])
        for number, draft in asked.items()
    }
    if connection.is_in_transaction():
        await criteria.lock(connection, wanted.values(), means.search.codes.names)
    leaving = {draft.id: numbers_of(_decode(draft.document.text), systems) for draft, _ in changes}
    for number, draft in asked.items():
        joined = joined_with(_decode(draft.document.text))
        rows = await means.search.matches(
            connection, draft.type, list(wanted[number][1]), scope=Scope.everyone(), limit=_MOST
        )
        for row in rows:
            bears = leaving.get(row["id"], numbers_of(_decode(row["body"]), systems))
            if row["id"] != draft.id and number in bears and f"{draft.type}/{row['id']}" not in joined:
                raise _taken(draft.type)


def numbers_of(tree: Tree, systems: frozenset[str]) -> set[tuple[str, str]]:
    """The numbers that somebody has now: none who is out of use, or was replaced by another."""
    replaced = any(one.get("type") == "replaced-by" for one in tree.get("link", ()))
    if tree.get("active") is False or replaced:
        return set()
    return {
        (one["system"], one["value"])
        for one in tree.get("identifier", ())
        if one.get("system") in systems and one.get("value") and one.get("use") != "old"
    }


def joined_with(tree: Tree) -> set[str]:
    """Those with whom a Patient says to be one person."""
    return {str(one.get("other", {}).get("reference", "")) for one in tree.get("link", ())}


def _taken(type_name: str) -> Conflict:
    return Conflict(
        f"Another {type_name} in use has this number of the registers. Use that one; or, when the two are "
        "one person, name it in link, or take it out of use (active: false), and send this again."
    )
