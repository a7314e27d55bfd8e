"""Switching role: one button for each, and back to where one was."""

from starlette.responses import Response

from fellesjournal.signin import guard
from fellesjournal.workplace.desk import Desk

START = "/arbeid"


async def show(desk: Desk) -> Response:
    """The roles that are in force now, the others before the present one."""
    session = desk.visit.session
    assert session is not None
    roles = await desk.visit.reception.people.roles(session.person)
    roles.sort(key=lambda one: one.reference == desk.actor.practitioner_role)
    return desk.page("roles.html", roles=roles, back=guard.own_place(desk.asked("til"), START))
