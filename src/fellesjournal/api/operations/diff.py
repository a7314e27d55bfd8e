"""[type]/[id]/$diff?from=1&to=3: what changed between two versions of a resource, an operation of our own."""

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import OpenJournal, Site, Stored
from fellesjournal.errors import Gone, Invalid, Issue
from fellesjournal.fhir import json
from fellesjournal.fhir.diff import diff


class Comparing:
    """Answers GET [type]/[id]/$diff with Parameters that hold a FHIRPath Patch."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def diff(self, call: Call) -> Answer:
        """Without `to` the present version, without `from` the version before `to`."""
        asked = _versions(call)
        async with self._site.open(call) as journal:
            after = await _version(journal, call, asked.get("to"))
            before = await _version(journal, call, asked.get("from", max(after.version - 1, 1)))
        trees = [json.decode_exact(_body(stored)) for stored in (before, after)]
        return Answer(200, json.encode(diff(self._site.definitions, *trees)))


def _versions(call: Call) -> dict[str, int]:
    asked = {}
    for name, value in call.parameters:
        if name not in ("from", "to"):
            raise Invalid(Issue("invalid", f"$diff takes the parameters 'from' and 'to', not '{name}'."))
        number = value.rpartition("_history/")[2]
        if not (number.isascii() and number.isdigit() and 0 < int(number[:10]) < 2**31):
            raise Invalid(Issue("value", f"'{name}' must be a version number such as 2, not '{value}'."))
        asked[name] = int(number)
    return asked


async def _version(journal: OpenJournal, call: Call, version: int | None) -> Stored:
    if version is None:
        return await journal.read(call.type, call.id)
    return await journal.vread(call.type, call.id, version)


def _body(stored: Stored) -> bytes:
    if stored.body is None:
        raise Gone(f"Version {stored.version} of {stored.type}/{stored.id} is its deletion.")
    return stored.body
