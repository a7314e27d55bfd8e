"""Resources of the record that an operation is asked of by their id."""

from typing import Any

from fellesjournal.api.call import Call
from fellesjournal.api.door import Door
from fellesjournal.errors import Gone
from fellesjournal.fhir import json


class Shelf:
    """Reads CodeSystems, ValueSets and ConceptMaps as the actor may see them."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def tree(self, call: Call) -> dict[str, Any]:
        """The resource of [type]/[id] in the path. Raises NotFound, Gone."""
        async with self._door(call) as journal:
            stored = await journal.read(call.type, call.id)
        if stored.body is None:
            raise Gone(f"{call.type}/{call.id} was deleted.")
        return json.parse(stored.body).tree
