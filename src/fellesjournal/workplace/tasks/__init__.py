"""Tasks about a citizen that wait for the unit or for one of its people."""
