"""The door: who may see or do what. Nothing above reaches the record but through the journal."""
