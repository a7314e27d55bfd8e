"""How two codes of a code system stand to one another (FHIR R4, CodeSystem $subsumes)."""

from fellesjournal.errors import NotFound
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.system import System

_OUTCOMES = {1: "subsumes", -1: "subsumed-by", 0: "not-subsumed"}


async def subsumes(system: System, a: str, b: str) -> str:
    """One of equivalent, subsumes (a stands above b), subsumed-by and not-subsumed.

    Raises NotFound for a code that the system does not have.
    """
    found = await system.concepts([a, b])
    for code in (a, b):
        if code not in found:
            raise NotFound(await absence(system, code))
    one, other = found[a].code, found[b].code
    if one == other:
        return "equivalent"
    return _OUTCOMES[await system.compared(one, other)]
