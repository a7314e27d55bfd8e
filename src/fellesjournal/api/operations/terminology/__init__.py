"""Operations of CodeSystem, ValueSet and ConceptMap (FHIR R4 terminology-service.html)."""
