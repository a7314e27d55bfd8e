"""Apps as a person sees them: launched from the journal, and withdrawn what they were granted."""

from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.app_grants import Consented
from fellesjournal.access.apps import App
from fellesjournal.errors import Forbidden, NotFound
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.signin.visit import Visit
from fellesjournal.smart.authorize import back
from fellesjournal.smart.consent import name_of
from fellesjournal.smart.pages import page
from fellesjournal.smart.server import APPS, Server
from fellesjournal.smart.texts import TEXTS
from fellesjournal.smart.words import told

_NUMBERS = (Kind.BIRTH_NUMBER, Kind.D_NUMBER, Kind.COMMON_HELP_NUMBER)


class Said(NamedTuple):
    """What a person has said yes to, with what it lets an app read and write, in words."""

    consented: Consented
    reads: str
    writes: str


async def show(server: Server, visit: Visit) -> Response:
    """The apps that can be launched, for a patient whom the address may name, and those with lasting access.

    Raises NotFound for a patient out of reach.
    """
    return await _page(server, visit)


async def _page(server: Server, visit: Visit, status: int = 200, number: str = "") -> Response:
    """`number` is one that was typed and finds nobody."""
    assert visit.session is not None
    person = visit.session.person
    patient = visit.request.query_params.get("pasient", "")[:64] if person.kind != "citizen" else ""
    return page(
        visit,
        "apps",
        status,
        apps=[one for one in await server.apps.all() if one.launch_uri],
        citizen=person.kind == "citizen",
        patient=patient,
        about=await _about(server, visit, patient),
        number=number,
        granted=await server.grants.of(person.reference),
        consents=[_said(server, visit, one) for one in await server.grants.consents(person.reference)],
    )


async def _about(server: Server, visit: Visit, patient: str) -> str:
    """What the patient is called whom the apps are opened with; "" for none."""
    assert visit.session is not None
    if not patient:
        return ""
    return await name_of(server, await server.reception.actor(visit.session), f"Patient/{patient}")


def _said(server: Server, visit: Visit, consented: Consented) -> Said:
    texts, kinds = TEXTS[visit.language], server.policies.kinds
    meant = told(consented.scope.split(), kinds, texts, visit.language)
    return Said(consented, ", ".join(meant.reads), ", ".join((*meant.writes, *meant.deletes)))


async def launch(server: Server, visit: Visit) -> Response:
    """Open an app with a patient in context, by the id that the page was opened with, or by the identity
    number that was typed. Raises NotFound for a patient out of reach.
    """
    assert visit.session is not None
    actor = await server.reception.actor(visit.session)
    app = await server.apps.find(visit.form.get("app", ""))
    if app is None or not app.launch_uri:
        raise NotFound("There is no such app to open.")
    patient = visit.form.get("pasient", "").strip().removeprefix("Patient/")
    patient = f"Patient/{patient}" if patient else ""
    number = "".join(visit.form.get("nummer", "").split())
    if actor.person.startswith("Patient/"):
        patient = actor.person
    elif number and not patient:
        patient = await _bearer(server, actor, number)
        if not patient:
            return await _page(server, visit, 422, visit.form["nummer"])
    if patient:
        await name_of(server, actor, patient)
    return visit.onward(await _address(server, visit, app, actor.person, patient), app.name)


async def _bearer(server: Server, actor: Actor, number: str) -> str:
    """The patient within the actor's reach who has an identity number; "" when there is none, or several."""
    if not (number.isascii() and number.isdigit()):
        return ""
    criteria = ",".join(f"{kind.system}|{number}" for kind in _NUMBERS)
    try:
        async with server.journal.open(actor) as journal:
            found = await journal.search("Patient", [("identifier", criteria)])
    except Forbidden:
        return ""
    return f"Patient/{found.entries[0].stored.id}" if len(found.entries) == 1 else ""


async def _address(server: Server, visit: Visit, app: App, person: str, patient: str) -> str:
    parameter = await server.apps.launch(app, person, patient)
    await server.tell("app-launched", person, app.id, patient)
    return back(app.launch_uri, {}, iss=server.base(visit.origin), launch=parameter)


async def withdraw(server: Server, visit: Visit) -> Response:
    """Withdraw all that the one who is signed in gave an app, which is named by itself or by a grant: its
    next request is refused, and it must ask again.
    """
    assert visit.session is not None
    person, number, app = (
        visit.session.person.reference,
        visit.form.get("tilgang", ""),
        visit.form.get("app", ""),
    )
    if app:
        app = app if await server.grants.withdraw_all(app, person) else ""
    elif number.isascii() and number.isdigit() and len(number) <= 18:
        app = await server.grants.withdraw(int(number), person)
    if not app:
        raise NotFound("There is no such grant of yours.")
    await server.tell("app-withdrawn", person, app)
    return visit.redirect(APPS)
