"""The surface where people sign in, and where whoever asks is told from nobody."""
