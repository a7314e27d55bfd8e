"""FHIR search over the index tables: the only place that composes SQL."""
