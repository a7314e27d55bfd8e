"""A living region: synthetic citizens with lives, units and workers, the same for the same seed.

Pure: nothing here reads a clock, a file or a database. `region.Region` gives the resources, in an order in
which references point only to what came before.
"""
