"""The citizen's portal: one's own record, and those one acts for. Mobile first, one thing a page."""
