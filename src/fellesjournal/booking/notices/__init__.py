"""What citizens are told without logging in: an outbox of notices that say nothing of health."""
