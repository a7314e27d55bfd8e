"""Parameters resources, in and out (FHIR R4 parameters.html)."""

from typing import Any

import msgspec

from fellesjournal.fhir import json

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_list = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode


def incoming(document: json.Document) -> dict[str, bytes]:
    """Name -> the JSON of the value or resource of each parameter; of two with one name the first."""
    parameters = _members(document.text).get("parameter")
    found: dict[str, bytes] = {}
    if parameters is None or not isinstance(document.tree["parameter"], list):
        return found
    for written in _list(parameters):
        name = msgspec.json.decode(written["name"]) if "name" in written else ""
        values = [
            raw for member, raw in written.items() if member.startswith("value") or member == "resource"
        ]
        if values:
            found.setdefault(str(name), bytes(values[0]))
    return found


def outgoing(**values: Any) -> bytes:
    """Parameters with one parameter per keyword: `outgoing(**{"return": ("valueMeta", meta)})`."""
    written = [{"name": name, member: value} for name, (member, value) in values.items()]
    return json.encode({"resourceType": "Parameters", "parameter": written})
