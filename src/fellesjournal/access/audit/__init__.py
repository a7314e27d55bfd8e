"""The log of every access: who did what to whose record, when and why."""
