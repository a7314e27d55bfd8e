"""What keeps other sites from acting through a person's browser."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from fellesjournal.signin.openid.discovery import is_loopback
from fellesjournal.signin.openid.refusal import Reason, Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "bevis"
"""The field of a form that carries the token."""
HEADER = "x-csrf-token"
"""The header that carries it where there is no form."""
UNATTENDED = "fellesjournal-unattended"
"""The header of what an open page asks by itself."""


def is_unattended(headers: Mapping[str, str]) -> bool:
    """Whether an open page asks by itself, for its stream or for what has changed: nobody need be there."""
    return UNATTENDED in headers or headers.get("accept") == "text/event-stream"


def origin(address: str, host: str) -> str:
    """Our own origin: the site's address, or (practice only) the name of this machine that was called.

    Raises Refused for a name that is not this machine's: another site's name can be made to lead here.
    """
    if address:
        return address
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if not is_loopback(name):
        raise Refused(Reason.CROSS_SITE, "A practice site is called as localhost or 127.0.0.1.")
    return f"http://{host}"


def token(cookie: str) -> str:
    """What a form must repeat: made from the session's cookie, which no other site can read."""
    return hashlib.sha256(f"form\n{cookie}".encode()).hexdigest()


def check_origin(headers: Mapping[str, str], ours: str) -> None:
    """Raise Refused unless the browser says that the request comes from a page of ours."""
    if headers.get("origin") != ours:
        raise Refused(Reason.CROSS_SITE, "The request does not come from a page of this site.")


def check_token(given: str, cookie: str) -> None:
    """Raise Refused unless the form repeats the session's token."""
    if not hmac.compare_digest(given.encode(), token(cookie).encode()):
        raise Refused(Reason.CROSS_SITE, "The form belongs to another session: load the page again.")


def own_place(text: str, otherwise: str = "") -> str:
    """A path on this site to go on to; `otherwise` for anything that could lead elsewhere."""
    fits = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if fits and len(text) <= 2_000 else otherwise
