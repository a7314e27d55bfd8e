"""Emergency access: asked for with a reason, and shown for as long as it lasts."""
