"""A signed note with all that it consists of."""

from fellesjournal.documentation import signing
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.notes import notes


async def whole(desk: Desk, note: str) -> list[Json]:
    """Its Composition, its response, and what the answers became or confirmed. Raises NotFound."""
    composition = await notes.signed(desk, "Composition", note)
    response = await notes.signed(desk, "QuestionnaireResponse", note)
    found = [await desk.read(*one.split("/")) for one in signing.made_by(composition)]
    return [composition, response, *found]


async def own(desk: Desk) -> list[Json]:
    """The note that a request names, whole. Raises NotFound, Forbidden where another has written it."""
    found = await whole(desk, desk.part_of_path("note"))
    if found[0]["author"][0]["reference"] != desk.actor.person:
        raise NotYours(desk.t.notes.others)
    return found
