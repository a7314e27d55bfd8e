"""What resources are held to on this site: profiles, codes that are known, identity numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from fellesjournal.app.address_protection import protection_check
from fellesjournal.app.identity_numbers import id_check, identifier_check
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.codes import DefinedCodes, Unjudged
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Check
from fellesjournal.norway import profiles as norwegian
from fellesjournal.record.profiles import StoredProfiles
from fellesjournal.record.statements import SQL
from fellesjournal.terminology.coded import Manner
from fellesjournal.terminology.memberships import Memberships
from fellesjournal.terminology.soundness import code_system_check, value_set_check
from fellesjournal.terminology.terminology import Terminology

LISTED_BY_SET_UP = frozenset(
    ["http://hl7.org/fhir/ValueSet/currencies", "http://hl7.org/fhir/ValueSet/timezones"]
)
"""The value sets that R4 itself requires whose code systems are not in its definitions: set-up loads them."""

_DECIDE_CODES = ("StructureDefinition", "ValueSet", "CodeSystem")

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class KnownCodes:
    """Value sets as FHIR's definitions list them, and those that the terminology holds."""

    def __init__(self, definitions: Definitions) -> None:
        self._defined = DefinedCodes(definitions)
        self.memberships: Memberships | None = None
        """The terminology's, once there is one."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """As fhir.codes.Codes."""
        known = self._defined.member(value_set, system, code)
        if known is not None or self.memberships is None:
            return known
        return self.memberships.member(value_set.partition("|")[0], system, code)

    def unjudged(self, value_set: str) -> Unjudged:
        """As fhir.codes.Codes."""
        held = self.memberships
        return Unjudged() if held is None else held.unjudged(value_set.partition("|")[0])


class BoundCodes:
    """Keeps the value sets at hand that R4 and stored profiles bind elements to; told after the profiles."""

    types = frozenset(_DECIDE_CODES)

    def __init__(self, definitions: Definitions, profiles: StoredProfiles, terminology: Terminology) -> None:
        self._numbers = [definitions.type_number(name) for name in _DECIDE_CODES]
        self._profiles = profiles
        self._terminology = terminology
        self._seen: tuple[str, str | None] = ("", None)

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Read the value sets anew when profiles, value sets or code systems have changed."""
        stored = await connection.fetchval(SQL.types_fingerprint, self._numbers)
        seen = (stored, await self._terminology.mark())
        if seen != self._seen:
            manner = Manner(self._terminology.today())
            bound = self._profiles.bound_value_sets() | LISTED_BY_SET_UP
            await self._terminology.memberships.load(sorted(bound), manner)
            self._seen = seen


def stored_profiles(settings: Settings, definitions: Definitions, codes: KnownCodes) -> StoredProfiles:
    """The profiles of a site: those that are stored, then FHIR's."""
    return StoredProfiles(definitions, codes, extra_checks(settings))


def norwegian_resources() -> Iterator[dict[str, Any]]:
    """Our own conformance resources for Norway, each after what it needs."""
    folder = Path(norwegian.__file__).parent
    for name in norwegian.FILES:
        yield _decode((folder / name).read_bytes())


def extra_checks(settings: Settings) -> Mapping[str, Check]:
    """The checks that a site adds to R4's: code systems and value sets can be used, degrees of address
    protection and identity numbers are right, and on a practice site the numbers are nobody's."""
    synthetic_only = settings.practice_site and settings.synthetic_numbers_only
    checks: dict[str, Check] = {
        "Extension": protection_check,
        "CodeSystem": code_system_check,
        "ValueSet": value_set_check,
        "Identifier": identifier_check(date.today, synthetic_only=synthetic_only),
    }
    return checks | ({"Resource": id_check(date.today)} if synthetic_only else {})
