"""What is written into the log: an entry for each act, or one for all who were met together on a list.

A worklist meets fifty citizens in one act. A row for each of them, with its indexes, would cost more than the
list; so they share one, and a narrow row leads from each to it. Whoever reads the log gets an act for each.
"""

from collections.abc import Sequence
from typing import NamedTuple

from fellesjournal.access.audit import chain
from fellesjournal.access.audit.access import SEVERAL, Access, rest_of

TOGETHER_AT_MOST = 50
"""Citizens of one entry: to tell one of them of it, all of it is read."""
_NUL = b"\\u0000"
"""How JSON writes what PostgreSQL does not read in it; the citizens of an entry are counted there."""


class Entry(NamedTuple):
    """An entry that has no number yet: the act, or the first of several; its body; and the citizens (keys)
    when it stands for several.
    """

    access: Access
    body: bytes
    citizens: tuple[int, ...] = ()

    def row(self, chain_number: int, number: int) -> chain.Row:
        """The entry in its place."""
        access, body, citizens = self
        actor, decision = access.actor, access.decision
        return chain.Row(
            SEVERAL if citizens else access.citizen,
            access.moment,
            chain_number,
            number,
            decision.permit,
            access.named,
            actor.person,
            actor.role,
            actor.unit,
            access.action,
            access.interaction,
            decision.basis.value,
            body,
        )


def entries_of(accesses: Sequence[Access]) -> list[Entry]:
    """The entries that tell of some acts; raises ValueError for what PostgreSQL cannot hold."""
    if len(accesses) == 1:
        return [_of_one(accesses[0])]
    found: list[Entry] = []
    for alike in _alike(accesses):
        for at in range(0, len(alike), TOGETHER_AT_MOST):
            found += _of_several(alike[at : at + TOGETHER_AT_MOST])
    return found


def _alike(accesses: Sequence[Access]) -> list[list[Access]]:
    """The acts, those together that differ in nothing but whom they met; each of the others by itself."""
    groups: dict[tuple[object, ...], list[Access]] = {}
    for place, one in enumerate(accesses):
        key: tuple[object, ...] = (place,)
        if one.citizen and not one.named and one.action == "R":
            decision = one.decision
            why = decision.permit, decision.basis, decision.reason
            key = (one.moment, id(one.actor), one.interaction, one.query, one.asked, one.request, *why)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _of_several(alike: Sequence[Access]) -> list[Entry]:
    citizens = tuple(one.citizen for one in alike)
    if len(set(citizens)) == len(alike) > 1:
        body = _body(alike)
        if _NUL not in body:
            return [Entry(alike[0], body, citizens)]
    return [_of_one(one) for one in alike]


def _of_one(access: Access) -> Entry:
    return Entry(access, _body([access]))


def _body(accesses: Sequence[Access]) -> bytes:
    first = accesses[0]
    actor = first.actor
    text = f"{actor.person}{actor.role}{actor.unit}{first.interaction}"
    if "\0" in text:
        raise ValueError("A NUL character in an entry of the log.")
    text.encode()  # half a surrogate pair is refused here, and not among the entries of others
    return rest_of(*accesses)
