"""The palette: citizens and actions, found as one types."""
