"""The rooms below the surfaces, joined together on a pool of connections."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import asyncpg

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.log import Log
from fellesjournal.access.bulk import BulkDoor
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.guard import Guard
from fellesjournal.access.policies import Policies
from fellesjournal.app.conformance import BoundCodes, KnownCodes, stored_profiles
from fellesjournal.app.definitions import definitions
from fellesjournal.app.inside import trees, versions_before
from fellesjournal.app.library import RecordLibrary
from fellesjournal.app.settings import Settings
from fellesjournal.booking.aftermath import Aftermath
from fellesjournal.booking.claims import Claims
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import ParametersByType, compile_parameters
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.beside import Beside
from fellesjournal.record.profiles import StoredProfiles
from fellesjournal.record.record import Record
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.terminology import Terminology


class Knowledge(NamedTuple):
    """What is made from FHIR's definitions alone, the same in every process."""

    definitions: Definitions
    parameters: ParametersByType


@cache
def knowledge(package: Path, cached: Path) -> Knowledge:
    """FHIR's definitions and search parameters: made before workers are forked, and shared with them."""
    known = definitions(package, cached)
    return Knowledge(known, compile_parameters(known.search_parameters, known))


@cache
def policies() -> Policies:
    """The role policies, the same in every process."""
    return Policies()


class Rooms(NamedTuple):
    """The record, with what it works by."""

    record: Record
    registry: Registry
    profiles: StoredProfiles
    terminology: Terminology
    calendars: Calendars


def joined(settings: Settings, know: Knowledge, pool: asyncpg.Pool, *, imports: bool = False) -> Rooms:
    """The rooms of a process. Stored profiles count once `Record.following` has begun. What a process that
    `imports` brings in is told to no citizen.
    """
    known, registry, bases = know.definitions, Registry(know.parameters), settings.bases
    codes = KnownCodes(known)
    profiles = stored_profiles(settings, known, codes)
    extract = Extractor(know.parameters, known).extract
    search = Search(registry, known, bases)
    guard = Guard(known, policies().labels, policies().types_of_kinds)
    beside: list[Beside] = [Aftermath(versions_before, news=not imports), Claims(trees)]
    record = Record(pool, known, profiles.validate, extract, search, bases=bases, guard=guard, beside=beside)
    terminology = Terminology(pool, Libraries(FhirLibrary(known), RecordLibrary(record)), date.today)
    codes.memberships, search.codes.source = terminology.memberships, terminology.listing
    record.follow(profiles, BoundCodes(known, profiles, terminology))
    return Rooms(record, registry, profiles, terminology, Calendars(pool))


def bulk_door(actor: Actor, record: Record, pool: asyncpg.Pool) -> BulkDoor:
    """The door for what an operator's command brings in."""
    policy = policies().find(actor.role)
    if policy is None:
        raise Trouble(f"There is no role '{actor.role}'.")
    return BulkDoor(actor, policy, Log(pool).write, Explaining(record, lambda: datetime.now(UTC)))
