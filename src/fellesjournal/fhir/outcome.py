"""OperationOutcome, written straight to bytes (FHIR R4 operationoutcome.html)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from fellesjournal.errors import Issue

_encode = msgspec.json.Encoder().encode


def as_tree(issues: Iterable[Issue]) -> dict[str, Any]:
    """The OperationOutcome as a JSON tree, for use inside another resource."""
    return {"resourceType": "OperationOutcome", "issue": [_issue(issue) for issue in issues]}


def render(issues: Iterable[Issue]) -> bytes:
    """The OperationOutcome as it is sent. R4 requires at least one issue: none becomes "all well"."""
    return _encode(as_tree(list(issues) or [Issue("informational", "All is well.", severity="information")]))


def _issue(issue: Issue) -> dict[str, Any]:
    """FHIRPath goes to `expression`; the name of a header or parameter, "http.If-Match", to `location`."""
    written: dict[str, Any] = {
        "severity": issue.severity,
        "code": issue.code,
        "diagnostics": _sayable(issue.diagnostics),
    }
    if issue.expression.startswith("http."):
        written["location"] = [_sayable(issue.expression)]
    elif issue.expression:
        written["expression"] = [_sayable(issue.expression)]
    return written


def _sayable(text: str) -> str:
    """Text that UTF-8 can carry: a diagnostic may quote the very lone surrogate it complains about."""
    return text.encode("utf-8", "replace").decode() or "-"
