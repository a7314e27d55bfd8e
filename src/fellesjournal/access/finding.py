"""Search by words in one citizen's chart, through the door."""

from collections.abc import Collection
from dataclasses import replace

from fellesjournal.access.criteria import as_logged
from fellesjournal.access.policies import Act
from fellesjournal.access.visit import Visit
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.wording.find import Finds
from fellesjournal.terminology.wording.sought import Sought


async def find(
    record: Record,
    visit: Visit,
    scope: Scope,
    id: str,
    wanted: Sought,
    most: int,
    types: Collection[str] = (),
) -> Finds:
    """What is found by words in the record of Patient/[id], within a scope; see Record.find.

    Those who may override a block are told how much it keeps from their unit, whatever they search for
    (docs/decisions/chart-search.md).
    """
    kinds = [("_type", ",".join(types))] if types else []
    query = as_logged([("patient", id), ("_content", wanted.text), *kinds])
    async with visit.doing(Act.READ, "search-system", "", query=query) as note:
        finds = await record.find(id, wanted, scope=scope, most=most, types=types)
        note.asked.add(key_of(f"Patient/{id}"))
        for one in finds.finds:
            note.met_with(one.stored)
        return replace(finds, blocked=await blocked(record, visit, scope, id))


async def blocked(record: Record, visit: Visit, scope: Scope, id: str) -> int:
    """How much of the record of Patient/[id] a block keeps from the unit of one who may override it; 0 to
    others. No resource is told of, so none is in the log.
    """
    units = _units(visit, scope)
    return await record.blocked(id, units, scope=scope) if units else 0


def _units(visit: Visit, scope: Scope) -> list[int]:
    """The unit of one who may override a block of it, and those above it; none for others."""
    actor = visit.actor
    if actor.granted is not None or not visit.overrides:
        return []
    own = {0, key_of(actor.person), key_of(actor.practitioner_role)}
    return [party for party in scope.shut if party not in own]
