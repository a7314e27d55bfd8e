"""Who acts for the citizen: shown with what they may do, given a power of attorney, and taken it from."""
