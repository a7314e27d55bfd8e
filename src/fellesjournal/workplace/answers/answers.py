"""What a citizen has answered in forms, as a proposal: a worker confirms what it is to become in the record,
or sets it aside with a reason. Whoever opens it has received it, and the citizen sees that."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.documentation import proposals, sendings
from fellesjournal.documentation.narrative import REST, sections
from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.prepared import prepared
from fellesjournal.documentation.proposals import CONFIRMED, SET_ASIDE, Decision, Proposal
from fellesjournal.documentation.steps import shown
from fellesjournal.errors import Conflict, Fault, NotFound, PreconditionFailed
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.answers import asking
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.notes import notes

MOST = "100"
_OPEN = ("requested", "received", "accepted", "ready", "in-progress")


class Read(NamedTuple):
    """Answers as they are read: the response, what told of it ({}: nothing), their text, and the
    proposals."""

    response: Json
    told: Json
    title: str
    lines: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    proposals: Sequence[Proposal]

    @property
    def decided(self) -> dict[str, Decision]:
        """What was decided already, by place."""
        return proposals.decisions(self.response)


async def show(desk: Desk) -> Response:
    """All that the citizen has sent, the newest first."""
    return await _list(desk)


async def _list(desk: Desk, asked_for: str = "") -> Response:
    id = desk.part_of_path("id")
    asked = [("patient", id), ("_sort", "-authored"), ("_count", MOST)]
    found = [one for one in await desk.search("QuestionnaireResponse", asked) if _is_a_citizens(one)]
    waiting = {
        reference
        for one in await _told(desk)
        if one["status"] == "in-progress"
        for reference in naming.references(one.get("payload", []))
    }
    rows = [
        {
            "id": one["id"],
            "title": _title(desk, one),
            "when": one.get("authored", ""),
            "by": one["author"].get("display", ""),
            "waits": f"QuestionnaireResponse/{one['id']}" in waiting,
        }
        for one in found
    ]
    return await notes.answer(
        desk,
        desk.html(
            "citizen-answers.html",
            id=id,
            rows=rows,
            forms=await asking.forms(desk) if _asks(desk) else [],
            asked=asked_for,
        ),
    )


async def ask(desk: Desk) -> Response:
    """Ask the citizen to answer a form."""
    if not _asks(desk):
        raise NotYours(desk.t.answers.others)
    task = await asking.ask(desk)
    return await _list(desk, task["code"]["text"] if task else "")


async def read(desk: Desk) -> Response:
    """One of them with what it would become; it is received now."""
    on = await _read(desk)
    await _receive(desk, on.told)
    return await _page(desk, on)


async def decide(desk: Desk) -> Response:
    """Write down what was decided, with what it becomes; all or nothing."""
    if not _may(desk):
        raise NotYours(desk.t.answers.others)
    on = await _read(desk)
    news, faults = _decisions(desk, on)
    if faults:
        return await _page(desk, on, faults)
    by = {"reference": desk.actor.person, "display": desk.actor.display}
    chosen = {one.place for one in news if one.outcome == CONFIRMED}
    made = [proposals.confirmed(on.response, one, by) for one in on.proposals if one.place in chosen]
    left = [one for one in _open(desk, on) if one.place not in {each.place for each in news}]
    try:
        await notes.transact(
            desk, proposals.decided(on.response, made, news, [] if left else await _ended(desk, on))
        )
    except (Conflict, PreconditionFailed):
        return await _page(desk, await _read(desk), {"": desk.t.answers.meanwhile})
    except Fault as fault:
        return await _page(desk, on, {"": f"{desk.t.notes.refused} {fault}"})
    return await _page(desk, await _read(desk), kept=True)


async def _page(
    desk: Desk, on: Read, faults: dict[str, str] | None = None, *, kept: bool = False
) -> Response:
    html = desk.html(
        "citizen-answers-read.html",
        id=desk.part_of_path("id"),
        on=on,
        open={one.place for one in _open(desk, on)} if _may(desk) else set(),
        waits=_may(desk) and bool(_open(desk, on) or on.told.get("status") == "in-progress"),
        faults=faults or {},
        kept=kept,
        form=desk.form if faults else {},
        longest=proposals.LONGEST,
        rest=REST,
    )
    response = await notes.answer(desk, html)
    response.status_code = 422 if faults else 200
    return response


async def _read(desk: Desk) -> Read:
    """What the address names, if this citizen, or who acts for them, has sent it. Raises NotFound."""
    response = await desk.read("QuestionnaireResponse", desk.part_of_path("svar"))
    about = naming.references(response.get("subject"))
    if f"Patient/{desk.part_of_path('id')}" not in about or not _is_a_citizens(response):
        raise NotFound("The citizen has sent no such answers.")
    reference = f"QuestionnaireResponse/{response['id']}"
    told = [one for one in await _told(desk) if reference in naming.references(one.get("payload", []))]
    title = _title(desk, response)
    id, version = sendings.edition_of(response)
    try:
        form = own_forms().get(id) or await desk.read_version("Questionnaire", id, int(version))
        on = proposals.read(prepared(form, desk.visit.language), response)
        found = proposals.proposals(on, response)
    except (Fault, ValueError):  # a program has sent what is no answer to its form: shown as it is
        plain = [(asked, ", ".join(texts)) for asked, texts in proposals.plainly(response)]
        return Read(response, next(iter(told), {}), title, [("", plain)], [])
    return Read(response, next(iter(told), {}), title, sections([*shown(on.nodes)]), found)


async def _told(desk: Desk) -> list[Json]:
    """What told units of answers of this citizen's."""
    asked = [("subject", f"Patient/{desk.part_of_path('id')}"), ("category", sendings.CATEGORY)]
    return await desk.search("Communication", [*asked, ("_count", MOST)])


