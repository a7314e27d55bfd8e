"""batch and transaction: many interactions in one Bundle (FHIR R4 http.html#transaction)."""
