"""delete and conditional delete (FHIR R4 http.html#delete, #cdelete)."""

from fellesjournal.api import write
from fellesjournal.api.answer import Answer, Headers
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door


class Deleting:
    """Answers DELETE [type]/[id] and DELETE [type]?criteria. Deleting what is not there is no error."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def delete(self, call: Call) -> Answer:
        """204 with the ETag of the version that says so, or 200 when an OperationOutcome is preferred."""
        write.no_parameters(call)
        version = call.if_match()
        async with self._door(call) as journal:
            stored = await journal.delete(call.type, call.id, if_match=version)
        headers: Headers = [] if stored is None else [(b"etag", b'W/"%d"' % stored.version)]
        return _answer(call, 0 if stored is None else 1, headers)

    async def delete_where(self, call: Call) -> Answer:
        """Deletes the match; 204 also when nothing matches, 412 when several do."""
        criteria = write.criteria(call)
        version = call.if_match()
        async with self._door(call) as journal:
            deleted = await journal.delete_where(call.type, criteria, if_match=version)
        return _answer(call, deleted, [])


def _answer(call: Call, deleted: int, headers: Headers) -> Answer:
    if call.preference.returns != "OperationOutcome":
        return Answer(204, b"", headers)
    what = (
        f"{deleted} {call.type} deleted." if deleted else f"There was no such {call.type}; nothing changed."
    )
    return Answer(200, write.said(what), headers)
