"""A sentence about the screen one is at, sent with the state of the screen and nothing of a citizen."""

import re

from starlette.responses import Response
from starlette.routing import Route

from fellesjournal import __version__
from fellesjournal.errors import Fault
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.support.masking import masked, words
from fellesjournal.support.reports import LONGEST, Said
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json

_SCREEN = re.compile(r"\d{2,5}x\d{2,5}")
_CITIZEN = re.compile(r"/arbeid/innbygger/([A-Za-z0-9\-.]{1,64})(?:/|$)")
MOST_WORDS = 60
SLOWEST = 600_000


async def show(desk: Desk) -> Response:
    """One's own reports, with what has come of them."""
    reports = await desk.reports.listed(desk.actor.person, closed=True)
    return desk.page("reports.html", reports=reports)


async def send(desk: Desk) -> Response:
    """Keep what was said; what could name a citizen is taken out first."""
    task, sentence = (" ".join(desk.form.get(name, "").split())[:LONGEST] for name in ("oppgave", "setning"))
    if not sentence:
        return desk.page("complained.html", fault=desk.t.complain.empty, number=0)
    place, pane = desk.form.get("sti", ""), desk.form.get("felt", "")
    names = await _names(desk, place, f"{task} {sentence}")
    said = Said(
        person=desk.actor.person,
        made=desk.now,
        role=desk.actor.role,
        unit_kind=await _unit_kind(desk),
        place=_pattern(desk, place),
        pane=_pattern(desk, pane),
        version=__version__,
        language=desk.visit.language,
        screen=_screen(desk.form.get("skjerm", "")),
        took=_took(desk.form.get("ms", "")),
        task=masked(task, names),
        sentence=masked(sentence, names),
    )
    number = await desk.reports.add(said)
    return desk.page("complained.html", fault="", number=number)


def _pattern(desk: Desk, path: str) -> str:
    """An address with {} for every part that is not a word of our own addresses; nothing of a query."""
    routes = [one for one in desk.visit.request.app.routes if isinstance(one, Route)]
    ours = {part for one in routes for part in one.path.split("/") if not part.startswith("{")}
    parts = path.partition("?")[0].split("/")[:12]
    return "/".join(part if part in ours else "{}" for part in parts)


async def _names(desk: Desk, place: str, text: str) -> set[str]:
    """The names, as words in small letters, that the text must not have: those of the citizen whose record is
    open and of their kin, and of any citizen within reach whose name is a word of the text."""
    said = sorted(set(words(text)))[:MOST_WORDS]
    found: list[Json] = []
    if open_now := _CITIZEN.match(place):
        found += await _near(desk, open_now[1])
    if said:
        found += await desk.search("Patient", [("name", ",".join(said)), ("_count", "200")])
    return {word for one in found for name in one.get("name", ()) for word in _words_of(name)}


async def _near(desk: Desk, id: str) -> list[Json]:
    """The citizen and their kin; nobody, where the address is of none within reach."""
    try:
        patient = await desk.read("Patient", id)
    except Fault:
        return []
    return [patient, *await desk.search("RelatedPerson", [("patient", id)])]


def _words_of(name: Json) -> list[str]:
    return words(" ".join([name.get("text", ""), *name.get("given", ()), name.get("family", "")]))


async def _unit_kind(desk: Desk) -> str:
    """What kind of unit it is, never which: as its type says; else whether it is of a hospital."""
    if not desk.actor.unit:
        return ""
    type_name, _, id = desk.actor.unit.partition("/")
    unit = await desk.read(type_name, id)
    systems = {one.get("system") for one in unit.get("identifier", ())}
    of_hospital = "sykehusavdeling" if Kind.RESH_ID.system in systems else "annen enhet"
    return next(filter(None, map(naming.concept, unit.get("type", ()))), of_hospital)


def _screen(text: str) -> str:
    return text if _SCREEN.fullmatch(text) else ""


def _took(text: str) -> int:
    return min(int(text), SLOWEST) if text.isascii() and text.isdigit() and len(text) < 9 else 0
