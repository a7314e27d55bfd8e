"""One act on one citizen's record, as the log is told of it, and as it stands in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis, Decision


@dataclass(frozen=True, slots=True)
class Access:
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


_encode: Callable[[Rest], bytes] = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Rest).decode


def rest_of(access: Access) -> bytes:
    """The body of an entry. The session is left out: who reads the log could act with it."""
    actor, decision = access.actor, access.decision
    return _encode(
        Rest(
            access.patient,
            actor.display,
            actor.practitioner_role,
            actor.unit_display,
            actor.purpose,
            actor.app,
            actor.represents,
            actor.represents_by,
            access.asked,
            access.resources,
            access.query,
            decision.reference,
            decision.reason,
            access.request,
        )
    )


def access_of(row: Any) -> Access:
    """An act again, from a row with the columns of the table. A seal has nothing but its columns."""
    rest = _decode(row["body"])
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
