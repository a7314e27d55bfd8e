"""What an open page asks about its session: how long until it locks by itself, and whose it is.

A page shows a record for as long as it stands there, so it must hide itself when the session is locked
(ui/static/idle.js). Asked with the header of what is unattended it is no use of the session; without it,
somebody is at the page.
"""

import math

from starlette.responses import JSONResponse, Response

from fellesjournal.signin import guard
from fellesjournal.signin.visit import Visit

USE = "/logg-inn/bruk"


async def left(visit: Visit) -> Response:
    """Seconds that are left, 0 of a session that is locked or over; the person, and what forms must repeat
    now, which is another when the session has been opened again."""
    session = visit.session
    if session is None:
        return visit.finished(JSONResponse({"left": 0}))
    seconds = math.ceil(visit.reception.sessions.left(session).total_seconds())
    found = {"left": seconds, "who": session.person.reference}
    return visit.finished(JSONResponse(found | ({"bevis": guard.token(visit.cookie)} if seconds else {})))
