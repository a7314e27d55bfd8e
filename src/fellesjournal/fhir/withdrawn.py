"""What has been taken back: it stays in the record, and nobody looks for it."""

from typing import Any

WITHDRAWN = "entered-in-error"
_STATUSES = ("status", "verificationStatus", "docStatus")
"""FHIR R4 has it as a code, or as a code of a concept (Condition, AllergyIntolerance)."""


def is_withdrawn(tree: dict[str, Any]) -> bool:
    """Whether a resource says that it was entered in error."""
    for name in _STATUSES:  # noqa: SIM110 - any() takes three times as long, and this is asked of every write
        if name in tree and _says(tree[name]):
            return True
    return False


def _says(status: Any) -> bool:
    if isinstance(status, dict):
        return WITHDRAWN in [one.get("code") for one in status.get("coding", ())]
    return bool(status == WITHDRAWN)
