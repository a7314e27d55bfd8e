"""One appointment: what, when and where, confirmed or cancelled by the rules of the service."""
