"""Fellesjournal: one shared health record for a whole region."""

__version__ = "0.1.0"
