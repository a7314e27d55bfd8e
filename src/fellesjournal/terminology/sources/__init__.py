"""Code systems as their publishers give them, read into releases: a module per format. No files, no clock."""
