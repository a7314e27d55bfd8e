"""What the search parameters of FHIR mean: which values of a resource each of them reads."""
