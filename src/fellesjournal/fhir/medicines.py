"""Which medicine a resource is about: medication[x] of MedicationStatement, MedicationRequest,
MedicationAdministration and MedicationDispense (FHIR R4).

It is coded in place, or stands as a Medication: one that the resource contains, as those who keep to
no-basis-MedicationStatement send, or another resource, of which the reference says the name.
"""

from collections.abc import Mapping
from typing import Any


def medicine(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The CodeableConcept of the medicine; empty where the resource names none."""
    if coded := resource.get("medicationCodeableConcept"):
        return dict(coded)
    referred = resource.get("medicationReference", {})
    for one in resource.get("contained", ()):
        if referred.get("reference") == f"#{one.get('id')}" and "code" in one:
            return dict(one["code"])
    return {"text": referred["display"]} if "display" in referred else {}
