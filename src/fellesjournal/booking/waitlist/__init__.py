"""Who waits for an appointment: entries, time that is freed for them, offers, and who lacks a next step."""
