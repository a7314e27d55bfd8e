"""What a citizen has reserved against, each with the law that gives the right.

None of these closes the record: that is a block (sperring), which the door keeps. So none has a provision
that denies.
"""

from collections.abc import Mapping

from fellesjournal.workplace.core.kind import HL7, OWN, Field, Filled, Json, Kind, code_in, coded

LAWS: Mapping[str, tuple[str, str]] = {
    "forskning": ("research", "helseforskningsloven § 28"),
    "kjernejournal": ("patient-privacy", "pasientjournalloven § 13"),
    "parorende": ("patient-privacy", "pasient- og brukerrettighetsloven § 3-3"),
    "blod": ("treatment", "pasient- og brukerrettighetsloven § 4-9"),
    "sultestreik": ("treatment", "pasient- og brukerrettighetsloven § 4-9"),
    "livsforlengende": ("treatment", "pasient- og brukerrettighetsloven § 4-9"),
    "organ": ("treatment", "transplantasjonslova § 13"),
}
"""What against: FHIR's scope of a consent, and the law."""


def _make(before: Json, filled: Filled) -> Json:
    what = filled.fields["hva"]
    scope, law = LAWS[what]
    made = {
        "resourceType": "Consent",
        "dateTime": filled.now,
        **before,
        "status": "active",
        "scope": coded(HL7 + "consentscope", scope),
        "category": [coded(OWN, f"reservasjon-{what}") | {"text": filled.word("reservasjon", what)}],
        "patient": filled.subject,
        "performer": [filled.by],
        "policyRule": {"text": law},
    }
    made.pop("extension", None)
    note = filled.fields["merknad"]
    return made | ({"extension": [{"url": _NOTE, "valueString": note}]} if note else {})


_NOTE = "https://fellesjournal.no/fhir/StructureDefinition/merknad"


def _read(consent: Json) -> dict[str, str]:
    codes = (code_in(one, OWN).removeprefix("reservasjon-") for one in consent.get("category", ()))
    notes = (one.get("valueString", "") for one in consent.get("extension", ()) if one.get("url") == _NOTE)
    return {"hva": next(filter(None, codes), ""), "merknad": next(notes, "")}


def is_active(consent: Json) -> bool:
    """Whether it is a reservation of these, and in force."""
    return consent["status"] == "active" and _read(consent)["hva"] in LAWS


def _end(consent: Json, now: str) -> Json:
    return {**consent, "status": "inactive", "provision": {"period": {"end": now}}}


RESERVATIONS = Kind(
    "reservasjon",
    "Consent",
    (Field("hva", tuple(LAWS), required=True), Field("merknad")),
    is_active,
    _make,
    _read,
    _end,
)
