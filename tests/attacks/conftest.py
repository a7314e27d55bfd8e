"""The surface with a small region behind it: Kari is on the ward, the clinic shut out; Ola is elsewhere."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from access.conftest import EVERYONE, block, observation, patient, put, shut_out, stay
from access.test_sequences import worker
from api.conftest import LIMITS, Shared, data_folder, shared
from fellesjournal.access.actor import Actor
from fellesjournal.access.guard import Guard
from fellesjournal.access.policies import Policies
from fellesjournal.api.application import create
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.search.search import Search

__all__ = ["data_folder", "shared"]

NURSE = worker("sykepleier", "ward")
ACTORS = {
    "nurse": NURSE,
    "student": worker("legestudent", "ward"),
    "secretary": worker("helsesekretaer", "ward"),
    "administrator": worker("administrator", "ward"),
    "blocked": worker("lege", "clinic"),
    "kari": Actor("Patient/kari", "innbygger", "PATRQT"),
    "system": Actor("Device/lab", "fagsystem", "TREAT"),
}


async def actor_of(scope: Any, headers: dict[bytes, bytes]) -> Actor | None:
    """The actor that a test names in a header, instead of a sign-in."""
    return ACTORS.get(headers.get(b"x-actor", b"").decode())


class Asking:
    """Asks the surface as one of ACTORS."""

    actors = ACTORS

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(
        self, actor: str, method: str, address: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """One request; a body that is no bytes is sent as JSON."""
        content = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        patch = method == "PATCH" and isinstance(body, list)
        kind = "application/json-patch+json" if patch else "application/fhir+json"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"x-actor": actor, "content-type": kind, "x-request-id": "r"} | named
        return await self.client.request(method, address, content=content, headers=sent)


@pytest.fixture
def guarded(pool: asyncpg.Pool, definitions: Definitions, shared: Shared) -> Record:
    search = Search(shared.registry, definitions)
    policies = Policies()
    guard = Guard(definitions, policies.labels, policies.types_of_kinds)
    check = shared.validator.validate
    return Record(pool, definitions, check, shared.extractor.extract, search, guard=guard)


@pytest.fixture
async def ask(
    guarded: Record, pool: asyncpg.Pool, definitions: Definitions, shared: Shared
) -> AsyncIterator[Asking]:
    await region(guarded)
    journal = door(Settings(), definitions, guarded, pool)
    options = replace(LIMITS, practice=False)
    parameters = lambda: shared.registry.by_type  # noqa: E731 # what the surface is given is a function
    application = create(journal, definitions, parameters, options, actor_of=actor_of)
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as client:
        yield Asking(client)


async def region(record: Record) -> None:
    """The units and the nurse, the two citizens, and the block that keeps the clinic out of one record."""
    for unit in ("ward", "other", "clinic"):
        await put(record, {"resourceType": "Organization", "id": unit, "name": unit})
    nurse = NURSE.person.partition("/")[2]
    await put(record, {"resourceType": "Practitioner", "id": nurse})
    for citizen in ("kari", "ola"):
        number = {"system": "urn:x", "value": f"nr-{citizen}"}
        await put(record, patient(citizen, identifier=[number]))
        await put(record, observation(f"o-{citizen}", citizen, note=[{"text": "hemmelig"}]))
    await put(record, stay("stay", "kari", "ward", "2026-11-01"))
    await put(record, stay("visit", "kari", "clinic", "2026-11-01"))
    await put(record, block("shut", "kari", actor=shut_out("Organization/clinic")))
    await put(record, stay("gone-stay", "ola", "other", "2026-11-01"))
    await record.delete("Observation", "nothing", scope=EVERYONE)
