"""Forms that a citizen answers: found, filled in one step at a time, sent, and followed."""
