"""The International Patient Summary: its sections, and how the document is put together."""
