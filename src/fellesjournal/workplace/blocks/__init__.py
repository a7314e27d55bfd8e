"""Blocks that a health worker sets for a citizen who asks for it."""
