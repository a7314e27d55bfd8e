"""The templates on the shelf: every version of each, and a new draft from one of them."""

import msgspec
from starlette.responses import Response

from fellesjournal.documentation import approval
from fellesjournal.documentation.library import next_version, url_of
from fellesjournal.documentation.templates import BASE, slug, template, templates
from fellesjournal.workplace.desk import Desk, Json, NotYours

MOST = 1_000
_OF_ITS_OWN = ("id", "meta", "approvalDate", "extension")
"""What the next version does not take over."""
LONGEST = 80
"""Characters of a title."""


async def show(desk: Desk) -> Response:
    """Every template with its versions, the newest first."""
    return await _page(desk)


async def begin(desk: Desk) -> Response:
    """A new draft: from a version that is there, or a blank one under a new title."""
    check(desk)
    stored = await every(desk)
    start = await find(desk, desk.form["fra"]) if desk.form.get("fra") else None
    title = desk.form.get("tittel", "").strip()[:LONGEST]
    if start is None:
        name = slug(title)
        if not name or url_of(name) in {one["url"] for one in [*stored, *seeds()]}:
            return await _page(desk, desk.t.shelf.title_needed)
        start = template({"id": name, "title": title, "kind": "B02-2", "item": []}).questionnaire
    body = {name: value for name, value in start.items() if name not in _OF_ITS_OWN and value != []}
    body["version"] = next_version(stored, start["url"])
    created = await desk.create(approval.written(body, by(desk)))
    return desk.redirect(f"/arbeid/maler/{created['id']}")


async def every(desk: Desk) -> list[Json]:
    """Every version that the record has of our templates."""
    found = await desk.search("Questionnaire", [("_count", str(MOST))])
    return [one for one in found if one.get("url", "").startswith(BASE)]


async def find(desk: Desk, id: str) -> Json:
    """A version, by the id of its Questionnaire; those of the files are in the record only when they are out
    of use. Raises NotFound."""
    seed = next((one for one in seeds() if one["id"] == id), None)
    if seed is None:
        return await desk.read("Questionnaire", id)
    return next((one for one in await every(desk) if one["id"] == id), seed)


async def replace(desk: Desk, questionnaire: Json, version: str = "") -> Json:
    """Write the next version of a Questionnaire over the known one; of a file's the first. Raises the Fault
    of the record."""
    known = version if version.isdecimal() else questionnaire.get("meta", {}).get("versionId")
    match = int(known) if known else None
    body = msgspec.json.encode({name: value for name, value in questionnaire.items() if name != "meta"})
    await desk.journal.update("Questionnaire", questionnaire["id"], body, if_match=match)
    return await desk.read("Questionnaire", questionnaire["id"])


def check(desk: Desk) -> None:
    """Raise Forbidden for a role that writes no templates."""
    if not desk.writes("Questionnaire"):
        raise NotYours(desk.t.shelf.others)


def by(desk: Desk) -> Json:
    """The one who acts, as a reference."""
    return {"reference": desk.actor.person, "display": desk.actor.display}


async def _page(desk: Desk, fault: str = "") -> Response:
    check(desk)
    stored = await every(desk)
    there = {(one["url"], one.get("version", "1")) for one in stored}
    files = [one for one in seeds() if (one["url"], one["version"]) not in there]
    by_url: dict[str, list[Json]] = {}
    for one in sorted([*stored, *files], key=lambda one: -int(one.get("version", "1"))):
        by_url.setdefault(one["url"], []).append(_told(desk, one))
    rows = sorted(by_url.values(), key=lambda versions: str(versions[0]["title"]))
    return desk.page(
        "shelf.html", 422 if fault else 200, rows=rows, fault=fault, typed=desk.form.get("tittel", "")
    )


def _told(desk: Desk, one: Json) -> Json:
    own = desk.t.shelf.of_the_files if one["id"] in {seed["id"] for seed in seeds()} else ""
    return {
        "id": one["id"],
        "title": one.get("title", ""),
        "version": one.get("version", "1"),
        "status": approval.status_of(one),
        "said": approval.decision(one, approval.RETURNED) or approval.decision(one, approval.RETIRED),
        "mine": approval.may_approve(one, desk.actor.person),
        "by": ", ".join(who.get("display", "") for who in approval.authors_of(one)) or own,
        "approved": ", ".join(who.get("display", "") for who in approval.approvers_of(one)),
    }


def seeds() -> list[Json]:
    """The first versions, as the files have them."""
    return [one.questionnaire for one in templates().values()]
