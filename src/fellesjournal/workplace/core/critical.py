"""Critical information: conditions, implants, treatment and the like that must be known before anything is
done.

The groups are those of kritisk informasjon in the national summary record (Helsedirektoratet, kjernejournal).
"""

from fellesjournal.ui import naming
from fellesjournal.workplace.core.kind import (
    HL7,
    OWN,
    Field,
    Filled,
    Json,
    Kind,
    code_in,
    coded,
    ended_period,
)

GROUPS = ("tilstand", "anestesi", "implantat", "behandling", "rutine", "smitte", "annet")
_SCALE = "news2-skala-2"


def is_active(flag: Json) -> bool:
    """Whether it is in force, and is ours to change: the scale of NEWS2 has a place of its own."""
    return flag["status"] == "active" and _SCALE not in naming.coded_as(flag.get("code", {}))


def _make(before: Json, filled: Filled) -> Json:
    group = filled.fields["gruppe"]
    return {
        "resourceType": "Flag",
        "period": {"start": filled.now},
        **before,
        "status": "active",
        "category": [
            coded(HL7 + "flag-category", "clinical"),
            coded(OWN, group) | {"text": filled.word("kritisk", group)},
        ],
        "code": filled.concept("hva"),
        "subject": filled.subject,
        "author": filled.by,
    }


def _read(flag: Json) -> dict[str, str]:
    groups = (code_in(one, OWN) for one in flag.get("category", ()))
    return {"hva": naming.concept(flag.get("code")), "gruppe": next(filter(None, groups), "")}


def _end(flag: Json, now: str) -> Json:
    return {**flag, "status": "inactive", "period": ended_period(flag, now)}


CRITICAL = Kind(
    "kritisk",
    "Flag",
    (Field("hva", required=True), Field("gruppe", GROUPS, required=True)),
    is_active,
    _make,
    _read,
    _end,
)
