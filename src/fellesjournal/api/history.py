"""history of a resource, a type and the whole record (FHIR R4 http.html#history)."""

from dataclasses import replace

from fellesjournal.api import links
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, Stored
from fellesjournal.api.subset import Subset
from fellesjournal.fhir import bundle


class Looking:
    """Answers GET .../_history with a Bundle of type history, newest first."""

    def __init__(self, door: Door, subset: Subset) -> None:
        self._door = door
        self._subset = subset

    async def history(self, call: Call) -> Answer:
        """`_since`, `_at`, `_count` and the next link's own parameter are understood by the record."""
        async with self._door() as session:
            page = await session.history(call.type or None, call.id or None, call.parameters)
        path = "/".join(part for part in (call.type, call.id, "_history") if part)
        versions = [self._cut(call, entry.stored) for entry in page.entries]
        found = links.of_page(call, path, page, call.view.written)
        return Answer(200, bundle.history(call.base, versions, found, page.total))

    def _cut(self, call: Call, stored: Stored) -> Stored:
        view = call.view
        if stored.body is None or view.whole or view.summary == "count":
            return stored
        return replace(stored, body=self._subset.cut(stored.type, stored.body, view.summary, view.elements))
