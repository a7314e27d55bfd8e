"""Diagnoses: added to the one list that all share."""
