"""What health workers have read: up to when each knows a citizen's record."""
