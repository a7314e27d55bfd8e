"""A real PostgreSQL for every test: one embedded server per test process, one fresh database per test."""

import asyncio
import gc
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from browsers import CHROMIUM, FLAGS
from fellesjournal.app import schema
from fellesjournal.app.definitions import definitions as compiled_definitions
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing import database, embedded
from scratch import FOR_THE_RUN, scratch

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
FHIR_PACKAGE = ROOT / "node_modules" / "hl7.fhir.r4.examples"

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")
expect.set_options(timeout=15_000)  # of such a machine

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "max_wal_size": "512MB",
    "min_wal_size": "64MB",
}
TEMPLATE = "template_of_tests"
Thing = TypeVar("Thing")


def lasting(thing: Thing) -> Thing:
    """What stays for the whole run, as a server's does: no collection need look at it again."""
    gc.collect()
    gc.freeze()
    return thing


def url_with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return url.replace("@/fellesjournal?", f"@/{name}?")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-docs", action="store_true", help="write the pages in docs/ that are made from the code"
    )
    parser.addoption(
        "--all", action="store_true", help="every example, also those that show what others show"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the workers share; they get its name with their environment."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        os.environ[FOR_THE_RUN] = str(stack.enter_context(scratch("fj-run-")))
        config.add_cleanup(stack.close)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests stay as well."""
    lasting(session)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: packed bytes hold a clock, and workers must find the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def write_docs(pytestconfig: pytest.Config) -> bool:
    """Whether the pages in docs/ that are made from the code are to be written anew."""
    return bool(pytestconfig.getoption("--write-docs"))


@pytest.fixture(scope="session")
def every_example(pytestconfig: pytest.Config) -> bool:
    """Whether examples that show the same as others are to be taken too."""
    return bool(pytestconfig.getoption("--all"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data sets; a test that needs it is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the third-party data sets are not here ({SHARED_DATA})")
    return SHARED_DATA


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """FHIR R4's definitions, compiled once for all test runs."""
    return lasting(compiled_definitions(FHIR_PACKAGE, ROOT / ".data" / "cache"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an embedded server that lives as long as the test process."""
    with scratch("fj-test-") as directory, embedded.running(directory, FAST) as url:
        yield url


@pytest.fixture(scope="session")
def template(postgres: str, definitions: Definitions) -> str:
    """The name of a database with every migration applied."""
    asyncio.run(_make_template(postgres, definitions))
    return TEMPLATE


@pytest_asyncio.fixture
async def empty_database_url(postgres: str) -> AsyncIterator[str]:
    """A database of this test's own, without a schema."""
    async for url in a_database(postgres, "template0"):
        yield url


@pytest_asyncio.fixture
async def database_url(postgres: str, template: str) -> AsyncIterator[str]:
    """A database of this test's own, with the schema."""
    async for url in a_database(postgres, template):
        yield url


@pytest_asyncio.fixture
async def other_database_url(postgres: str, template: str) -> AsyncIterator[str]:
    """Another one, for what is compared with it."""
    async for url in a_database(postgres, template):
        yield url


@pytest_asyncio.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    """A pool of connections to this test's database."""
    async with database.unopened_pool(database_url, 10) as connections:
        yield connections


async def _make_template(postgres: str, definitions: Definitions) -> None:
    server = await database.connect(postgres)
    await server.execute(f'create database "{TEMPLATE}"')
    await server.close()
    connection = await database.connect(url_with_database(postgres, TEMPLATE))
    await schema.upgrade(connection, definitions.resource_types)
    await connection.close()


class Administrator:
    """The one connection by which a test process makes and drops databases, on a loop that outlives tests."""

    def __init__(self, postgres: str) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._connection = asyncio.run_coroutine_threadsafe(database.connect(postgres), self._loop).result()

    async def execute(self, statement: str) -> None:
        """Have a statement done."""
        done = asyncio.run_coroutine_threadsafe(self._connection.execute(statement), self._loop)
        await asyncio.wrap_future(done)


administrator = cache(Administrator)


async def a_database(postgres: str, template: str) -> AsyncIterator[str]:
    """The URL of a new database, a copy of another; it goes afterwards."""
    name = f"test_{os.getpid()}_{uuid4().hex[:12]}"
    server = administrator(postgres)
    await server.execute(f'create database "{name}" template "{template}" strategy file_copy')
    try:
        yield url_with_database(postgres, name)
    finally:
        await server.execute(f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for the tests of a file. No wider: while it is there, no other test may run a loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
