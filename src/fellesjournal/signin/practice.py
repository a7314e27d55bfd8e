"""Practice sign-in: anyone is whoever they pick. These pages exist on practice sites only."""

from itertools import groupby

from starlette.responses import Response

from fellesjournal.access.sessions import Origin
from fellesjournal.errors import NotFound
from fellesjournal.signin import cookies
from fellesjournal.signin.admission import OWN_RECORD, admit
from fellesjournal.signin.visit import Visit

MOST_CITIZENS = 100
CITIZEN = "innbygger"


async def show(visit: Visit) -> Response:
    """Health workers by unit, or citizens, all or those whose names begin as the words do.

    Who is on the way to a citizen's own record is shown citizens first."""
    asked = visit.request.query_params
    first = CITIZEN if f"{visit.place}/".startswith(f"{OWN_RECORD}/") else ""
    name, citizens = asked.get("navn", "").strip()[:60], asked.get("som", first) == CITIZEN
    people = visit.reception.people
    if citizens:
        some = await people.citizens(name, MOST_CITIZENS + 1)
        cut = len(some) > MOST_CITIZENS
        return visit.page("practice", name=name, citizens=some[:MOST_CITIZENS], units=None, cut=cut)
    roles, cut = await people.workers(name)
    units = [(unit, list(pairs)) for unit, pairs in groupby(roles, key=lambda pair: pair[1].unit_display)]
    return visit.page("practice", name=name, citizens=None, units=units, cut=cut)


async def pick(visit: Visit) -> Response:
    """Be the one who was picked. Raises NotFound outside practice sites, and for someone who is not there."""
    reception = visit.reception
    if not reception.practice:
        raise NotFound("There is no practice sign-in on this site.")
    person = await reception.people.named(visit.form.get("person", ""))
    cookie, place = await admit(reception, person, Origin("practice"), visit.place, visit.session)
    response = visit.redirect(place)
    cookies.hand_session(response, cookie, secure=reception.secure)
    return response
