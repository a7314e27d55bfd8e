"""The sections of the International Patient Summary, and what of a record each is made of.

LOINC codes and the three sections that are always there (problems, allergies, medicines) are those of HL7's
guide (hl7.org/fhir/uv/ips, 2.0.0, Composition-uv-ips). The titles are this project's own.
"""

from typing import NamedTuple

Asked = tuple[tuple[str, str], ...]
LOINC = "http://loinc.org"
SUMMARY = "60591-5"
"""Patient summary Document: the type of the Composition."""


class Section(NamedTuple):
    """One section: its LOINC code, titles by language, the type and the search that it is made of.

    `newest`: only the newest of each code. `status`: only those that have it, where R4 has no search for it.
    `most` is how many at most.
    """

    code: str
    title: dict[str, str]
    type: str
    asked: Asked
    newest: bool = False
    status: str = ""
    most: int = 100


def _titled(nb: str, nn: str, en: str) -> dict[str, str]:
    return {"nb": nb, "nn": nn, "en": en}


_DONE = ("status", "final,amended,corrected")
_LATEST = ("_sort", "-date")

SECTIONS = (
    Section(
        "11450-4",
        _titled("Sykdommer og plager", "Sjukdommar og plager", "Problems"),
        "Condition",
        (("clinical-status", "active,recurrence,relapse"),),
    ),
    Section(
        "48765-2", _titled("Allergier", "Allergiar", "Allergies and intolerances"), "AllergyIntolerance", ()
    ),
    Section(
        "10160-0",
        _titled("Legemidler", "Legemiddel", "Medicines"),
        "MedicationStatement",
        (("status", "active,intended,on-hold"),),
    ),
    Section(
        "11369-6",
        _titled("Vaksiner", "Vaksinar", "Immunisations"),
        "Immunization",
        (("status", "completed"), _LATEST),
    ),
    Section("47519-4", _titled("Inngrep", "Inngrep", "Procedures"), "Procedure", (_LATEST,)),
    Section(
        "46264-8",
        _titled("Medisinsk utstyr", "Medisinsk utstyr", "Medical devices"),
        "DeviceUseStatement",
        (),
    ),
    Section(
        "30954-2",
        _titled("Prøvesvar", "Prøvesvar", "Results"),
        "Observation",
        (("category", "laboratory"), _DONE, _LATEST),
        newest=True,
    ),
    Section(
        "8716-3",
        _titled("Målinger", "Målingar", "Vital signs"),
        "Observation",
        (("category", "vital-signs"), _DONE, _LATEST),
        newest=True,
    ),
    Section(
        "11348-0",
        _titled("Tidligere sykdommer", "Tidlegare sjukdommar", "Past illness"),
        "Condition",
        (("clinical-status", "inactive,remission,resolved"),),
    ),
    Section(
        "29762-2",
        _titled("Levevaner", "Levevanar", "Social history"),
        "Observation",
        (("category", "social-history"), _DONE, _LATEST),
        newest=True,
    ),
    Section("104605-1", _titled("Varsler", "Varsel", "Alerts"), "Flag", (), status="active"),
    Section("18776-5", _titled("Planer", "Planar", "Plan of care"), "CarePlan", (("status", "active"),)),
)
