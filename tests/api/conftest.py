import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from socket import socket
from urllib.request import urlopen
from uuid import uuid4

import asyncpg
import httpx
import pytest
from starlette.applications import Starlette

from app.processes import lend_definitions
from conftest import FHIR_PACKAGE, ROOT, url_with_database
from fellesjournal.api.application import create
from fellesjournal.api.options import Options
from fellesjournal.app.library import RecordLibrary
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import compile_parameters
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.validation import Validator
from fellesjournal.plumbing import database
from fellesjournal.record.record import Record
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.terminology import Terminology

LIMITS = Options(practice=True, largest_body=2_000_000, longest_url=16_384)
STARTS_WITHIN = 60.0


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a server may have for its own."""
    folder = tmp_path_factory.mktemp("site")
    lend_definitions(folder)
    return folder


@dataclass(frozen=True)
class Shared:
    """What is the same for all tests: search parameters and what reads resources by them."""

    registry: Registry
    extractor: Extractor
    validator: Validator


@pytest.fixture(scope="session")
def shared(definitions: Definitions) -> Shared:
    parameters = compile_parameters(definitions.search_parameters, definitions)
    return Shared(Registry(parameters), Extractor(parameters, definitions), Validator(definitions))


MakeApp = Callable[[Options], Starlette]


@pytest.fixture
def application(pool: asyncpg.Pool, definitions: Definitions, shared: Shared) -> MakeApp:
    """Makes the application, with options, over the record in this test's database."""
    search = Search(shared.registry, definitions)
    record = Record(pool, definitions, shared.validator.validate, shared.extractor.extract, search)
    journal = door(Settings(practice_site=True), definitions, record, pool)
    terminology = Terminology(
        pool, Libraries(FhirLibrary(definitions), RecordLibrary(record)), lambda: date(2026, 6, 1)
    )
    search.codes.source = terminology.listing
    return lambda options: create(
        journal, definitions, lambda: shared.registry.by_type, options, terminology=terminology
    )


@pytest.fixture
async def client(application: MakeApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application in this process; addresses are relative to the FHIR base."""
    transport = httpx.ASGITransport(application(LIMITS), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as asking:
        yield asking


@pytest.fixture(scope="module")
def server(postgres: str, template: str, data_folder: Path) -> Iterator[str]:
    """The FHIR base address of a real server process on a loopback port, with a database of its own."""
    name = f"served_{os.getpid()}_{uuid4().hex[:8]}"
    asyncio.run(_execute(postgres, f'create database "{name}" template "{template}" strategy file_copy'))
    try:
        with _serving(url_with_database(postgres, name), data_folder) as address:
            yield address
    finally:
        asyncio.run(_execute(postgres, f'drop database "{name}" with (force)'))


async def _execute(url: str, statement: str) -> None:
    connection = await database.connect(url)
    await connection.execute(statement)
    await connection.close()


@contextmanager
def _serving(database_url: str, data: Path) -> Iterator[str]:
    port = _free_port()
    settings = {
        "DATABASE_URL": database_url,
        "FELLESJOURNAL_BODY_TIMEOUT": "1",
        "FELLESJOURNAL_DATA": str(data),
        "FELLESJOURNAL_DEFINITIONS": str(FHIR_PACKAGE),
        "FELLESJOURNAL_PORT": str(port),
        "FELLESJOURNAL_PRACTICE_SITE": "true",
        "FELLESJOURNAL_WORKERS": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    process = subprocess.Popen([sys.executable, "-m", "fellesjournal", "serve"], env=os.environ | settings)
    try:
        address = f"http://127.0.0.1:{port}/fhir"
        _wait_for(f"{address}/metadata", process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STARTS_WITHIN)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            urlopen(address, timeout=10).close()
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
