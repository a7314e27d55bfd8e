"""What anything in a chart is called on a list: its kind, its name, its day, and whose it is."""

from collections.abc import Iterable

from fellesjournal.fhir import moments
from fellesjournal.fhir.medicines import medicine
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Json

KINDS = {
    "result": ("Observation", "DiagnosticReport", "ImagingStudy"),
    "diagnosis": ("Condition",),
    "note": ("Composition", "ClinicalImpression", "QuestionnaireResponse"),
    "document": ("DocumentReference", "Binary", "Media"),
    "medicine": (
        "MedicationStatement",
        "MedicationRequest",
        "MedicationAdministration",
        "MedicationDispense",
        "Medication",
    ),
    "critical": ("AllergyIntolerance", "Flag", "DetectedIssue", "AdverseEvent"),
    "measure": ("Procedure", "Immunization", "DeviceUseStatement", "Device"),
    "plan": ("CarePlan", "Goal", "ServiceRequest", "Task", "NutritionOrder", "RequestGroup"),
    "contact": ("Encounter", "EpisodeOfCare", "Appointment"),
    "message": ("Communication", "CommunicationRequest"),
    "other": (),
}
"""The kinds in the order they are shown, with their resource types; `other` are all that remain."""
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
_CONCEPTS = (
    "code",
    "description",
    "vaccineCode",
    "type",
    "topic",
    "category",
    "serviceType",
    "reasonCode",
)
_WRITERS = (
    *("author", "performer", "recorder", "asserter", "requester", "sender", "informationSource", "source"),
    *("serviceProvider", "managingOrganization", "participant", "custodian"),
)


def kind(type_name: str) -> str:
    """The kind that a resource type is of."""
    return _KIND_OF.get(type_name, "other")


def title(resource: Json) -> str:
    """What it is called: its own title, its code, or else what it refers to; its type when it says
    nothing.
    """
    if resource["resourceType"] == "RelatedPerson":
        return naming.person(resource)
    for name in ("title", "description"):
        if type(said := resource.get(name)) is str:
            return said
    for value in (medicine(resource), *map(resource.get, _CONCEPTS)):
        if said := _concept(value):
            return said
    if said := resource.get("device", {}).get("display"):
        return str(said)
    return naming.person(resource) if "name" in resource else str(resource["resourceType"])


def when(resource: Json) -> str:
    """The day it is about, else the day it was stored."""
    return moments.told(resource) or str(resource.get("meta", {}).get("lastUpdated", ""))


def source(resource: Json) -> Json:
    """A Reference to who wrote or did it, one with a name if there is any; empty when it names nobody."""
    found = list(_written_by(resource))
    named = (one for one in found if one.get("display"))
    return next(named, next((one for one in found if one.get("reference")), {}))


def _written_by(resource: Json) -> Iterable[Json]:
    for name in _WRITERS:
        for one in _each(resource.get(name)):
            inner = one.get("actor") or one.get("individual") or one.get("function") or one
            if isinstance(inner, dict):
                yield inner


def _concept(value: object) -> str:
    return next(filter(None, (naming.concept(one) for one in _each(value))), "")


def _each(value: object) -> Iterable[Json]:
    """An element's objects, be it one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]
