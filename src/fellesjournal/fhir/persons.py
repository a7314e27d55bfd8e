"""Which persons a resource names: every Patient, RelatedPerson and Person that it refers to anywhere.

A search parameter reads some references only; here all of them count, also those of extensions, of contained
resources and of the entries of a Bundle.
"""

import re
from typing import Any

from fellesjournal.fhir.json import decode_exact, encode

TYPES = ("Patient", "RelatedPerson", "Person")
"""The resource types that describe a person who may receive care, or stands beside one who does."""

_NAMED = re.compile(rb'"reference":"((?:Patient|RelatedPerson|Person)/[A-Za-z0-9.-]{1,64})["/]')
_ESCAPED = re.compile(rb"\\[u/]")


def persons_named(type_name: str, text: bytes) -> set[str]:
    """The persons that a resource of a type names ("Patient/7", without a version), of its JSON without
    whitespace.

    References to other servers, by identifier alone, and within the resource are none.
    """
    if b"\\" in text and _ESCAPED.search(text):
        text = bytes(encode(decode_exact(text)))
    found = {name.decode() for name in _NAMED.findall(text)}
    return found | _brought(decode_exact(text)) if type_name == "Bundle" else found


def _brought(bundle: dict[str, Any]) -> set[str]:
    """The persons whose resources a Bundle holds."""
    resources = [entry.get("resource", {}) for entry in bundle.get("entry", ())]
    persons = [one for one in resources if one.get("resourceType") in TYPES and "id" in one]
    return {f"{one['resourceType']}/{one['id']}" for one in persons}
