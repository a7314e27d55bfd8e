"""The `_name` beside a primitive: its id and extensions (FHIR R4, json.html#primitive)."""

from typing import Any

from fellesjournal.fhir.faults import Check, Faults, Found, Local, below, fault, wrong_kind

_FORM = "an object with id or extension"


def check_sibling(sibling: Any, plain: Any, is_list: bool, shape: Check, local: Local) -> Faults:
    """Check `_name` against the value of `name`, None if absent; `shape` checks id and extension."""
    if not is_list:
        return shape(sibling, local) if type(sibling) is dict else wrong_kind(sibling, _FORM)
    if type(sibling) is not list:
        return wrong_kind(sibling, "an array, as the element repeats")
    if type(plain) is list and len(plain) != len(sibling):
        return fault(
            "structure",
            f"This has {len(sibling)} items and its value {len(plain)}: fill up with null to match.",
        )
    values = plain if type(plain) is list else [None] * len(sibling)
    faults: list[Found] = []
    for index, (item, value) in enumerate(zip(sibling, values, strict=True)):
        if item is not None:
            faults += below(f"[{index}]", shape(item, local) or [])
        elif value is None:
            faults += fault("structure", "Neither a value nor an extension stands here.", f"[{index}]")
    return faults or None
