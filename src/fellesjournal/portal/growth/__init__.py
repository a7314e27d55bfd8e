"""How a child has grown, as curves over its age."""
