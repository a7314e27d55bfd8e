"""The administrator's page for apps: which there are, registering one, suspending one."""

from starlette.responses import Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.apps import App, Kind
from fellesjournal.access.policies import Right
from fellesjournal.errors import NotFound
from fellesjournal.signin.visit import Visit
from fellesjournal.smart.pages import page
from fellesjournal.smart.registering import Unfit, registration
from fellesjournal.smart.registry_texts import TEXTS
from fellesjournal.smart.server import REGISTRY, Server

KINDS: tuple[Kind, ...] = ("public", "confidential", "service")


async def show(server: Server, visit: Visit) -> Response:
    """All apps, and a form to register one. Raises NotFound for others than administrators."""
    await _administrator(server, visit)
    return await _page(server, visit)


async def register(server: Server, visit: Visit) -> Response:
    """Register an app; what is wrong with it is told above the form, which keeps what was written."""
    actor = await _administrator(server, visit)
    form, texts = visit.form, TEXTS[visit.language]
    kind: Kind = next((one for one in KINDS if one == form.get("slag")), KINDS[0])
    app = App(
        "",
        form.get("navn", "").strip(),
        form.get("ansvarlig", "").strip(),
        kind,
        tuple(form.get("adresser", "").split()),
        form.get("apnes", "").strip(),
        " ".join(form.get("tilganger", "").split()),
    )
    try:
        found = registration(app, form.get("nokler", ""))
    except Unfit as unfit:
        said = texts.unfit[unfit.why].format(unfit.about)
        return await _page(server, visit, 400, said=f"{texts.refused}: {said}", form=form)
    await server.apps.register(found)
    told = f"{found.name} ({found.kind}, {found.responsible}): {found.scopes}"
    await server.tell("app-registered", actor.person, found.id, told)
    return await _page(server, visit, said=texts.done.format(found.name, found.id))


async def suspend(server: Server, visit: Visit) -> Response:
    """Suspend an app, or let it in again. Raises NotFound when there is none of the id."""
    actor = await _administrator(server, visit)
    id, suspended = visit.form.get("app", ""), visit.form.get("stans") == "ja"
    if not await server.apps.suspend(id, suspended=suspended):
        raise NotFound("There is no such app.")
    await server.tell("app-suspended" if suspended else "app-resumed", actor.person, id)
    return visit.redirect(REGISTRY)


async def _administrator(server: Server, visit: Visit) -> Actor:
    """The one who is signed in, as an administrator; to others there is no such page."""
    assert visit.session is not None
    actor = await server.reception.actor(visit.session)
    policy = server.policies.find(actor.role)
    if policy is None or Right.ADMINISTER not in policy.rights:
        raise NotFound("There is no such page for this role.")
    return actor


async def _page(
    server: Server, visit: Visit, status: int = 200, *, said: str = "", form: dict[str, str] | None = None
) -> Response:
    return page(
        visit,
        "registry",
        status,
        r=TEXTS[visit.language],
        apps=await server.apps.with_state(),
        kinds=KINDS,
        said=said,
        form=form or {},
        place=REGISTRY,
    )
