"""Profiles that are stored: every resource is held to them, in every process, as soon as they are there.

A StructureDefinition that is posted, or comes with a package, counts unless it is retired. Of several with
one URL the last that was created counts, unless a version is named ("url|1.2"). One whose paths name no
element, or whose rules are no FHIRPath, is refused, and so is one that is written alone and rests on what is
not here; one that comes with others and rests on such takes no effect until it is here.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.codes import Codes
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Check
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.profiles.soundness import structure_check
from fellesjournal.fhir.profiles.tree import CORE
from fellesjournal.fhir.validation import Validator
from fellesjournal.record.statements import SQL

STRUCTURE_DEFINITION = "StructureDefinition"
_MUST_BE_KNOWN = ("required", "extensible")
depends = re.compile(rb'"(?:profile|extension|modifierExtension|baseDefinition)"|\\u').search
"""Whether a body may be held to a stored profile; the names of its members may be written with escapes."""
_members_of = re.compile(r"memberOf\('([^'|]+)(?:\|[^']*)?'\)").findall


class _Named(msgspec.Struct):
    url: str
    version: str = ""
    status: str = ""
    type: str = ""


_named = msgspec.json.Decoder(_Named).decode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


class StoredProfiles:
    """The validation of a process: R4's rules, with the profiles and extensions that are known now.

    `extra` are checks that a site adds to R4's own, by type ("Identifier").
    """

    types = frozenset({STRUCTURE_DEFINITION})

    def __init__(
        self,
        definitions: Definitions,
        codes: Codes | None = None,
        extra: Mapping[str, Check] | None = None,
    ) -> None:
        self._definitions = definitions
        self._codes = codes
        self._extra = {**(extra or {}), STRUCTURE_DEFINITION: structure_check(definitions)}
        self._number = definitions.type_number(STRUCTURE_DEFINITION)
        self._bodies: dict[str, bytes] = {}
        self._versions: dict[str, bytes] = {}
        self._urls: frozenset[str] = frozenset()
        self._seen = ""
        self._refreshing = asyncio.Lock()
        self.validator = self._made()
        """The one of now; another one when profiles come or go."""

    @property
    def sources(self) -> tuple[Structures, ...]:
        """Where StructureDefinitions are found, in this order."""
        return (self._structure, self._definitions.structure)

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Work by what is stored now; cheap when nothing has changed."""
        async with self._refreshing:
            seen = await connection.fetchval(SQL.types_fingerprint, [self._number])
            if seen == self._seen:
                return
            rows = await connection.fetch(SQL.bodies_in_order, self._number)
            told = [(_named(row["body"]), row["body"]) for row in rows]
            counting = [(named, body) for named, body in told if named.status != "retired"]
            self._bodies = {named.url: body for named, body in counting}
            self._versions = {f"{named.url}|{named.version}": body for named, body in counting}
            self._urls = frozenset(
                named.url for named, _ in told if named.url in self._bodies and named.type != "Extension"
            )
            self.validator = self._made()
            self._seen = seen

    async def is_current(self, connection: asyncpg.Connection) -> bool:
        """Whether this works by what is stored now."""
        return bool(await connection.fetchval(SQL.types_fingerprint, [self._number]) == self._seen)

    def check_base(self, tree: dict[str, Any]) -> None:
        """Raise Unprocessable when a StructureDefinition that is written alone rests on what is not here."""
        base = str(tree.get("baseDefinition", ""))
        if tree.get("derivation") != "constraint" or tree.get("status") == "retired" or not base:
            return
        bare = base.partition("|")[0]
        is_type = bare.startswith(CORE) and self._definitions.is_type(bare.removeprefix(CORE))
        if not is_type and all(source(bare) is None for source in self.sources):
            text = (
                f"The base {bare} is not known here, and nothing would be held to this. Store that first, or "
                "both in one transaction, or add the package that has it (fellesjournal packages add FILE)."
            )
            raise Unprocessable(Issue("not-found", text, "StructureDefinition.baseDefinition"))

    def validate(self, tree: dict[str, Any]) -> Sequence[Issue]:
        """Every error of a resource, as Validator.validate."""
        return self.validator.validate(tree)

    def bound_value_sets(self) -> set[str]:
        """The value sets that the stored profiles bind elements to, so firmly that they should be known, and
        those that their rules in FHIRPath name.
        """
        found = set()
        for body in self._versions.values():
            structure = _decode(body)
            for part in ("snapshot", "differential"):
                for element in structure.get(part, {}).get("element", ()):
                    binding = element.get("binding", {})
                    if binding.get("strength") in _MUST_BE_KNOWN and "valueSet" in binding:
                        found.add(binding["valueSet"].partition("|")[0])
                    for rule in element.get("constraint", ()):
                        found.update(_members_of(rule.get("expression", "")))
        return found

    def _structure(self, url: str) -> dict[str, Any] | None:
        body = self._versions.get(url) if "|" in url else self._bodies.get(url)
        return None if body is None else _decode(body)

    def _made(self) -> Validator:
        library = Library(self._definitions, self.sources, self._codes, self._urls, _now)
        return Validator(self._definitions, library, self._codes, self._extra)
