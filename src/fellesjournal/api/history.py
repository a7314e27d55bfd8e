"""history of a resource, a type and the whole record (FHIR R4 http.html#history)."""

from dataclasses import replace

from fellesjournal.api import links
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call, View
from fellesjournal.api.door import Door, Page, Stored
from fellesjournal.api.subset import Subset
from fellesjournal.fhir import bundle


class Looking:
    """Answers GET .../_history with a Bundle of type history, newest first."""

    def __init__(self, door: Door, subset: Subset) -> None:
        self._door = door
        self._subset = subset

    async def history(self, call: Call) -> Answer:
        """`_since`, `_at`, `_count` and the next link's own parameter are understood by the record."""
        async with self._door(call) as journal:
            page = await journal.history(call.type or None, call.id or None, call.parameters)
        path = "/".join(part for part in (call.type, call.id, "_history") if part)
        return Answer(200, self.render(call.base, path, page, call.view))

    def render(self, base: str, path: str, page: Page, view: View) -> bytes:
        """A page of the history at `path` as a Bundle, its resources cut as the view asks."""
        versions = [self._cut(view, entry.stored) for entry in page.entries]
        found = links.of_page(base, path, page, view.written)
        return bundle.history(base, versions, found, page.total)

    def _cut(self, view: View, stored: Stored) -> Stored:
        if stored.body is None or view.whole or view.summary == "count":
            return stored
        return replace(stored, body=self._subset.cut(stored.type, stored.body, view.summary, view.elements))
