"""Who has opened the record, and why."""
