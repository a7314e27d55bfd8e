"""Emergency access (nødtilgang) and overridden blocks, from the screen: who, why, and for how long."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from fellesjournal.access.guard.grants import GRANTS
from fellesjournal.access.journal import EMERGENCY, OVERRIDE
from fellesjournal.access.policies import Right
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.asking import Asking, Facts, of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.emergency import number

HERE = "/arbeid/nodtilgang"
REASONS = ("life", "unconscious", "legevakt", "other")
"""The reasons to choose among; texts in the catalogue."""


async def show(desk: Desk) -> Response:
    """The form; `innbygger` names whom one came from. A number that was typed before is in the address's
    fragment, which no server sees: a script writes it into the form.
    """
    _require(desk, EMERGENCY)
    return _form(desk, desk.asked("innbygger"))


async def take(desk: Desk) -> Response:
    """Take it, and go to the chart."""
    _require(desk, EMERGENCY)
    id, digits = desk.form.get("innbygger", ""), number.digits(desk.form.get("nummer", ""))
    today = desk.now.astimezone(OSLO).date()
    if not id and (fault := number.wrong(digits, today, desk.t)):
        return _form(desk, "", 422, fault=fault)
    try:
        task = await desk.journal.take(
            EMERGENCY, id, number.identifier(digits) if not id else "", _reason(desk)
        )
    except NotFound:
        return _form(desk, id, 404, fault=desk.t.emergency.nobody if id else desk.t.emergency.unknown)
    except Conflict:
        return _form(desk, id, 409, fault=desk.t.emergency.several)
    except Invalid:
        return _form(desk, id, 422, fault=desk.t.emergency.reason_needed)
    id = id or _whose(task.body or b"{}")
    if may(desk, OVERRIDE) and not await _is_open(desk, id):
        return _blocked(desk, id, grunn="", utdyping="")  # overriding has a reason of its own
    return desk.redirect(f"/arbeid/innbygger/{id}")


async def override(desk: Desk) -> Response:
    """Override the blocks of a citizen whose chart is open."""
    _require(desk, OVERRIDE)
    id = desk.part_of_path("id")
    try:
        await desk.journal.take(OVERRIDE, id, "", _reason(desk))
    except Invalid:
        return _blocked(desk, id, 422, fault=desk.t.emergency.reason_needed)
    return desk.redirect(f"/arbeid/innbygger/{id}")


async def grants(desk: Desk, id: str) -> Asking:
    """What the one who looks has taken of this citizen, and until when, and how much is kept from the unit by
    a block that the role may override: shown the whole time.
    """
    blocked = await desk.journal.blocked(id)
    taken = of(id, "Task", code=f"{GRANTS}|", owner=desk.actor.practitioner_role)
    return Asking((taken,), partial(_held, desk.now, blocked))


def _held(now: datetime, blocked: int, found: list[Json]) -> Facts:
    held = [
        {
            "kind": naming.code(one["code"], GRANTS),
            "until": one["executionPeriod"]["end"],
            "reason": one.get("reasonCode", {}).get("text", ""),
        }
        for one in found
        if datetime.fromisoformat(one["executionPeriod"]["end"]) > now
    ]
    return {"grants": held, "blocked": blocked}


def may(desk: Desk, grant: str) -> bool:
    """Whether the role takes such access."""
    return (Right.EMERGENCY if grant == EMERGENCY else Right.OVERRIDE) in desk.policy.rights


def way_in(desk: Desk) -> str:
    """Where one asks for the citizen whose page was not found; "" when the role takes no emergency access."""
    if not may(desk, EMERGENCY):
        return ""
    id = str(desk.visit.request.path_params.get("id", ""))
    is_citizens = desk.visit.request.url.path.startswith("/arbeid/innbygger/")
    return f"{HERE}?{urlencode({'innbygger': id})}" if is_citizens else HERE


def _require(desk: Desk, grant: str) -> None:
    if not may(desk, grant):
        title = desk.policy.title["en"]
        raise Forbidden(f"The role '{title}' does not take emergency access or override blocks.")


def _reason(desk: Desk) -> str:
    """The chosen reason in words, and what was written beside it."""
    chosen, written = desk.form.get("grunn", ""), desk.form.get("utdyping", "").strip()
    words = desk.t.emergency.reasons[chosen] if chosen in REASONS and chosen != "other" else ""
    return ". ".join(filter(None, (words, written)))


def _whose(task: bytes) -> str:
    """The id of the citizen whom the door's Task is about."""
    return str(msgspec.json.decode(task)["for"]["reference"]).partition("/")[2]


async def _is_open(desk: Desk, id: str) -> bool:
    """Whether the record can be read now: a block holds against emergency access too."""
    try:
        await desk.read("Patient", id)
    except NotFound:
        return False
    return True


def _form(desk: Desk, id: str, status: int = 200, **more: Any) -> Response:
    return desk.page("emergency.html", status, id=id, **_typed(desk) | more)


def _blocked(desk: Desk, id: str, status: int = 200, **more: Any) -> Response:
    return desk.page("blocked.html", status, id=id, **_typed(desk) | more)


def _typed(desk: Desk) -> dict[str, Any]:
    """What was written and chosen stays when the form is shown again."""
    kept = {name: desk.form.get(name, "") for name in ("nummer", "grunn", "utdyping")}
    return {"reasons": REASONS, "fault": "", **kept}
