"""The plain page at /: what is in the record, and how to call it."""
