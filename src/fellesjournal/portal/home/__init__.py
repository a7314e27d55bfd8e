"""The first page: the next appointment, what must be done, what is new."""
