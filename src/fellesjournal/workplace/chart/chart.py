"""The chart of one citizen: the page, and each of its parts by itself for what changes."""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.workplace.asking import answered
from fellesjournal.workplace.chart.parts import PARTS, Part
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.directory import with_names
from fellesjournal.workplace.modes.modes import PARTS as ORDERED
from fellesjournal.workplace.since import since

_IDENTITY = list(PARTS).index("identity")


async def show(desk: Desk, *, work: str = "") -> Response:
    """The whole page, with something in its work pane."""
    id = desk.part_of_path("id")
    facts = await with_names(
        desk, await answered(desk, [await part.ask(desk, id) for part in PARTS.values()])
    )
    parts = {
        name: desk.html(_template(desk, part), id=id, part=part, **found)
        for (name, part), found in zip(PARTS.items(), facts, strict=True)
    }
    mode = await desk.mode()
    return desk.page(
        "chart.html",
        id=id,
        parts=parts,
        name=facts[_IDENTITY]["name"],
        can=_can(desk) | dict.fromkeys(mode.spares, False),
        opens=_opens(desk, id),
        work=work,
        mode=mode,
    )


async def part(desk: Desk) -> Response:
    """One part, as it is now. Raises NotFound for one that there is not."""
    name = desk.part_of_path("part")
    if name not in PARTS:
        raise NotFound(f"The chart has no part '{name}'.")
    return await _alone(desk, name)


async def mark_read(desk: Desk) -> Response:
    """The reader has read what is new, and gets that part as it is then."""
    await since.mark(desk)
    return await _alone(desk, "since")


async def _alone(desk: Desk, name: str) -> Response:
    """A part by itself."""
    id, part = desk.part_of_path("id"), PARTS[name]
    [facts] = await with_names(desk, await answered(desk, [await part.ask(desk, id)]))
    return desk.page(_template(desk, part), id=id, part=part, **facts)


def _template(desk: Desk, part: Part) -> str:
    """That of the part; of one that is made of what the role does not read, a sentence, as nothing at all
    would say that there is nothing.
    """
    is_unread = part.name in ORDERED and not desk.reads(part.shows[0])
    return "unread.html" if is_unread else f"{part.name}.html"


def _opens(desk: Desk, id: str) -> str:
    """What stands open beside the chart from the start: an address of this citizen's, an appointment, or
    nothing."""
    asked = desk.asked("apne")
    places = (f"/arbeid/innbygger/{id}/", "/arbeid/timebok/time/")
    return asked if asked.startswith(places) and ".." not in asked else ""


def _can(desk: Desk) -> dict[str, bool]:
    """What the role may add here."""
    return {
        "measure": desk.writes("Observation"),
        "diagnose": desk.writes("Condition"),
        "note": desk.writes("Composition"),
        "book": desk.writes("Appointment") and desk.reads("Schedule") and bool(desk.actor.unit),
        "message": desk.reads("Communication"),
        "answers": desk.reads("QuestionnaireResponse"),
        "tasks": desk.reads("Task"),
        "blocks": desk.reads("Consent"),
    }
