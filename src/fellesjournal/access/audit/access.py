"""One act on one citizen's record, as the log is told of it, and as it stands in the log."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis, Decision

SEVERAL = -1
"""The citizen of an entry that stands for several: each is led to it by a row of `audit_met`."""


class Access(msgspec.Struct, frozen=True):
    """One act of one actor on the record of one citizen.

    `citizen` is the key (0: nobody's), `patient` the same as "Patient/7". `action` is C, R, U, D or E
    (execute), `interaction` FHIR's word for it, `asked` the resource type that was asked for ("": several).
    `resources` are what was met, with versions; `query` is a search as it was written; `request` is shared
    by all acts of one request. `named` is False for a citizen who was only met on a list.
    """

    moment: datetime
    actor: Actor
    action: str
    interaction: str
    citizen: int
    patient: str
    resources: tuple[str, ...]
    query: str
    decision: Decision
    request: str
    asked: str = ""
    named: bool = True


class Met(msgspec.Struct, frozen=True, array_like=True):
    """What an entry that stands for several citizens has of one of them: see Access."""

    citizen: int
    patient: str
    resources: tuple[str, ...]
    reference: str


class Rest(msgspec.Struct, omit_defaults=True, frozen=True):
    """What of an act has no column of its own. New members need a default: old entries lack them."""

    patient: str = ""
    display: str = ""
    practitioner_role: str = ""
    unit_display: str = ""
    purpose: str = ""
    app: str = ""
    represents: str = ""
    represents_by: str = ""
    asked: str = ""
    resources: tuple[str, ...] = ()
    query: str = ""
    reference: str = ""
    reason: str = ""
    request: str = ""
    met: tuple[Met, ...] = ()


_encode: Callable[[Rest], bytes] = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Rest).decode


def rest_of(access: Access, *others: Access) -> bytes:
    """The body of an entry. The session is left out: who reads the log could act with it.

    With `others` the entry stands for them too: they differ from the first in citizen, patient, resources and
    the reference of the decision, and in nothing else.
    """
    actor, decision = access.actor, access.decision
    return _encode(
        Rest(
            "" if others else access.patient,
            actor.display,
            actor.practitioner_role,
            actor.unit_display,
            actor.purpose,
            actor.app,
            actor.represents,
            actor.represents_by,
            access.asked,
            () if others else access.resources,
            access.query,
            "" if others else decision.reference,
            decision.reason,
            access.request,
            tuple(_met(one) for one in (access, *others)) if others else (),
        )
    )


def _met(access: Access) -> Met:
    return Met(access.citizen, access.patient, access.resources, access.decision.reference)


def access_of(row: Any) -> Access:
    """An act again, from a row with the columns of the table. A seal has nothing but its columns."""
    return _access(row, _decode(row["body"]))


def accesses_of(row: Any, citizen: int | None = None) -> list[tuple[int, Access]]:
    """The acts that a row stands for, each with its part of the entry: one (part 0), or one for each citizen
    who was met (from 1 on). With `citizen` only those on that one.
    """
    rest = _decode(row["body"])
    first = _access(row, rest)
    if not rest.met:
        return [(0, first)] if citizen in (None, first.citizen) else []
    return [(part, _on(first, met)) for part, met in enumerate(rest.met, 1) if citizen in (None, met.citizen)]


def _on(first: Access, met: Met) -> Access:
    """The act on one of those who were met together."""
    decision = first.decision
    return replace(
        first,
        citizen=met.citizen,
        patient=met.patient,
        resources=met.resources,
        decision=Decision(decision.permit, decision.basis, met.reference, decision.reason),
    )


def _access(row: Any, rest: Rest) -> Access:
    actor = Actor(
        person=row["person"],
        role=row["role"],
        purpose=rest.purpose,
        display=rest.display,
        practitioner_role=rest.practitioner_role,
        unit=row["unit"],
        unit_display=rest.unit_display,
        app=rest.app,
        represents=rest.represents,
        represents_by=rest.represents_by,
    )
    return Access(
        moment=row["moment"],
        actor=actor,
        action=row["action"],
        interaction=row["interaction"],
        citizen=row["citizen"],
        patient=rest.patient,
        resources=rest.resources,
        query=rest.query,
        decision=Decision(row["permit"], Basis(row["basis"]), rest.reference, rest.reason),
        request=rest.request,
        asked=rest.asked,
        named=row["named"],
    )
