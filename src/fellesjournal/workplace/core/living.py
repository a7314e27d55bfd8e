"""How a citizen lives, and with whom: said anew when it changes, so that what was true before stays to be
read."""

from fellesjournal.ui import naming
from fellesjournal.workplace.core.kind import HL7, OWN, Field, Filled, Json, Kind, code_in

LOINC, CODE = "http://loinc.org", "63512-8"
"""The code that notes use for the same question."""
WAYS = ("alene", "partner", "familie", "foreldre", "omsorgsbolig", "sykehjem", "uten", "annet")


def _make(_: Json, filled: Filled) -> Json:
    way, note = filled.fields["hvordan"], filled.fields["merknad"]
    said = filled.word("bosituasjon", way)
    made = {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": HL7 + "observation-category", "code": "social-history"}]}],
        "code": {"coding": [{"system": LOINC, "code": CODE}], "text": "Bor sammen med"},
        "subject": filled.subject,
        "effectiveDateTime": filled.now,
        "performer": [filled.by],
        "valueCodeableConcept": {"coding": [{"system": OWN, "code": way}], "text": said},
    }
    return made | ({"note": [{"text": note}]} if note else {})


def _read(observation: Json) -> dict[str, str]:
    value = observation.get("valueCodeableConcept", {})
    note = next((one["text"] for one in observation.get("note", ())), "")
    own = code_in(value, OWN)
    return {"hvordan": own, "merknad": note or ("" if own else naming.concept(value))}


LIVING = Kind(
    "bosituasjon",
    "Observation",
    (Field("hvordan", WAYS, required=True), Field("merknad")),
    lambda one: one["status"] != "entered-in-error",
    _make,
    _read,
    None,
    asked=(("code", f"{LOINC}|{CODE}"), ("_sort", "-date")),
    anew=True,
)
