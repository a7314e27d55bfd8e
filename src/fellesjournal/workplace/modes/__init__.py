"""How the workplace looks to each kind of worker: a file of data, and what reads it."""
