"""A record on a real database, and short ways to make resources for it."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.app.library import RecordLibrary
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import compile_parameters
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.validation import Validator
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.terminology import Terminology

EVERYONE = Scope.everyone()
BASE = "https://journal.example/fhir"


class Clock:
    """A clock that goes on a second whenever it is looked at."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 6, 0, 0, 123_456, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def parts(definitions: Definitions) -> Any:
    return make_parts(definitions)


@cache
def make_parts(definitions: Definitions) -> Any:
    """What every record is made of; costly to make, and without state of a database."""
    parameters = compile_parameters(definitions.search_parameters, definitions)
    return Validator(definitions), Extractor(parameters, definitions), parameters


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(pool: asyncpg.Pool, definitions: Definitions, parts: Any, clock: Clock) -> Record:
    return make_record(pool, definitions, parts, clock)


def make_record(pool: asyncpg.Pool, definitions: Definitions, parts: Any, clock: Clock) -> Record:
    """A record as one process has it."""
    validator, extractor, parameters = parts
    search = Search(Registry(parameters), definitions, (BASE,))
    record = Record(
        pool, definitions, validator.validate, extractor.extract, search, bases=(BASE,), clock=clock
    )
    libraries = Libraries(FhirLibrary(definitions), RecordLibrary(record))
    search.codes.source = Terminology(pool, libraries, date.today).listing
    return record


@pytest.fixture
def second_record(pool: asyncpg.Pool, definitions: Definitions, parts: Any, clock: Clock) -> Record:
    """The record as another process has it: nothing remembered in common."""
    return make_record(pool, definitions, parts, clock)


def body(resource_type: str, **members: Any) -> bytes:
    """A resource as a client sends it."""
    return msgspec.json.encode({"resourceType": resource_type, **members})


def tree(stored: Any) -> dict[str, Any]:
    """What a stored version says."""
    found: dict[str, Any] = msgspec.json.decode(stored.body)
    return found


def bundle(*entries: dict[str, Any], kind: str = "transaction") -> bytes:
    """A Bundle of entries made with `entry`."""
    return msgspec.json.encode({"resourceType": "Bundle", "type": kind, "entry": list(entries)})


def entry(
    method: str, url: str, resource: dict[str, Any] | None = None, full_url: str = "", **request: str
) -> dict[str, Any]:
    """One entry of a Bundle; further request members by FHIR's names (ifMatch, ifNoneExist)."""
    made: dict[str, Any] = {"request": {"method": method, "url": url, **request}}
    if full_url:
        made["fullUrl"] = full_url
    if resource is not None:
        made["resource"] = resource
    return made
