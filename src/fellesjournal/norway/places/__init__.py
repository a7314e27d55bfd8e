"""Counties, municipalities and city districts, each with the days between which it has its number."""
