"""Which language a citizen speaks best, and whether an interpreter is needed (tolkeloven § 6)."""

from fellesjournal.workplace.core.kind import Field, Filled, Json, Kind, code_in

SYSTEM = "urn:ietf:bcp:47"
NEEDED = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
LANGUAGES = (
    "nb", "nn", "se", "sma", "smj", "en", "sv", "da", "fi", "de", "fr", "es", "pl", "lt", "ro", "ru", "uk",
    "ar", "so", "ti", "am", "fa", "ps", "ku", "ur", "tr", "vi", "th", "zh", "ta", "sq", "bs", "nsl",
)  # fmt: skip
"""BCP 47; nsl is Norwegian sign language."""


def needs_interpreter(patient: Json) -> bool:
    """Whether an interpreter is to be there."""
    return any(one.get("url") == NEEDED and one.get("valueBoolean") for one in patient.get("extension", ()))


def preferred(patient: Json) -> str:
    """The code of the language that is spoken best; "" when it is not known."""
    spoken = patient.get("communication", ())
    best = [one for one in spoken if one.get("preferred")] or list(spoken)[:1]
    return next((code_in(one["language"], SYSTEM) for one in best), "")


def _make(before: Json, filled: Filled) -> Json:
    code, needed = filled.fields["sprak"], filled.fields["tolk"] == "ja"
    concept = {"coding": [{"system": SYSTEM, "code": code}], "text": filled.word("sprak", code)}
    others = [
        {name: value for name, value in one.items() if name != "preferred"}
        for one in before.get("communication", ())
        if code_in(one["language"], SYSTEM) != code
    ]
    extensions = [one for one in before.get("extension", ()) if one.get("url") != NEEDED]
    extensions.append({"url": NEEDED, "valueBoolean": needed})
    return {
        **before,
        "communication": [{"language": concept, "preferred": True}, *others],
        "extension": extensions,
    }


def _read(patient: Json) -> dict[str, str]:
    return {"sprak": preferred(patient), "tolk": "ja" if needs_interpreter(patient) else "nei"}


LANGUAGE = Kind(
    "sprak",
    "Patient",
    (Field("sprak", LANGUAGES, required=True), Field("tolk", ("nei", "ja"), required=True)),
    lambda _: True,
    _make,
    _read,
    None,
    of_person=True,
)
