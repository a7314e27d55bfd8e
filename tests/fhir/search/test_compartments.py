"""Compartments."""

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compartments import compartment_paths
from fellesjournal.fhir.search.compile import ParametersByType


def test_the_patient_compartment_names_paths(parameters: ParametersByType, definitions: Definitions) -> None:
    found = compartment_paths("Patient", parameters, definitions)
    assert found["Observation"] == ("Observation.subject", "Observation.performer")
    assert found["AllergyIntolerance"][0] == "AllergyIntolerance.patient"
    assert "Organization" not in found


def test_every_compartment_of_r4_has_paths(parameters: ParametersByType, definitions: Definitions) -> None:
    for compartment in ("Patient", "Encounter", "RelatedPerson", "Practitioner", "Device"):
        assert compartment_paths(compartment, parameters, definitions), compartment


def test_there_is_no_other_compartment(parameters: ParametersByType, definitions: Definitions) -> None:
    assert compartment_paths("Zork", parameters, definitions) == {}
