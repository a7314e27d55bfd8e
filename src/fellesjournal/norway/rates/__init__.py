"""Amounts that Norway fixes for a time: each row has its days and its source, and no day is guessed."""
