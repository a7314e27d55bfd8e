"""Messages to and from those who help."""
