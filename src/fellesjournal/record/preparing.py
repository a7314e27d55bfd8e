"""From bytes to a draft: parsed, checked, its references made relative, indexed."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from fellesjournal.errors import Invalid, Issue, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.json import Document, parse
from fellesjournal.fhir.persons import persons_named
from fellesjournal.fhir.resource import is_id
from fellesjournal.fhir.search.entries import Care, IndexEntries, Restriction
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.draft import Draft

Check = Callable[[dict[str, Any]], Sequence[Issue]]
"""Every fault of a resource's tree; empty when it is sound (fhir.validation.Validator.validate)."""
Extract = Callable[[dict[str, Any]], IndexEntries]
"""All that a resource is found by (fhir.search.extraction)."""
Guard = Callable[[dict[str, Any]], tuple[list[Care], list[Restriction]]]
"""Who takes part in the citizen's care, and what is kept from whom, as a resource says (given by access)."""

CheckParameter = Callable[[str, dict[str, Any]], None]
"""Raises Unprocessable when the SearchParameter of an id cannot take effect."""

MASKED = b'"masked-'
"""How the id of a masked element begins (fhir.masking)."""

_ABSOLUTE = b'"reference":"http'
"""How a reference begins that may name this server."""

_decode = msgspec.json.Decoder().decode


class Preparer:
    """Prepares resources for the record. `bases` are this server's own addresses, without a last slash."""

    def __init__(
        self,
        definitions: Definitions,
        check: Check,
        extract: Extract,
        bases: Sequence[str] = (),
        guard: Guard | None = None,
    ) -> None:
        self.definitions = definitions
        self._check = check
        self._guard = guard or _unguarded
        self.extract = extract
        """Another one when search parameters are posted (see posted); so are the next two."""
        self.all_indexed = True
        """Whether all that is stored has been indexed by `extract`."""
        self.check_parameter: CheckParameter = _accept
        self.check_base: Callable[[dict[str, Any]], None] = _sound
        """Raises Unprocessable for a StructureDefinition that rests on what is not here (see profiles)."""
        self.bases = tuple(bases)
        own = b"|".join(re.escape(base.encode()) for base in bases)
        self._own_reference = re.compile(rb'("reference":")(?:%s)/(?=[A-Z])' % own) if own else None

    def number(self, type_name: str) -> int:
        """The number of a resource type. Raises Invalid when FHIR R4 has no such type."""
        if not self.definitions.is_resource_type(type_name):
            raise Invalid(Issue("not-supported", f"FHIR R4 has no resource type '{type_name}'."))
        return self.definitions.type_number(type_name)

    def type_name(self, number: int) -> str:
        """The name of the resource type that has a number."""
        return self.definitions.resource_types[number - 1]

    def read(self, type_name: str, raw: bytes) -> Document:
        """A body as sent by itself, checked. Raises Invalid for anything but JSON of that type, else
        Unprocessable.
        """
        document = self.checked(type_name, parse(raw))
        if type_name == "StructureDefinition":
            self.check_base(document.tree)
        return document

    def checked(self, type_name: str, document: Document) -> Document:
        """The document, references to this server's own addresses made relative, checked as `read` does."""
        self.number(type_name)
        found = document.tree.get("resourceType")
        if found != type_name:
            sent = f"of type {found}" if isinstance(found, str) else "no resource: it has no resourceType"
            raise Invalid(f"A resource of type {type_name} is expected here; the body is {sent}.")
        if self._own_reference is not None and _ABSOLUTE in document.text:
            text, changed = self._own_reference.subn(rb"\1", document.text)
            if changed:
                document = Document(text, _decode(text))
        issues = self._check(document.tree)
        if issues:
            raise Unprocessable(*issues)
        return document

    def draft(self, type_name: str, id: str, method: bytes, document: Document) -> Draft:
        """A checked document, indexed under its id."""
        tree = document.tree
        tree["id"] = id
        if type_name == "SearchParameter":
            self.check_parameter(id, tree)
        entries, fault = self.extract(tree), None
        try:
            self._guarded(entries, tree)
        except Unprocessable as unclear:
            if MASKED not in document.text:
                raise
            fault = unclear
        entries.persons = _persons(type_name, id, document.text, entries.citizen)
        # The tree is many times as large as the text, and no longer needed.
        kept = Document(document.text, {})
        return Draft(
            type_name, self.number(type_name), id, key_of(f"{type_name}/{id}"), method, kept, entries, fault
        )

    def entries(self, body: bytes) -> IndexEntries:
        """What a stored body is found by when it is indexed now."""
        tree = _decode(body)
        entries = self._entries(tree)
        entries.persons = _persons(tree["resourceType"], tree["id"], body, entries.citizen)
        return entries

    def masked_entries(self, masked: bytes, full: IndexEntries) -> IndexEntries:
        """What a masked form is found by: in the same record and by the same care as the full one.

        Who takes part in care, and what is kept from whom, cannot be read from it.
        """
        entries = self.extract(_decode(masked))
        entries.citizen, entries.care, entries.restrictions = full.citizen, full.care, full.restrictions
        return entries

    def _entries(self, tree: dict[str, Any]) -> IndexEntries:
        entries = self.extract(tree)
        self._guarded(entries, tree)
        return entries

    def _guarded(self, entries: IndexEntries, tree: dict[str, Any]) -> None:
        if entries.citizen:
            entries.care, entries.restrictions = self._guard(tree)

    def indexed(self, body: bytes) -> IndexEntries | None:
        """What a stored body is found by; None when it may have been indexed by other search parameters."""
        return self.entries(body) if self.all_indexed else None


def _persons(type_name: str, id: str, text: bytes, citizen: int) -> list[int]:
    """The keys of the persons that a resource names beside itself and whose record it is in."""
    named = {key_of(name) for name in persons_named(type_name, text)}
    return sorted(named - {citizen, key_of(f"{type_name}/{id}")}) if named else []


def _accept(id: str, resource: dict[str, Any]) -> None:
    """No SearchParameter takes effect, so none can be wrong."""


def _sound(resource: dict[str, Any]) -> None:
    """No profile counts, so none can rest on another."""


def _unguarded(resource: dict[str, Any]) -> tuple[list[Care], list[Restriction]]:
    """No resource says who may come near: every scope but the whole is a list of citizens."""
    return [], []


def require_id(document: Document, id: str) -> None:
    """Raise Invalid unless the body names the id it is sent to (FHIR R4, http.html#update)."""
    if not is_id(id):
        raise Invalid(f"'{id[:80]}' is not an id: 1 to 64 letters, digits, '-' and '.'.")
    found = document.tree.get("id")
    if found is None:
        raise Invalid(Issue("required", f'The body needs the id it is sent to: "id": "{id}".', "Resource.id"))
    if found != id:
        raise Invalid(
            Issue("invalid", f"The body's id is '{found}', but it is sent to '{id}'.", "Resource.id")
        )
