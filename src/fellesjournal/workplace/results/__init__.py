"""Results: every value of one test, drawn and listed."""
