"""The benches: every figure the README quotes comes from one command here (`python -m bench NAME`)."""
