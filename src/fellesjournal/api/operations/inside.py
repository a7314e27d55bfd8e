"""Operations inside a batch (FHIR R4 http.html#transaction): answered as if each had been sent alone."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from starlette.types import Message, Receive

from fellesjournal.api import outcome
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.faults import MethodNotAllowed, TooLong
from fellesjournal.api.negotiation import FHIR_JSON
from fellesjournal.api.path import Paths
from fellesjournal.api.routes import Table
from fellesjournal.errors import Broken, Fault

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 4
"""Operations of one batch that are answered at the same time: more would take the connections of others."""
_WRITING = ("$meta-add", "$meta-delete", "$reindex", "$emergency-access", "$override-block")
"""Answered one after the other, when all that read have been."""
_BROKEN = "Something went wrong in the server with this entry."


class Asked(NamedTuple):
    """One entry: its request, and the JSON of its resource (Parameters), empty when there is none."""

    method: str
    path: str
    query: str
    resource: bytes

    @property
    def name(self) -> str:
        """What is asked for: "$validate-code" of "CodeSystem/$validate-code", "" when it is no operation."""
        last = self.path.rpartition("/")[2]
        return last if last.startswith("$") else ""


def asked(base: str, method: str, url: str, resource: bytes) -> Asked:
    """An entry of a Bundle; its url may be relative or begin with the address of this server."""
    path, _, query = url.removeprefix(f"{base}/").lstrip("/").partition("?")
    return Asked(method, path, query, resource)


class Inside:
    """Answers operations by the routes that answer them alone; a batch in a batch is none of them."""

    def __init__(self, table: Callable[[], Table], types: tuple[str, ...]) -> None:
        self._table = table
        self._types = types

    async def answers(self, call: Call, entries: Iterable[tuple[int, Asked]]) -> dict[int, Answer]:
        """The answer to each numbered entry. A fault is the answer to its own entry only."""
        found: dict[int, Answer] = {}
        waiting = iter(sorted(entries, key=lambda entry: entry[1].name in _WRITING))
        writes: list[tuple[int, Asked]] = []

        async def one_after_another() -> None:
            for number, entry in waiting:
                if entry.name in _WRITING:
                    writes.append((number, entry))
                else:
                    found[number] = await self._answer(call, entry)

        await asyncio.gather(*(one_after_another() for _ in range(SIDE_BY_SIDE)))
        for number, entry in writes:
            found[number] = await self._answer(call, entry)
        return found

    async def _answer(self, call: Call, entry: Asked) -> Answer:
        try:
            return await self._handled(call, entry)
        except Fault as fault:
            return Answer(outcome.status_of(fault), outcome.body_of(fault))
        except Exception:
            log.exception("%s %s in a batch failed", entry.method, entry.path[:200])
            broken = Broken(_BROKEN)
            return Answer(outcome.status_of(broken), outcome.body_of(broken))

    async def _handled(self, call: Call, entry: Asked) -> Answer:
        if len(entry.path) + len(entry.query) > call.options.longest_url:
            raise TooLong(f"The url is longer than {call.options.longest_url} bytes: send it as a POST.")
        routes, kind, id, inner, version = self._paths.find(entry.path)
        route = routes.get("GET" if entry.method == "HEAD" else entry.method)
        if route is None:
            allowed = ", ".join(sorted(routes))
            raise MethodNotAllowed(
                f"{entry.method[:40]} is not possible here; possible are {allowed}.", allowed
            )
        alone = Call({"method": entry.method, "headers": _headers(call)}, _receiving(entry), call.options)
        alone.type, alone.id, alone.inner, alone.version = kind, id, inner, version
        alone.base, alone.actor, alone.request = call.base, call.actor, call.request
        alone.negotiate(entry.query.encode())
        answer = await route.handler(alone)
        return Answer(answer.status) if entry.method == "HEAD" else answer

    @cached_property
    def _paths(self) -> Paths:
        return Paths(self._table(), self._types)


def _headers(call: Call) -> list[tuple[bytes, bytes]]:
    """Those of the batch that count for its entries, too."""
    kept = [(name, call.headers[name]) for name in (b"prefer", b"accept-language") if name in call.headers]
    return [(b"content-type", FHIR_JSON), *kept]


def _receiving(entry: Asked) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": entry.resource}

    return receive
