"""Municipal care: who needs it, what is applied for and decided, and what is given, one file each."""
