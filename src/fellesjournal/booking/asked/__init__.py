"""What is asked before something is held: who may, and what the world says against it."""
