"""Where the day begins: the worklist of the role."""
