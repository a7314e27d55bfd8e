"""Parameters resources, in and out (FHIR R4 parameters.html)."""

from typing import Any

import msgspec

from fellesjournal.api import negotiation
from fellesjournal.api.call import Call
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_text = msgspec.json.Decoder(str).decode
_list = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode


def incoming(document: json.Document) -> dict[str, bytes]:
    """Name -> the JSON of the value or resource of each parameter; of two with one name the first.

    Raises Invalid when the parameters are not a list of objects, each with a name.
    """
    found: dict[str, bytes] = {}
    for written in _written(document):
        values = [
            raw for member, raw in written.items() if member.startswith("value") or member == "resource"
        ]
        if values:
            found.setdefault(_text(written["name"]), bytes(values[0]))
    return found


def all_of(document: json.Document, name: str) -> list[bytes]:
    """The JSON of the resource of every parameter with a name. Raises as `incoming`."""
    return [
        bytes(one["resource"])
        for one in _written(document)
        if "resource" in one and _text(one["name"]) == name
    ]


async def asked(call: Call) -> list[tuple[str, str]]:
    """What an operation with plain values is asked with, in the query or in a body of Parameters."""
    found = list(call.parameters)
    if body := await call.body():
        negotiation.check_resource_type(call.header(b"content-type"))
        given = incoming(json.parse(body))
        found += [(name, str(msgspec.json.decode(value))) for name, value in given.items()]
    return found


async def asked_each(call: Call) -> list[tuple[str, str]]:
    """As `asked`, with every one of several values under one name; of a reference what it refers to, of a
    coding "system|code".
    """
    found = list(call.parameters)
    if body := await call.body():
        negotiation.check_resource_type(call.header(b"content-type"))
        for written in _written(json.parse(body)):
            values = [raw for member, raw in written.items() if member.startswith("value")]
            found += [(_text(written["name"]), _plain(msgspec.json.decode(raw))) for raw in values]
    return found


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        code = f"{value.get('system', '')}|{value['code']}" if "code" in value else ""
        return str(value.get("reference", "")) or code
    return str(value)


def _written(document: json.Document) -> list[dict[str, msgspec.Raw]]:
    raw = _members(document.text).get("parameter")
    try:
        parameters = _list(raw) if raw is not None else []
        for one in parameters:
            _text(one["name"])
    except (msgspec.ValidationError, KeyError):
        raise Invalid("Parameters.parameter is a list of objects, each with a name.") from None
    return parameters


def outgoing(**values: Any) -> bytes:
    """Parameters with one parameter per keyword: `outgoing(**{"return": ("valueMeta", meta)})`."""
    written = [{"name": name, member: value} for name, (member, value) in values.items()]
    return json.encode({"resourceType": "Parameters", "parameter": written})
