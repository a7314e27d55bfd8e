"""Messages with a citizen, on the unit's side."""
