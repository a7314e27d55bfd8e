"""Vital signs: a grid that is also where they are written."""
