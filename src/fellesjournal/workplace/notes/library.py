"""The templates of the site: which there are to write from, and the version that a note was written in."""

from fellesjournal.documentation.library import from_questionnaire, newest, url_of, version_of
from fellesjournal.documentation.templates import Template, templates
from fellesjournal.workplace.desk import Desk, Json

MOST = 1_000


async def in_force(desk: Desk) -> dict[str, Template]:
    """What is written from now, by id."""
    asked = [("status", "active,retired"), ("_count", str(MOST))]
    return newest([one for one in await desk.search("Questionnaire", asked) if "url" in one])


async def named(desk: Desk, id: str) -> Template | None:
    """A template in the version that its id names, whether it is still in force or not; None for no such."""
    if id in templates():
        return templates()[id]
    asked = [("url", url_of(id)), ("version", version_of(id)), ("status", "active,retired")]
    found = await desk.search("Questionnaire", asked)
    return from_questionnaire(found[0]) if found else None


async def of_response(desk: Desk, response: Json) -> Template | None:
    """The template of a signed note, in its version; None where it is none of ours."""
    url, _, version = response.get("questionnaire", "").partition("|")
    name = url.removeprefix(url_of(""))
    return await named(desk, name if version in ("", "1") else f"{name}@{version}") if name != url else None
