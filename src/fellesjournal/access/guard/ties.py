"""What binds a representative to a citizen: codes of RelatedPerson.relationship."""

TIES = "https://fellesjournal.no/fhir/CodeSystem/representasjon"
"""parent (parental responsibility), guardian, power-of-attorney; and read, book, write: what it is for."""
