"""Patient/[id]/$everything (FHIR R4 patient-operation-everything.html)."""

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door
from fellesjournal.api.search import Searching


class Everything:
    """Answers GET and POST Patient/[id]/$everything with a paged searchset."""

    def __init__(self, door: Door, searching: Searching) -> None:
        self._door = door
        self._searching = searching

    async def everything(self, call: Call) -> Answer:
        """The patient, what is in their compartment, and what that refers to; `_type`, `_since`, `_count`."""
        async with self._door(call) as journal:
            await journal.read("Patient", call.id)  # 404 or 410 when there is no such patient
            page = await journal.everything(call.id, [*call.parameters, *call.view.written])
        path = f"Patient/{call.id}/$everything"
        return Answer(200, self._searching.render(call.base, path, page, call.view))
