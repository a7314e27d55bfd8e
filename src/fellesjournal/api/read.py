"""read and vread, also conditional (FHIR R4 http.html#read, #vread, #cread)."""

from email.utils import parsedate_to_datetime

from fellesjournal.api.answer import Answer, version_headers
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, Stored
from fellesjournal.api.subset import Subset
from fellesjournal.errors import Gone, Invalid


class Reading:
    """Answers GET and HEAD of one resource or one of its versions."""

    def __init__(self, door: Door, subset: Subset) -> None:
        self._door = door
        self._subset = subset

    async def read(self, call: Call) -> Answer:
        """GET [type]/[id]: 200, 304, 404 or 410."""
        _no_search(call)
        async with self._door(call) as journal:
            stored = await journal.read(call.type, call.id)
        return self._answer(call, stored)

    async def vread(self, call: Call) -> Answer:
        """GET [type]/[id]/_history/[version]: 200, 304, 404, or 410 when that version is the deletion."""
        _no_search(call)
        async with self._door(call) as journal:
            stored = await journal.vread(call.type, call.id, int(call.version))
        return self._answer(call, stored)

    def _answer(self, call: Call, stored: Stored) -> Answer:
        if stored.body is None:
            raise Gone(f"{stored.type}/{stored.id} was deleted with version {stored.version}.")
        headers = version_headers(stored.version, stored.updated)
        if unchanged(call, stored):
            return Answer(304, b"", headers)
        if call.view.whole:
            return Answer(200, stored.body, headers)
        if call.view.summary == "count":
            raise Invalid("_summary=count counts the matches of a search; this is a single resource.")
        self._subset.check([stored.type], call.view.elements)
        body = self._subset.cut(stored.type, stored.body, call.view.summary, call.view.elements)
        return Answer(200, body, headers)


def unchanged(call: Call, stored: Stored) -> bool:
    """Whether the client has this version, by If-None-Match or else If-Modified-Since (RFC 9110 13)."""
    tags = call.header(b"if-none-match")
    if tags:
        mine = str(stored.version)
        given = (tag.strip() for tag in tags.split(","))
        return any(tag == "*" or tag.removeprefix("W/").strip('"') == mine for tag in given)
    since = call.header(b"if-modified-since")
    if not since:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False  # RFC 9110 13.1.3: a date that cannot be read is ignored
    return stored.updated.timestamp() // 1 <= moment.timestamp()


def _no_search(call: Call) -> None:
    if call.parameters:
        name = call.parameters[0][0]
        text = f"'{name}' has no meaning when one resource is read; search with GET {call.type}?{name}=..."
        raise Invalid(text)
