"""The JSON of a Bundle itself: its members and those of its entries, without the resources in them.

Resources are parsed one by one when they are prepared (fhir.json.parse finds the same faults in them); a
Bundle of 25 MB is never made into one tree.
"""

from typing import Any

import msgspec

from fellesjournal.errors import Invalid, Issue
from fellesjournal.fhir.json import explain, parse

_decode = msgspec.json.Decoder().decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_entries = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode
_encode = msgspec.json.Encoder().encode

_NAME_ENDS = b'":'
"""Every member ends its name so; when one stands twice, the whole has more of these than its parts."""
_EXPLAINED = 1_000_000
"""Bytes up to which a faulty Bundle is read once more to say where the fault is."""


def checked(bundle: bytes) -> bytes:
    """The Bundle without whitespace between its tokens.

    Raises Invalid when it is no Bundle or no JSON, and when outside of its resources it is too deep, has a
    member named twice or control characters.
    """
    try:
        text = msgspec.json.format(bundle, indent=-1)
        members = _decode_members(text)
    except msgspec.ValidationError:
        raise Invalid(_expected("no JSON object")) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(explain(bundle, error)) from None
    except RecursionError:
        raise Invalid("Objects and arrays in the Bundle stand too deep within one another.") from None
    _require_bundle(members)
    try:
        entries = _decode_entries(members.get("entry", b"[]"))
    except msgspec.ValidationError:
        return text  # reading the entries says what is wrong with them
    resources = [bytes(entry.pop("resource")) for entry in entries if "resource" in entry]
    skeleton = _encode({**members, "entry": entries} if entries else members)
    names = skeleton.count(_NAME_ENDS) + sum(resource.count(_NAME_ENDS) + 1 for resource in resources)
    try:
        parse(skeleton)
    except Invalid as fault:
        _explain(bundle)
        raise fault from None
    if text.count(_NAME_ENDS) != names:
        _explain(bundle)
        said = "A member of the Bundle, or of one of its entries, stands twice. Keep one of them."
        raise Invalid(Issue("structure", said, "Bundle"))
    return text


def _require_bundle(members: dict[str, Any]) -> None:
    kind = _decode(members["resourceType"]) if "resourceType" in members else None
    if not isinstance(kind, str):
        raise Invalid(_expected("no resource: it has no resourceType"))
    if kind != "Bundle":
        raise Invalid(_expected(f"a resource of type {kind}"))
    named = _decode(members["type"]) if "type" in members else None
    if named not in ("batch", "transaction"):
        found = f"of type '{named}'" if isinstance(named, str) else "without a type"
        raise Invalid(_expected(f"a Bundle {found}"))


def _expected(found: str) -> str:
    return f"A Bundle of type transaction or batch is expected; this is {found}."


def _explain(bundle: bytes) -> None:
    """Raise Invalid with the place of every fault, unless that would take long."""
    if len(bundle) <= _EXPLAINED:
        parse(bundle)
