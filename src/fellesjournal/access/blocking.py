"""What a block (sperring) says, written and read: a Consent that denies. guard/blocks.py has it kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from fellesjournal.access.guard.blocks import KINDS
from fellesjournal.norway.codes.documents import RESTRICTION

Tree = dict[str, Any]

BLOCKED = "NORS"
"""Sperret (list 9603)."""
OFFERED = ("notes", "observations", "results", "prescriptions", "treatment")
"""The kinds of information that a form offers to keep to oneself."""
_HL7 = "http://terminology.hl7.org/CodeSystem/"
_SCOPE = {"coding": [{"system": _HL7 + "consentscope", "code": "patient-privacy"}]}
_RECEIVER = {"coding": [{"system": _HL7 + "v3-ParticipationType", "code": "IRCP"}]}
_LAW = "pasient- og brukerrettighetsloven § 5-3"


class Said(NamedTuple):
    """Whom a block keeps out (references; none: everybody), from which kinds of information and documents
    (neither: the whole record), and since when (a dateTime).
    """

    whom: tuple[Tree, ...]
    kinds: tuple[str, ...]
    documents: tuple[Tree, ...]
    since: str


def made(patient: str, whom: Tree, kind: str, document: Tree, now: datetime) -> Tree:
    """A block for a citizen ("Patient/7") from now on: of somebody ({}: everybody), from a document, else
    from a kind of OFFERED, else ("") from the whole record.
    """
    moment = now.isoformat(timespec="seconds")
    provision: Tree = {"type": "deny", "period": {"start": moment}}
    if whom:
        provision["actor"] = [{"role": _RECEIVER, "reference": whom}]
    if document:
        provision["data"] = [{"meaning": "instance", "reference": document}]
    elif kind:
        provision["class"] = [{"system": KINDS, "code": kind}]
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": _SCOPE,
        "category": [{"coding": [{"system": RESTRICTION.system, "code": BLOCKED}]}],
        "patient": {"reference": patient},
        "dateTime": moment,
        "policyRule": {"text": _LAW},
        "provision": provision,
    }


def is_block(consent: Mapping[str, Any]) -> bool:
    """Whether a Consent denies."""
    return bool(consent.get("provision", {}).get("type") == "deny")


def said(consent: Mapping[str, Any]) -> Said:
    """What a block says."""
    provision = consent["provision"]
    return Said(
        tuple(one.get("reference", {}) for one in provision.get("actor", ())),
        tuple(one.get("code", "") for one in provision.get("class", ()) if one.get("system") == KINDS),
        tuple(one["reference"] for one in provision.get("data", ())),
        provision.get("period", {}).get("start", consent.get("dateTime", "")),
    )
