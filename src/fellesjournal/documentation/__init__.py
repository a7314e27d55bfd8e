"""Documentation: templates, drafts, and what a signed note becomes in the record."""
