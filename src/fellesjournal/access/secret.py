"""Secrets that a browser or a client holds, and the digests by which we know them again."""

import hashlib
import secrets


def make() -> str:
    """A new secret: 256 random bits, written in 43 characters that fit in a cookie or a query."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> bytes:
    """What is stored in a secret's place: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(text.encode()).digest()
