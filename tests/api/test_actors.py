"""The surface again, as those who may and those who may not: what is hidden is as if it were not there."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from access.conftest import EVERYONE, block, observation, patient, put, shut_out, stay
from access.test_sequences import worker
from api.conftest import LIMITS, Shared
from fellesjournal.access.actor import Actor
from fellesjournal.access.granted import granted
from fellesjournal.access.guard import Guard
from fellesjournal.access.policies import Policies
from fellesjournal.api.application import create
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.search.search import Search

NURSE = worker("sykepleier", "ward")
ACTORS = {
    "nurse": NURSE,
    "app": replace(NURSE, app="growth", granted=granted("patient/*.cruds", "Patient/kari")),
    "app of conditions": replace(
        NURSE, app="narrow", granted=granted("patient/Condition.rs", "Patient/kari")
    ),
    "elsewhere": worker("sykepleier", "other"),
    "blocked": worker("lege", "clinic"),
    "secretary": worker("helsesekretaer", "other"),
    "administrator": worker("administrator", "ward"),
    "kari": Actor("Patient/kari", "innbygger", "PATRQT"),
    "parent": Actor(
        "Patient/ola", "representant", "FAMRQT", represents="Patient/kari", represents_by="parent"
    ),
    "system": Actor("Device/lab", "fagsystem", "TREAT"),
    "unknown": Actor("Practitioner/x", "konge", "TREAT"),
}
SEES_KARI = ("nurse", "app", "kari", "parent", "system")


async def _actor_of(scope: Any, headers: dict[bytes, bytes]) -> Actor | None:
    return ACTORS.get(headers.get(b"x-actor", b"").decode())


@pytest.fixture
async def client(
    pool: asyncpg.Pool, definitions: Definitions, shared: Shared
) -> AsyncIterator[httpx.AsyncClient]:
    guard = Guard(definitions, Policies().labels, Policies().types_of_kinds)
    extract, check = shared.extractor.extract, shared.validator.validate
    search = Search(shared.registry, definitions)
    record = Record(pool, definitions, check, extract, search, guard=guard)
    await _region(record)
    journal = door(Settings(), definitions, record, pool)
    application = create(
        journal,
        definitions,
        lambda: shared.registry.by_type,
        replace(LIMITS, practice=False),
        actor_of=_actor_of,
    )
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as asking:
        yield asking


async def _region(record: Record) -> None:
    for unit in ("ward", "other", "clinic"):
        await put(record, {"resourceType": "Organization", "id": unit, "name": unit})
    await put(record, {"resourceType": "CodeSystem", "id": "c", "status": "active", "content": "complete"})
    for citizen in ("kari", "ola"):
        await put(record, patient(citizen))
        await put(record, observation(f"o-{citizen}", citizen, note=[{"text": "hemmelig"}]))
        await put(record, observation(f"o-{citizen}", citizen, note=[{"text": "hemmelig igjen"}]))
    await put(record, stay("stay", "kari", "ward", "2026-11-01"))
    await put(record, stay("visit", "kari", "clinic", "2026-11-01"))
    await put(record, block("b", "kari", actor=shut_out("Organization/clinic")))
    await record.delete("Observation", "gone", scope=EVERYONE)


def _requests(type_name: str, id: str) -> Iterator[tuple[str, str, bytes]]:
    """Every way in which a request may name a resource: method, address, body."""
    body = msgspec.json.encode(observation(id, "kari"))
    patch = b'[{"op": "replace", "path": "/status", "value": "amended"}]'
    at = f"{type_name}/{id}"
    yield "GET", at, b""
    yield "HEAD", at, b""
    yield "GET", f"{at}?_summary=true", b""
    yield "GET", f"{at}?_elements=id", b""
    yield "GET", f"{at}/_history", b""
    yield "GET", f"{at}/_history/1", b""
    yield "GET", f"{at}/$meta", b""
    yield "GET", f"{at}/$diff", b""
    yield "GET", f"{type_name}?_id={id}&_total=accurate", b""
    yield "GET", f"{type_name}?_id={id}&_summary=count", b""
    yield "GET", f"Observation?subject:Patient._id={id}", b""
    yield "GET", f"Patient?_has:Observation:patient:_id={id}", b""
    yield "POST", f"{at}/$validate", body
    yield "DELETE", at, b""
    if type_name == "Patient":
        yield "GET", f"{at}/$everything", b""
        yield "GET", f"{at}/Observation", b""
        yield "GET", f"Observation?patient={id}", b""
    else:
        yield "PATCH", at, patch


async def _asked(client: httpx.AsyncClient, actor: str, request: tuple[str, str, bytes]) -> httpx.Response:
    method, address, body = request
    json_patch = method == "PATCH"
    kind = "application/json-patch+json" if json_patch else "application/fhir+json"
    headers = {"x-actor": actor, "content-type": kind, "x-request-id": "r"}
    return await client.request(method, address, content=body, headers=headers)


@pytest.mark.parametrize("actor", sorted(ACTORS))
async def test_what_is_hidden_cannot_be_told_from_what_is_missing(
    client: httpx.AsyncClient, actor: str
) -> None:
    for type_name, hidden, missing in (("Observation", "o-ola", "o-nix"), ("Patient", "ola", "nix")):
        if actor == "system":
            continue
        pairs = zip(_requests(type_name, hidden), _requests(type_name, missing), strict=True)
        for one, other in pairs:
            first, second = await _asked(client, actor, one), await _asked(client, actor, other)
            assert first.status_code == second.status_code, (actor, one)
            assert first.text.replace(hidden, missing) == second.text, (actor, one)
            assert dict(first.headers) == dict(second.headers) or hidden in str(first.headers), (actor, one)
            assert "hemmelig" not in first.text, (actor, one)


@pytest.mark.parametrize("actor", sorted(ACTORS))
async def test_who_may_see_sees(client: httpx.AsyncClient, actor: str) -> None:
    for address in ("Observation/o-kari", "Observation?patient=kari", "Patient/kari/$everything"):
        answer = await _asked(client, actor, ("GET", address, b""))
        assert ("hemmelig" in answer.text) == (actor in SEES_KARI), (actor, address, answer.text)
        assert answer.status_code < 500


@pytest.mark.parametrize("actor", sorted(ACTORS))
async def test_the_whole_record_is_never_listed(client: httpx.AsyncClient, actor: str) -> None:
    allowed = actor == "system"
    for address in ("_history", "Observation/_history"):
        answer = await _asked(client, actor, ("GET", address, b""))
        assert (answer.status_code == 200) == allowed, (actor, address)
    for address in (
        "",
        "?_type=Observation,Patient",
        "Observation",
        "Patient?_revinclude=Observation:subject",
    ):
        answer = await _asked(client, actor, ("GET", address, b""))
        assert ("ola" in answer.text.replace("nix", "")) == allowed, (actor, address)


async def test_nobody_is_told_to_sign_in(client: httpx.AsyncClient) -> None:
    answer = await client.get("Patient/kari")
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (401, "login")


async def test_what_the_server_can_do_is_told_to_anybody_and_nothing_else(client: httpx.AsyncClient) -> None:
    for asked in (
        "metadata",
        "metadata?mode=full&_summary=true",
        "metadata?_format=json",
        "metadata?_pretty=true",
    ):
        answer = await client.get(asked, headers={"authorization": "Bearer of-long-ago"})
        assert (answer.status_code, answer.json()["resourceType"]) == (200, "CapabilityStatement")
        for secret in ("kari", "hemmelig", "ward", "Patient/"):
            assert secret not in answer.text
    assert (await client.request("OPTIONS", "metadata")).status_code == 204
    for asked in (
        "metadata?mode=terminology",
        "metadata?mo%64e=terminology",
        "metadata?mode=full&mode=terminology",
        "metadata/",
        "metadata/x",
        "metadat%61",
        "openapi.json",
        "CodeSystem",
    ):
        assert (await client.get(asked)).status_code == 401, asked
    assert (await client.post("metadata")).status_code == 401


@pytest.mark.parametrize("actor", ["nurse", "elsewhere", "kari"])
async def test_writing_reaches_no_further_than_reading(client: httpx.AsyncClient, actor: str) -> None:
    moved = msgspec.json.encode(observation("o-kari", "ola"))
    answer = await _asked(client, actor, ("PUT", "Observation/o-kari", moved))
    assert answer.status_code in (403, 404)
    taken = msgspec.json.encode(observation("o-ola", "kari"))
    answer = await _asked(client, actor, ("PUT", "Observation/o-ola", taken))
    assert answer.status_code in (403, 404)
    there = await _asked(client, "system", ("GET", "Observation/o-ola", b""))
    assert there.json()["subject"]["reference"] == "Patient/ola"
    assert (await _asked(client, "system", ("GET", "Observation/o-kari", b""))).json()["meta"][
        "versionId"
    ] == "2"
