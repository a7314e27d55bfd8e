"""Search in one citizen's chart: what is found, and the text of files."""
