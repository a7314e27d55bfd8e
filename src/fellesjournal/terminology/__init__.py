"""Code systems, value sets and concept maps: what a code means, when it was valid, how it is found."""
