"""POST [base]/$reindex: index what was stored before search parameters came; an operation of our own."""

from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door
from fellesjournal.api.operations import parameters
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json

_WANTED = "parameter"


class Reindexing:
    """Answers POST $reindex and POST $reindex?parameter=[url of a SearchParameter]."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def reindex(self, call: Call) -> Answer:
        """`parameter` comes in the query or in a body of Parameters; without it all that wait are indexed.

        Answers when it is done, with Parameters: `parameter` (valueUri) for each search parameter that works
        now, `indexed` with the parts `type` and `resources` for each resource type, and `milliseconds`.
        """
        url = await _asked(call)
        async with self._door(call) as journal:
            done = await journal.reindex(url)
        written: list[dict[str, Any]] = [{"name": _WANTED, "valueUri": one} for one in done.parameters]
        written += [
            {
                "name": "indexed",
                "part": [
                    {"name": "type", "valueCode": kind},
                    {"name": "resources", "valueInteger": number},
                ],
            }
            for kind, number in done.resources.items()
        ]
        written.append({"name": "milliseconds", "valueInteger": done.milliseconds})
        return Answer(200, json.encode({"resourceType": "Parameters", "parameter": written}))


async def _asked(call: Call) -> str | None:
    asked = await parameters.asked(call)
    for name, _ in asked:
        if name != _WANTED:
            raise Invalid(
                f"$reindex takes the parameter '{_WANTED}', the url of a SearchParameter, not '{name}'."
            )
    urls = {value for _, value in asked}
    if len(urls) > 1:
        raise Invalid(
            "$reindex takes one search parameter at a time, or none for all that are not indexed yet."
        )
    return next(iter(urls), None)
