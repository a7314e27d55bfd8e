"""Rules in FHIRPath that elements must keep (R4, conformance-rules.html#constraints), ready to be asked."""

from fellesjournal.fhir.invariants.invariant import Invariant, Invariants, Test, flaw

__all__ = ["Invariant", "Invariants", "Test", "flaw"]
