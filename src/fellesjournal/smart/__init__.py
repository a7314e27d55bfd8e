"""The surface where apps are given access: SMART App Launch 2.2 (hl7.org/fhir/smart-app-launch)."""
