"""Notes: written from templates, kept as drafts, signed with one key."""
