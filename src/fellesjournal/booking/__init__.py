"""Who and what is busy when, and the first times that are free for all who are needed."""
