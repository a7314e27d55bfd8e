"""The record: FHIR resources in PostgreSQL, with their versions, their search and their changes."""
