"""What is new in a record to the one who reads it."""
