"""create and conditional create (FHIR R4 http.html#create, #ccreate)."""

from fellesjournal.api import write
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site


class Creating:
    """Answers POST [type]."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def create(self, call: Call) -> Answer:
        """201; with If-None-Exist 200 when there was one already, 412 when there were several."""
        if call.parameters:
            write.no_parameters(call)
        criteria = write.if_none_exist(call)
        body = await call.resource()
        async with self._site.open(call) as journal:
            written = await journal.create(call.type, body, if_none_exist=criteria)
        return await write.answer(self._site, call, written)