async def _receive(desk: Desk, told: Json) -> None:
    """Note that the unit has it; a colleague who was first has done the same."""
    mine = desk.actor.unit in naming.references(told.get("recipient", []))
    if not mine or "received" in told or not desk.writes("Communication"):
        return
    try:
        await desk.update(told | {"received": desk.now.isoformat(timespec="seconds")})
    except (PreconditionFailed, Conflict):
        return


def _decisions(desk: Desk, on: Read) -> tuple[list[Decision], dict[str, str]]:
    """What the form says of each answer that is open, and what it lacks, by place."""
    by = {"reference": desk.actor.person, "display": desk.actor.display}
    now = desk.now.astimezone(OSLO).isoformat(timespec="seconds")
    news, faults = [], {}
    for one in _open(desk, on):
        reason = desk.form.get(f"grunn/{one.place}", "").strip()[: proposals.LONGEST]
        match desk.form.get(f"valg/{one.place}", ""):
            case "ja":
                news.append(Decision(one.place, CONFIRMED, by, now))
            case "nei" if reason:
                news.append(Decision(one.place, SET_ASIDE, by, now, reason))
            case "nei":
                faults[one.place] = desk.t.answers.reason_needed
    return news, faults


async def _ended(desk: Desk, on: Read) -> list[Json]:
    """What is done when nothing is left to decide: what told of the answers, and what asked for them."""
    ended: list[Json] = []
    if on.told and desk.writes("Communication"):
        received = {"received": on.told.get("received", desk.now.isoformat(timespec="seconds"))}
        ended.append(on.told | {"status": "completed"} | received)
    kind, _, id = sendings.answered_by(on.response).partition("/")
    if kind in ("Task", "ServiceRequest") and id and desk.writes(kind):
        asked = await desk.read(kind, id)
        if asked["status"] in (*_OPEN, "active"):
            ended.append(asked | {"status": "completed"})
    return ended


def _open(desk: Desk, on: Read) -> list[Proposal]:
    """What is not decided yet and the role writes."""
    decided = on.decided
    return [
        one for one in on.proposals if one.place not in decided and desk.writes(one.resource["resourceType"])
    ]


def _asks(desk: Desk) -> bool:
    """Whether the role asks citizens to answer forms, for a unit."""
    return desk.writes("Task") and bool(desk.actor.unit)


def _may(desk: Desk) -> bool:
    """Whether the role decides; who needs another's signature does not."""
    return desk.writes("QuestionnaireResponse") and not desk.policy.cosigned_by


def _is_a_citizens(response: Json) -> bool:
    return bool(response.get("author", {}).get("reference", "").startswith("Patient/"))


def _title(desk: Desk, response: Json) -> str:
    named = response.get("_questionnaire", {}).get("extension", ())
    return str(next((one["valueString"] for one in named if "valueString" in one), desk.t.answers.unnamed))
