"""The person's answer: which patient, and whether the app gets what it asks for."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.app_grants import Giving
from fellesjournal.access.apps import App, Asked
from fellesjournal.access.consenting import Narrowed, narrowed
from fellesjournal.access.granted import clinical
from fellesjournal.access.people import words_of
from fellesjournal.errors import Fault, Forbidden, NotFound
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.visit import Visit
from fellesjournal.smart.authorize import back
from fellesjournal.smart.pages import page, wrong
from fellesjournal.smart.server import CONSENT, Server
from fellesjournal.smart.texts import TEXTS
from fellesjournal.smart.words import told

MOST_SHOWN = 20
LEVELS = ("patient", "user")


class Found(NamedTuple):
    """A citizen in the list to choose from."""

    reference: str
    display: str
    born: str


class Case(NamedTuple):
    """A request with the one who is to answer it."""

    request: str
    asked: Asked
    app: App
    actor: Actor


async def show(server: Server, visit: Visit) -> Response:
    """Ask which patient, when the app needs one and has none; then ask for the answer."""
    case = await _case(server, visit)
    if case is None:
        return wrong(visit, "", TEXTS[visit.language].stale)
    if _lacks_patient(case):
        if case.actor.person.startswith("Patient/"):
            await server.apps.choose(case.request, case.actor.person)
            return visit.redirect(f"{CONSENT}/{case.request}")
        return await _patients(server, visit, case)
    return await _given_before(server, visit, case) or await _question(server, visit, case)


async def choose(server: Server, visit: Visit) -> Response:
    """Put the patient that was chosen into context. Raises NotFound for one out of reach."""
    case = await _case(server, visit)
    if case is None:
        return wrong(visit, "", TEXTS[visit.language].stale)
    patient = visit.form.get("pasient", "")
    await name_of(server, case.actor, patient)
    await server.apps.choose(case.request, patient)
    return visit.redirect(f"{CONSENT}/{case.request}")


async def answer(server: Server, visit: Visit) -> Response:
    """Give the grant, or do not; either way the browser goes back to the app."""
    case = await _case(server, visit)
    if case is None or _lacks_patient(case) or not await server.apps.answered(case.request):
        return wrong(visit, "", TEXTS[visit.language].stale)
    asked, actor = case.asked, case.actor
    given = {"state": asked.state}
    if visit.form.get("svar") != "ja":
        await server.tell("app-declined", actor.person, case.app.id)
        address = back(
            asked.redirect_uri, given, error="access_denied", error_description="The person said no."
        )
        return visit.onward(address, case.app.name)
    scope = _possible(server, case).scopes
    if not any(clinical(one) for one in scope) and any(map(clinical, asked.scope.split())):
        sentence = "The person's role can give nothing of what the app asks for."
        address = back(asked.redirect_uri, given, error="access_denied", error_description=sentence)
        return visit.onward(address, case.app.name)
    giving = _giving(visit, case, scope)
    await server.grants.remember(giving)
    return await _give(server, visit, case, giving)


def _giving(visit: Visit, case: Case, scope: Sequence[str]) -> Giving:
    kind = visit.session.person.kind if visit.session else "citizen"
    actor = case.actor
    who = actor.person, kind, actor.display, actor.practitioner_role
    return Giving(case.app.id, *who, case.asked.patient, " ".join(scope), case.asked.nonce)


async def _give(server: Server, visit: Visit, case: Case, giving: Giving) -> Response:
    asked = case.asked
    code = await server.grants.give(giving, asked.redirect_uri, asked.challenge)
    told = f"{asked.patient} {giving.scope}".strip()
    await server.tell("app-granted", giving.person, case.app.id, told)
    return visit.onward(back(asked.redirect_uri, {"state": asked.state}, code=code), case.app.name)


async def _given_before(server: Server, visit: Visit, case: Case) -> Response | None:
    """The way on when the person has said yes to the same before; None when they are to be asked.

    Never on the way to an address that is no web address: another program on the same phone can claim that
    (RFC 8252, 8.6).
    """
    giving = _giving(visit, case, _possible(server, case).scopes)
    if not case.asked.redirect_uri.startswith(("https://", "http://")):
        return None
    if not any(map(clinical, giving.scope.split())) or not await server.grants.remembers(giving):
        return None
    if not await server.apps.answered(case.request):
        return None
    return await _give(server, visit, case, giving)


async def _case(server: Server, visit: Visit) -> Case | None:
    """The request of the address, for the one who is signed in; None when it waits no longer.

    Raises Refused: no role has been chosen, or another person launched the app.
    """
    request = visit.request.path_params["request"]
    asked = await server.apps.asked(request)
    app = await server.apps.find(asked.app) if asked else None
    if asked is None or app is None:
        return None
    assert visit.session is not None
    actor = await server.reception.actor(visit.session)
    if asked.launcher not in ("", actor.person):
        raise Refused(Reason.SUBJECT, "The app was launched by another person.")
    return Case(request, asked, app, actor)


def _lacks_patient(case: Case) -> bool:
    scopes = case.asked.scope.split()
    found = [one for one in map(clinical, scopes) if one is not None]
    wanted = "launch/patient" in scopes or any(one.level == "patient" for one in found)
    return wanted and not case.asked.patient


async def _patients(server: Server, visit: Visit, case: Case) -> Response:
    """Citizens within the person's reach, all or those whose names begin as the words do."""
    name = visit.request.query_params.get("navn", "").strip()[:60]
    words = [("name", word) for word in words_of(name)]
    asked = [("_count", str(MOST_SHOWN)), ("_sort", "family"), *words]
    try:
        async with server.journal.open(case.actor) as journal:
            found = await journal.search("Patient", asked)
    except Forbidden as forbidden:
        raise NotFound(*forbidden.issues) from forbidden
    bodies = [msgspec.json.decode(one.stored.body or b"{}") for one in found.entries]
    shown = [Found(f"Patient/{one['id']}", _name(one), one.get("birthDate", "")) for one in bodies]
    return page(visit, "patient", app=case.app, name=name, found=shown, more=found.next is not None)


