"""What was found in a chart, opened as text at the place where it stands."""
