"""How what happens to a citizen is written: one file for each kind of resource, FHIR R4."""
