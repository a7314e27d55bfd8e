"""What citizens have answered in forms: read, confirmed into the record, or set aside."""
