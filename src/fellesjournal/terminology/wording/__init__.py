"""The words of a record as people compare them: written down, sought, and marked where they stand. Pure."""
