"""What is decided about one version of a template: put in force, sent back with a sentence, taken out of
use."""

from starlette.responses import Response

from fellesjournal.documentation import approval
from fellesjournal.documentation.answers import clean
from fellesjournal.documentation.library import unheeded
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.templates import editor, shelf

LONGEST = 1_000
"""Characters of a sentence."""


async def approve(desk: Desk) -> Response:
    """Put a version in force: by another than those who wrote it; the one before it is retired."""
    found = await _awaiting(desk)
    if unheeded(found):
        return await editor.page(desk, found)
    others = [
        one for one in await shelf.every(desk) if one["url"] == found["url"] and one["status"] == "active"
    ]
    await shelf.replace(desk, approval.approved(found, shelf.by(desk), desk.now.astimezone(OSLO).date()))
    for one in others:
        await shelf.replace(desk, one | {"status": "retired"})
    return _led(desk, found)


async def send_back(desk: Desk) -> Response:
    """Back to those who wrote it: by one who may approve it, with a sentence."""
    found = await _awaiting(desk)
    decision = _decision(desk)
    if not decision.reason:
        return await editor.page(desk, found, desk.t.shelf.reason_needed)
    await shelf.replace(desk, approval.sent_back(found, decision))
    return _led(desk, found)


async def retire(desk: Desk) -> Response:
    """Take a version out of use, with a sentence: what was written from it stays as it is."""
    shelf.check(desk)
    found = await shelf.find(desk, desk.part_of_path("mal"))
    if found["status"] != "active":
        raise NotYours(desk.t.shelf.not_in_force)
    decision = _decision(desk)
    if not decision.reason:
        return await editor.page(desk, found, desk.t.shelf.reason_needed)
    await shelf.replace(desk, approval.retired(found, decision))
    return _led(desk, found)


async def _awaiting(desk: Desk) -> Json:
    """The version that the address names, when it awaits the one who asks. Raises Forbidden."""
    shelf.check(desk)
    found = await shelf.find(desk, desk.part_of_path("mal"))
    if not approval.may_approve(found, desk.actor.person):
        raise NotYours(desk.t.shelf.not_yours)
    return found


def _decision(desk: Desk) -> approval.Decision:
    reason = clean(desk.form.get("grunn", "")).strip()[:LONGEST]
    return approval.Decision(reason, shelf.by(desk), desk.now.astimezone(OSLO).isoformat(timespec="seconds"))


def _led(desk: Desk, found: Json) -> Response:
    return desk.redirect(f"/arbeid/maler/{found['id']}")
