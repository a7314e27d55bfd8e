"""Free time: what is open and not taken, as bits, and everything that is looked for in it."""
