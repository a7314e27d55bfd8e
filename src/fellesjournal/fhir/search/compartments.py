"""Compartments: whose record a resource belongs to (FHIR R4, compartmentdefinition.html)."""

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import ParametersByType
from fellesjournal.fhir.search.entries import Link
from fellesjournal.fhir.search.terms import key_of, path_number, salt

_FIRST = ("patient", "subject")
"""The parameters that say whose record it is before all others of the Patient compartment."""


def compartment_paths(
    compartment: str, parameters: ParametersByType, definitions: Definitions
) -> dict[str, tuple[str, ...]]:
    """The element paths whose references place a resource of each type in a compartment ("Patient").

    The type of the compartment itself is included only for what its own resources refer to.
    """
    found: dict[str, tuple[str, ...]] = {}
    for resource_type, codes in definitions.compartments.get(compartment, {}).items():
        known = parameters.get(resource_type, {})
        ordered = sorted(codes, key=lambda code: (*(code != first for first in _FIRST),))
        paths = [source.path for code in ordered if code in known for source in known[code].sources]
        if paths:
            found[resource_type] = tuple(dict.fromkeys(paths))
    return found


def own_compartment(centre: str, resource_id: str) -> int:
    """The term that places a resource in the compartment it is the centre of."""
    return key_of(f"{centre}/{resource_id}") ^ salt("compartment", centre)


def citizen_paths(parameters: ParametersByType, definitions: Definitions) -> dict[str, tuple[str, ...]]:
    """The paths by which resources of a type are some citizen's: R4's Patient compartment, and the parameter
    `patient` of the types that the compartment leaves out (Task, Device, Contract, GuidanceResponse).
    """
    found = compartment_paths("Patient", parameters, definitions)
    for resource_type, known in parameters.items():
        if resource_type not in found and "patient" in known:
            found[resource_type] = tuple(source.path for source in known["patient"].sources)
    return found


class CitizenOf:
    """Finds the Patient in whose record a resource stands."""

    def __init__(self, parameters: ParametersByType, definitions: Definitions) -> None:
        self._patient = definitions.type_number("Patient")
        self._ranks = {
            resource_type: {path_number(path): rank for rank, path in enumerate(paths)}
            for resource_type, paths in citizen_paths(parameters, definitions).items()
        }

    def __call__(self, resource_type: str, resource_id: str, links: list[Link]) -> int:
        """The key of the Patient, 0 when the resource is nobody's; a Patient's own record is its own."""
        if resource_type == "Patient":
            return key_of(f"Patient/{resource_id}")
        ranks = self._ranks.get(resource_type)
        if not ranks:
            return 0
        best, citizen = len(ranks), 0
        for path, target, target_type in links:
            if target_type == self._patient and (rank := ranks.get(path, best)) < best:
                best, citizen = rank, target
        return citizen
