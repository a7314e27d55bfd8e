"""What a note has in common with the notes before it."""

from fellesjournal.documentation.narrative import sections
from fellesjournal.documentation.provenance import Mark, copied
from fellesjournal.ui import narrative
from fellesjournal.ui.norwegian import day
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.notes.forms import Sheet

LOOKED_AT = 30
"""The newest notes of a citizen that a new one is compared with."""


async def copies(desk: Desk, on: Sheet) -> list[Mark]:
    """The sentences that stand in an earlier note, each with that note; its own earlier version is none."""
    parameters = [("patient", desk.part_of_path("id")), ("_sort", "-date"), ("_count", str(LOOKED_AT))]
    notes = [
        one
        for one in await desk.search("Composition", parameters)
        if one["status"] != "entered-in-error" and one.get("identifier", {}).get("value") != on.draft.id
    ]
    earlier = [
        (
            f"Composition/{one['id']}",
            f"{one['title']} {day(one['date'])}",
            [text for _, texts in narrative.sections(one) for text in texts],
        )
        for one in notes
    ]
    return copied((text for _, lines in sections(on.nodes) for _, text in lines), earlier)
