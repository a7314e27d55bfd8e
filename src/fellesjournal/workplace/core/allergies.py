"""What a citizen does not tolerate. That there is nothing known is said too: it is something else than
silence."""

from fellesjournal.norway.identity.kinds import OID
from fellesjournal.ui import naming
from fellesjournal.workplace.core.kind import (
    HL7,
    Field,
    Filled,
    Json,
    Kind,
    code_in,
    coded,
    day_written,
)

ATC = OID + "1.7180"
SNOMED, NONE_KNOWN = "http://snomed.info/sct", "716186003"
"""SNOMED CT: no known allergy (in FHIR's value set of AllergyIntolerance.code)."""
_CLINICAL, _VERIFICATION = HL7 + "allergyintolerance-clinical", HL7 + "allergyintolerance-verification"


def is_none_known(allergy: Json) -> bool:
    """Whether it says that no allergy is known."""
    return code_in(allergy.get("code"), SNOMED) == NONE_KNOWN


def is_active(allergy: Json) -> bool:
    """Whether it holds: neither resolved nor entered in error."""
    wrong = code_in(allergy.get("verificationStatus"), _VERIFICATION) in ("entered-in-error", "refuted")
    return not wrong and code_in(allergy.get("clinicalStatus"), _CLINICAL) in ("active", "")


def none_known(filled: Filled) -> Json:
    """The statement that somebody has asked, and nothing is known."""
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": coded(_CLINICAL, "active"),
        "verificationStatus": coded(_VERIFICATION, "confirmed"),
        "code": coded(SNOMED, NONE_KNOWN) | {"text": filled.word("allergi", "ingen")},
        "patient": filled.subject,
        "recordedDate": filled.now,
        "recorder": filled.by,
    }


def over(allergy: Json, now: str) -> Json:
    """It is no longer so; when is told by the version's own time."""
    return {**allergy, "clinicalStatus": coded(_CLINICAL, "inactive")}


def _make(before: Json, filled: Filled) -> Json:
    fields = filled.fields
    made = {
        "resourceType": "AllergyIntolerance",
        "recordedDate": filled.now,
        **before,
        "clinicalStatus": coded(_CLINICAL, "active"),
        "verificationStatus": coded(_VERIFICATION, fields["sikkerhet"] or "unconfirmed"),
        "code": filled.concept("hva"),
        "patient": filled.subject,
        "recorder": filled.by,
    }
    for name, value in (
        ("type", fields["slag"]),
        ("category", [fields["gruppe"]] if fields["gruppe"] else []),
        ("criticality", fields["alvor"]),
        ("onsetDateTime", fields["siden"]),
        ("reaction", _reaction(before, fields["reaksjon"])),
    ):
        made.pop(name, None)
        if value:
            made[name] = value
    return made


def _reaction(before: Json, text: str) -> list[Json]:
    """What happens; reactions that the form does not show stay."""
    first, *others = before.get("reaction", ()) or [{}]
    return [{**first, "manifestation": [{"text": text}]}, *others] if text else others


def _read(allergy: Json) -> dict[str, str]:
    reaction: Json = next(iter(allergy.get("reaction", ())), {})
    return {
        "hva": naming.concept(allergy.get("code")),
        "reaksjon": ", ".join(filter(None, map(naming.concept, reaction.get("manifestation", ())))),
        "alvor": allergy.get("criticality", ""),
        "slag": allergy.get("type", ""),
        "gruppe": next(iter(allergy.get("category", ())), ""),
        "sikkerhet": code_in(allergy.get("verificationStatus"), _VERIFICATION),
        "siden": day_written(allergy.get("onsetDateTime", "")),
    }


ALLERGIES = Kind(
    "allergi",
    "AllergyIntolerance",
    (
        Field("hva", required=True, finds=True),
        Field("reaksjon"),
        Field("alvor", ("high", "low", "unable-to-assess")),
        Field("slag", ("allergy", "intolerance")),
        Field("gruppe", ("medication", "food", "environment", "biologic")),
        Field("sikkerhet", ("confirmed", "unconfirmed")),
        Field("siden", day=True),
    ),
    is_active,
    _make,
    _read,
    over,
)
