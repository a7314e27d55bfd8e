"""The workplace: the record on a screen, for health workers. Pages below /arbeid."""
