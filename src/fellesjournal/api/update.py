"""update and conditional update (FHIR R4 http.html#update, #cond-update)."""

from fellesjournal.api import write
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site


class Updating:
    """Answers PUT [type]/[id] and PUT [type]?criteria."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def update(self, call: Call) -> Answer:
        """200, or 201 when the id was new; 412 when If-Match names another version."""
        write.no_parameters(call)
        version = call.if_match()
        body = await call.resource()
        async with self._site.open(call) as journal:
            written = await journal.update(call.type, call.id, body, if_match=version)
        return await write.answer(self._site, call, written)

    async def update_where(self, call: Call) -> Answer:
        """No match: 201. One: 200. Several: 412. One whose id is not the body's: 400."""
        criteria = write.criteria(call)
        version = call.if_match()
        body = await call.resource()
        async with self._site.open(call) as journal:
            written = await journal.update_where(call.type, criteria, body, if_match=version)
        return await write.answer(self._site, call, written)
