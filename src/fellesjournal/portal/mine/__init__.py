"""My data: the summary, the whole record as an archive, corrections, and details of contact."""
