"""Complaining in place: what one says of a screen, and what one is answered."""
