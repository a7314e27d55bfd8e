"""The privacy officer's pages: emergency access to follow up, unusual use, and a citizen's log."""
