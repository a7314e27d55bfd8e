"""Patient/[id]/$access-log: who has opened a citizen's record, in plain words; an operation of our own."""

from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, LogLine
from fellesjournal.fhir import json
from fellesjournal.fhir.bundle import instant
from fellesjournal.fhir.query import written


class AccessLog:
    """Answers GET Patient/[id]/$access-log with Parameters, one `line` for what one person did at a time."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def access_log(self, call: Call) -> Answer:
        """For the citizen and the privacy officer; `date`, `_count`, and `language` (nb, nn or en). The
        parameter `next` is the address of the page after this one.
        """
        async with self._door(call) as journal:
            page = await journal.access_log(call.id, call.parameters)
        parameters: list[dict[str, Any]] = [{"name": "line", "part": _parts(line)} for line in page.lines]
        if page.next is not None:
            address = f"{call.base}/Patient/{call.id}/$access-log?{written(page.next)}"
            parameters.append({"name": "next", "valueUri": address})
        body = {"resourceType": "Parameters"} | ({"parameter": parameters} if parameters else {})
        return Answer(200, json.encode(body))


def _parts(line: LogLine) -> list[dict[str, Any]]:
    events = [{"name": "event", "valueReference": {"reference": f"AuditEvent/{id}"}} for id in line.events]
    return [
        {"name": "text", "valueString": line.text},
        {"name": "start", "valueInstant": instant(line.start)},
        {"name": "end", "valueInstant": instant(line.end)},
        {"name": "attempt", "valueBoolean": line.attempt},
        {"name": "listed", "valueBoolean": line.listed},
        *events,
    ]
