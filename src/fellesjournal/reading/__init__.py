"""Up to when each health worker knows a record, who has it open, and what open pages are told of it."""
