"""Patient/$emergency-access and Patient/[id]/$override-block: opened with a reason, and followed up."""

from fellesjournal.access.journal import EMERGENCY, OVERRIDE
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, Stored
from fellesjournal.api.operations import parameters
from fellesjournal.errors import Invalid

_TAKES = ("identifier", "reason")


class Emergencies:
    """Answers with the Task that opens the record for four hours, and that is followed up."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def access(self, call: Call) -> Answer:
        """POST Patient/[id]/$emergency-access, or without the id and with `identifier` ("system|value")."""
        return await self._taken(call, EMERGENCY)

    async def override(self, call: Call) -> Answer:
        """POST Patient/[id]/$override-block."""
        return await self._taken(call, OVERRIDE)

    async def _taken(self, call: Call, grant: str) -> Answer:
        asked = await _asked(call)
        if bool(call.id) == ("identifier" in asked):
            raise Invalid("Name the citizen once: as Patient/[id], or by the parameter 'identifier'.")
        async with self._door(call) as journal:
            task = await journal.take(grant, call.id, asked.get("identifier", ""), asked.get("reason", ""))
        return _created(call, task)


def _created(call: Call, task: Stored) -> Answer:
    location = f"{call.base}/Task/{task.id}/_history/{task.version}".encode()
    return Answer(201, task.body or b"", [(b"location", location)])


async def _asked(call: Call) -> dict[str, str]:
    asked = await parameters.asked(call)
    for name, _ in asked:
        if name not in _TAKES:
            raise Invalid(f"This takes {' and '.join(_TAKES)}, not '{name}'.")
    return dict(asked)
