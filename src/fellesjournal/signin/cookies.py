"""The two cookies: one that holds a session, one that ties a sign-in under way to its browser.

The session's is SameSite=Strict: no request that another site causes carries it. The way back from a provider
is such a request, so what is needed there stands in a cookie of its own, which is Lax, lasts ten minutes and
signs nobody in.
"""

from starlette.requests import cookie_parser
from starlette.responses import Response

SIGN_IN_LASTS = 600
LANGUAGE = "sprak"
CHOSEN_LANGUAGE = "sprak-valgt"
"""A language that was chosen before anybody had signed in: the one who then does, has chosen it."""
CHOICE_LASTS = 600


def session_name(*, secure: bool) -> str:
    """What the session's cookie is called; the prefix makes browsers hold it to this host and to TLS."""
    return "__Host-fellesjournal" if secure else "fellesjournal"


def sign_in_name(*, secure: bool) -> str:
    """What the cookie of a sign-in under way is called."""
    return f"{session_name(secure=secure)}-inn"


def read(header: str) -> dict[str, str]:
    """The cookies of a request, as browsers write them: one that is odd does not hide the others."""
    return cookie_parser(header)


def hand_session(response: Response, value: str, *, secure: bool) -> None:
    """Give the browser a session; without an end of its own, the cookie goes when the browser is closed."""
    name = session_name(secure=secure)
    response.set_cookie(name, value, secure=secure, httponly=True, samesite="strict")


def take_session(response: Response, *, secure: bool) -> None:
    """Take the session's cookie from the browser."""
    response.delete_cookie(session_name(secure=secure), secure=secure, httponly=True, samesite="strict")


def hand_sign_in(response: Response, value: str, *, secure: bool) -> None:
    """Tie a sign-in under way to the browser."""
    name = sign_in_name(secure=secure)
    response.set_cookie(name, value, SIGN_IN_LASTS, secure=secure, httponly=True, samesite="lax")


def take_sign_in(response: Response, *, secure: bool) -> None:
    """The sign-in has come back."""
    response.delete_cookie(sign_in_name(secure=secure), secure=secure, httponly=True, samesite="lax")
