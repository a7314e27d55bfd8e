"""Practice bases: separate databases where people practise, made in seconds, put back, and taken away."""
