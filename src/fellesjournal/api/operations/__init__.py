"""Operations beyond the REST interactions (FHIR R4 operations.html): one file per operation."""
