"""resolve() without asking anyone: contained resources as they are, others as far as their address tells."""

import re

from fellesjournal.fhir.path.items import Item
from fellesjournal.fhir.path.scope import Environment

_ADDRESS = re.compile(
    r"(?:https?://.+/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?"
)


def target_type(reference: str) -> str:
    """The resource type that "Patient/1" or "https://site/fhir/Patient/1" names; "" when none."""
    found = _ADDRESS.fullmatch(reference)
    return found[1] if found else ""


def resolve_locally(reference: str, environment: Environment) -> Item | None:
    """The contained resource "#x", or for "Type/id" a stand-in that has only type and id.

    The stand-in is enough for `resolve() is Patient`, which is what search parameters ask (FHIR R4,
    search.html#reference).
    """
    if reference.startswith("#"):
        for contained in environment.resource.value.get("contained", ()):
            if contained.get("id") == reference[1:]:
                kind = contained["resourceType"]
                return Item(contained, kind, kind)
        return environment.resource if reference == "#" else None
    found = _ADDRESS.fullmatch(reference)
    if found is None or not environment.definitions.is_resource_type(found[1]):
        return None
    return Item({"resourceType": found[1], "id": found[2]}, found[1], found[1])
