"""What a FHIR R4 resource is: definitions, validation, paths, search parameters. Pure: no files, no clock."""
