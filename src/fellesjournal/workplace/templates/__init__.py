"""The templates of notes, written and approved by expert groups."""
