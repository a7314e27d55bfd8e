"""Search in a type, in everything and in a compartment, by GET and by POST _search (FHIR R4 search.html)."""

from dataclasses import replace

from fellesjournal.api import free_slots, links, negotiation
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call, View
from fellesjournal.api.door import Door, Entry, Page, Stored
from fellesjournal.api.faults import UnsupportedMediaType
from fellesjournal.api.subset import Subset
from fellesjournal.fhir import bundle, outcome
from fellesjournal.fhir.query import Parameters, parse


class Searching:
    """Answers searches with a Bundle of type searchset."""

    def __init__(self, door: Door, subset: Subset) -> None:
        self._door = door
        self._subset = subset

    async def by_get(self, call: Call) -> Answer:
        """GET [base]?..., [type]?..., Patient/[id]/[type]?... and Patient/[id]/*?..."""
        return await self._search(call, [*call.parameters, *call.view.written])

    async def by_post(self, call: Call) -> Answer:
        """POST .../_search with the parameters in the query, in a form, or both."""
        kind = negotiation.content_kind(call.header(b"content-type"))
        form = await call.body()
        if kind == negotiation.FORM:
            call.take(parse(form, "the form"))
        elif form:
            raise UnsupportedMediaType(f"A search is posted as {negotiation.FORM}, not as '{kind}'.")
        return await self._search(call, [*call.parameters, *call.view.written])

    async def _search(self, call: Call, asked: Parameters) -> Answer:
        compartment = (call.type, call.id) if call.id else None
        kind = call.inner if call.id else call.type
        if not call.preference.lenient:
            only = kind not in ("", "*") and not any("include" in name for name, _ in asked)
            self._subset.check([kind] if only else [], call.view.elements)
        async with self._door(call) as journal:
            page = await journal.search(
                None if kind in ("", "*") else kind,
                asked,
                compartment=compartment,
                lenient=call.preference.lenient,
            )
        page = replace(page, ignored=(*page.ignored, *free_slots.advice(kind, page)))
        path = "/".join(part for part in (call.type, call.id, call.inner) if part)
        return Answer(200, self.render(call.base, path, page, call.view))

    def render(self, base: str, path: str, page: Page, view: View) -> bytes:
        """A page of the search at `path` as a searchset, its resources cut as the view asks."""
        found = [(self._cut(view, entry), entry.mode) for entry in page.entries]
        said = outcome.render(page.ignored) if page.ignored else b""
        return bundle.searchset(base, found, links.of_page(base, path, page, []), page.total, said)

    def _cut(self, view: View, entry: Entry) -> Stored:
        stored = entry.stored
        if view.whole or stored.body is None or view.summary == "count":
            return stored
        return replace(stored, body=self._subset.cut(stored.type, stored.body, view.summary, view.elements))
