"""batch and transaction: many interactions in one Bundle (FHIR R4 http.html#transaction)."""

import logging
from http import HTTPStatus

import msgspec

from fellesjournal.api import outcome
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call, view_of
from fellesjournal.api.door import Answered, Door, Page
from fellesjournal.api.history import Looking
from fellesjournal.api.operations.inside import Inside, asked
from fellesjournal.api.search import Searching
from fellesjournal.errors import Broken, Fault, Invalid
from fellesjournal.fhir import bundle
from fellesjournal.fhir.query import parse

log = logging.getLogger(__name__)

_NOT_SHOWN = "Something went wrong in the server; what this entry asks for was done, but cannot be shown."
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class _Request(msgspec.Struct):
    method: str
    url: str


class _Entry(msgspec.Struct):
    request: _Request
    resource: msgspec.Raw = msgspec.Raw()


class _Requests(msgspec.Struct):
    entry: list[_Entry] = []


_WRITE = _Entry(_Request("", ""))
_requests = msgspec.json.Decoder(_Requests).decode


class Transacting:
    """Answers POST [base]. What was written comes back with `Prefer: return=representation` only.

    The record carries out the interactions of a batch and refuses operations, which it does not know; then
    those are answered here.
    """

    def __init__(self, door: Door, searching: Searching, looking: Looking, inside: Inside) -> None:
        self._door = door
        self._inside = inside
        self._searching = searching
        self._looking = looking

    async def post(self, call: Call) -> Answer:
        """200 with a Bundle of type batch-response or transaction-response; one entry per entry, in order."""
        if call.parameters:
            raise Invalid(f"'{call.parameters[0][0]}' has no meaning for a batch or transaction.")
        body = await call.resource()
        async with self._door(call) as journal:
            kind, answered = await journal.transact(body, check_read=view_of)
        needed = any(map(_may_be_read, answered)) or (kind == "batch" and b"$" in body)
        requests = _requests(body).entry if needed else [_WRITE] * len(answered)
        operations = await self._operations(call, requests) if kind == "batch" else {}
        entries = [
            _operated(operations[number]) if number in operations else self._shown(call, *pair)
            for number, pair in enumerate(zip(answered, (one.request for one in requests), strict=True))
        ]
        return Answer(200, bundle.responses(kind, entries))

    async def _operations(self, call: Call, entries: list[_Entry]) -> dict[int, Answer]:
        """The answers to the entries that are operations, by their number."""
        found = (
            (number, asked(call.base, one.request.method, one.request.url, bytes(one.resource)))
            for number, one in enumerate(entries)
            if "$" in one.request.url
        )
        return await self._inside.answers(call, [pair for pair in found if pair[1].name])

    def _shown(self, call: Call, answered: Answered, asked: _Request) -> bytes:
        """The entry of the answer. By now all is stored: an answer that cannot be shown is only its own."""
        try:
            return self._entry(call, answered, asked)
        except Fault as fault:
            return self._entry(call, Answered(0, fault=fault), asked)
        except Exception:
            log.exception("The answer to %s %s in a Bundle failed", asked.method, asked.url[:200])
            return self._entry(call, Answered(0, fault=Broken(_NOT_SHOWN)), asked)

    def _entry(self, call: Call, answered: Answered, asked: _Request) -> bytes:
        stored, fault = answered.stored, answered.fault
        if fault is not None:
            return bundle.response(_STATUS[outcome.status_of(fault)], outcome=outcome.body_of(fault))
        status = _STATUS[answered.status]
        if answered.page is not None:
            return bundle.response(status, resource=self._page(call, answered.page, asked.url))
        if stored is None:
            return bundle.response(status)
        reads = asked.method in ("GET", "HEAD")
        return bundle.response(
            status,
            location="" if reads else f"{stored.type}/{stored.id}/_history/{stored.version}",
            version=stored.version,
            updated=stored.updated,
            resource=stored.body if reads or call.preference.returns == "representation" else None,
        )

    def _page(self, call: Call, page: Page, url: str) -> bytes:
        """What a search or history inside the Bundle found, as it would be answered by itself."""
        path, _, query = url.removeprefix(call.base).lstrip("/").partition("?")
        view = view_of(parse(query.encode()))
        rendering = self._looking if "_history" in path.split("/") else self._searching
        return rendering.render(call.base, path, page, view)


def _may_be_read(answered: Answered) -> bool:
    return answered.page is not None or (answered.status == 200 and answered.stored is not None)


def _operated(answer: Answer) -> bytes:
    """The entry that answers an operation."""
    status, body = _STATUS[answer.status], answer.body or None
    return (
        bundle.response(status, outcome=body)
        if answer.status >= 400
        else bundle.response(status, resource=body)
    )
