"""What has been taken back: it stays in the record, and nobody looks for it."""

from typing import Any

WITHDRAWN = "entered-in-error"
_STATUSES = ("status", "verificationStatus", "docStatus")
"""FHIR R4 has it as a code, or as a code of a concept (Condition, AllergyIntolerance)."""


def is_withdrawn(tree: dict[str, Any]) -> bool:
    """Whether a resource says that it was entered in error."""
    return any(_says(tree[name]) for name in _STATUSES if name in tree)


def _says(status: Any) -> bool:
    if isinstance(status, dict):
        return any(one.get("code") == WITHDRAWN for one in status.get("coding", ()))
    return bool(status == WITHDRAWN)
