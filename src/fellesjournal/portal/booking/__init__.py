"""A citizen books a time: what there is, when, and the confirmation."""
