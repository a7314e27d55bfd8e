"""When something in a record was: the one date by which a reader finds it on a list, whatever its type."""

from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds

_DATES = (
    "effectiveDateTime",
    "onsetDateTime",
    "performedDateTime",
    "occurrenceDateTime",
    "date",
    "authoredOn",
    "authored",
    "sent",
    "recordedDate",
    "start",
    "dateTime",
    "created",
    "issued",
    "dateAsserted",
    "whenHandedOver",
)
_PERIODS = ("effectivePeriod", "period", "performedPeriod", "onsetPeriod", "occurrencePeriod")


def told(tree: dict[str, Any]) -> str:
    """The date or dateTime that a resource is about, as it is written; "" when it does not say."""
    for name in _DATES:
        if type(found := tree.get(name)) is str:
            return found
    for name in _PERIODS:
        if type(found := tree.get(name)) is dict and "start" in found:
            return str(found["start"])
    return ""


def moment(tree: dict[str, Any]) -> int:
    """The same in microseconds since 1970 UTC, its first one; 0 when it does not say."""
    try:
        return date_bounds(text)[0] if (text := told(tree)) else 0
    except Invalid:
        return 0
