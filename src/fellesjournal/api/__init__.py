"""The FHIR REST surface: HTTP in, HTTP out. Everything about a resource is asked of the journal."""
