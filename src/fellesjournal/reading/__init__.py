"""What health workers have read: up to when each knows a record, who has it open, and how open pages hear of it."""
