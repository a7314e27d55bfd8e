"""How elements become index entries: one file per type of search parameter, and one for free text."""
