"""OpenID Connect as HelseID and ID-porten want it: our side of it, as a client and as a resource server."""