async def _question(server: Server, visit: Visit, case: Case) -> Response:
    texts, possible = TEXTS[visit.language], _possible(server, case)
    meant = told(possible.scopes, server.policies.kinds, texts, visit.language)
    policy = server.policies.find(case.actor.role)
    citizen = case.actor.person.startswith("Patient/")
    role = policy.title[visit.language] if policy and not citizen else ""
    if citizen:
        about = texts.about_own
    elif case.asked.patient and meant.one_patient:
        about = await name_of(server, case.actor, case.asked.patient)
    else:
        about = texts.about_all if meant.reads or meant.writes else ""
    lost = told(possible.left_out, server.policies.kinds, texts, visit.language)
    who = ", ".join(filter(None, (case.actor.display, role.lower(), case.actor.unit_display)))
    return page(
        visit,
        "consent",
        app=case.app,
        who=who,
        about=about,
        told=meant,
        role=role,
        lasts=_lasts(server, possible, visit),
        left_out=", ".join(dict.fromkeys((*lost.reads, *lost.writes, *lost.deletes))),
    )


def _lasts(server: Server, possible: Narrowed, visit: Visit) -> str:
    texts = TEXTS[visit.language]
    if "offline_access" in possible.scopes:
        return texts.lasts_days.format(server.grants.renewable.days)
    return texts.lasts_minutes.format(int(server.grants.access_lasts.total_seconds()) // 60)


def _possible(server: Server, case: Case) -> Narrowed:
    return narrowed(case.asked.scope.split(), server.policies.find(case.actor.role), LEVELS)


async def name_of(server: Server, actor: Actor, patient: str) -> str:
    """The name of a citizen within the actor's reach. Raises NotFound."""
    type_name, _, id = patient.partition("/")
    if type_name != "Patient" or quote(id, safe="") != id:
        raise NotFound("There is no such patient.")
    try:
        async with server.journal.open(actor) as journal:
            stored = await journal.read("Patient", id)
    except Fault as fault:
        raise NotFound("There is no such patient within reach.") from fault
    return _name(msgspec.json.decode(stored.body or b"{}"))


def _name(patient: dict[str, Any]) -> str:
    name: dict[str, Any] = next(iter(patient.get("name", [])), {})
    parts = [*name.get("given", []), name.get("family", "")]
    return name.get("text") or " ".join(filter(None, parts)) or f"Patient/{patient.get('id', '')}"
