"""Identity numbers: which kind a number is, what it says of its bearer, and why it is none."""
