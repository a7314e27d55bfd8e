"""Values that come again: the codes of a region's resources are some thousand, said a million times.

What has been found sound is known again by its JSON, which takes a tenth of the time of checking it. Only of
types whose values stand by themselves: nothing in them depends on the resource round them, or on codes that
may be others tomorrow.
"""

from typing import Any, TypeVar

import msgspec

from fellesjournal.fhir.faults import Check, Faults, Local

BY_THEMSELVES = frozenset({"CodeableConcept", "Coding", "Dosage", "Narrative", "Quantity"})
"""Types without references or bindings to code systems, and without rules about what stands round them."""
KEPT = 2_000
"""Sound values remembered of a type, or references of an element; then all are forgotten."""
LONGEST = 500
"""Bytes of JSON above which a value is not likely to come again."""

_EXTENDED = b'xtension"'
"""How the name of a member ends whose value is held to what is known of extensions."""

Value = TypeVar("Value")

_encode = msgspec.json.Encoder(decimal_format="number").encode


def remembering(check: Check) -> Check:
    """The check of a type's values, which remembers those that are sound."""
    sound: set[bytes] = set()

    def check_once(value: Any, local: Local) -> Faults:
        written = _encode(value)
        if written in sound:
            return None
        faults = check(value, local)
        if faults is None and len(written) <= LONGEST and _EXTENDED not in written:
            keep(sound, written)
        return faults

    return check_once


def keep(sound: set[Value], value: Value) -> None:
    """Remember one more sound value."""
    if len(sound) >= KEPT:
        sound.clear()
    sound.add(value)
