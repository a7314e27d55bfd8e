"""Is it a FHIR R4 resource? The rules that StructureDefinitions state: structure, values and codes."""

from fellesjournal.fhir.validation.validator import MAX_ISSUES, Validator

__all__ = ["MAX_ISSUES", "Validator"]
