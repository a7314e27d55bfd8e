"""The phrases one writes with: those of the role, and one's own, which are added and removed here."""

from collections.abc import Mapping

from starlette.responses import Response

from fellesjournal.documentation.phrases import phrases
from fellesjournal.errors import Invalid
from fellesjournal.workplace.desk import Desk


async def known(desk: Desk) -> Mapping[str, str]:
    """What unfolds in a text, by name: one's own go before those of the role."""
    own = await desk.documentation.own_phrases.of(desk.actor.person)
    return {**phrases(desk.actor.role), **own}


async def show(desk: Desk) -> Response:
    """One's own phrases, and those of the role."""
    return await _page(desk)


async def keep(desk: Desk) -> Response:
    """Add a phrase, or write one anew."""
    name = desk.form.get("navn", "").strip().lstrip(".").lower()
    try:
        await desk.documentation.own_phrases.keep(desk.actor.person, name, desk.form.get("tekst", ""))
    except Invalid:
        return await _page(desk, desk.t.phrases.wrong)
    return desk.redirect("/arbeid/fraser")


async def drop(desk: Desk) -> Response:
    """Remove a phrase."""
    await desk.documentation.own_phrases.drop(desk.actor.person, desk.form.get("navn", ""))
    return desk.redirect("/arbeid/fraser")


async def _page(desk: Desk, fault: str = "") -> Response:
    own = await desk.documentation.own_phrases.of(desk.actor.person)
    values = {"own": own, "shared": phrases(desk.actor.role), "fault": fault}
    name, text = desk.form.get("navn", ""), desk.form.get("tekst", "")
    return desk.page("phrases.html", 422 if fault else 200, name=name, text=text, **values)
