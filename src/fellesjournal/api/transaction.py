"""batch and transaction: many interactions in one Bundle (FHIR R4 http.html#transaction)."""

import logging
from http import HTTPStatus

import msgspec

from fellesjournal.api import outcome
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call, view_of
from fellesjournal.api.door import Answered, Door, Page
from fellesjournal.api.history import Looking
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


class _Requests(msgspec.Struct):
    entry: list[_Entry] = []


_WRITE = _Request("", "")
_requests = msgspec.json.Decoder(_Requests).decode


class Transacting:
    """Answers POST [base]. What was written comes back with `Prefer: return=representation` only."""

    def __init__(self, door: Door, searching: Searching, looking: Looking) -> None:
        self._door = door
        self._searching = searching
        self._looking = looking

    async def post(self, call: Call) -> Answer:
        """200 with a Bundle of type batch-response or transaction-response; one entry per entry, in order."""
        if call.parameters:
            raise Invalid(f"'{call.parameters[0][0]}' has no meaning for a batch or transaction.")
        body = await call.resource()
        async with self._door(call) as journal:
            kind, answered = await journal.transact(body, check_read=view_of)
        asked = _asked(body) if any(map(_may_be_read, answered)) else [_WRITE] * len(answered)
        entries = [self._shown(call, *pair) for pair in zip(answered, asked, strict=True)]
        return Answer(200, bundle.responses(kind, entries))

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


def _asked(body: bytes) -> list[_Request]:
    return [entry.request for entry in _requests(body).entry]
