"""How far letters have come: sent, delivered and opened, each with its moment.

Sent and in the record is the same here: nothing lies between them that a letter can be lost in. Delivered
is when it could be read, or when a notice of it went out, which also says how the citizen was told. Opened
is the first time that the citizen, or who acts for them, opened it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from fellesjournal.booking.notices.outbox import SENT, WAITING, Told
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.portal.folder import Folder
from fellesjournal.ui.naming import Json


class Rung(NamedTuple):
    """One step as it is said, its moment ("": not yet), and what is added to it."""

    text: str
    when: str
    told: str = ""


async def ladders(folder: Folder, documents: Sequence[Json]) -> dict[str, tuple[Rung, ...]]:
    """The steps of each document, by reference."""
    references = [f"{one['resourceType']}/{one['id']}" for one in documents]
    opened = await folder.readings.opened(key_of(folder.patient), references)
    notices = await folder.notices([key_of(one) for one in references])
    found: dict[str, tuple[Rung, ...]] = {}
    for one, reference in zip(documents, references, strict=True):
        found[reference] = (
            Rung(folder.t.ladder.sent, one.get("date", "")),
            _delivered(folder, one, notices.get(key_of(reference))),
            _opened(folder, opened.get(reference)),
        )
    return found


def _delivered(folder: Folder, letter: Json, notice: Told | None) -> Rung:
    """When it could be read, and how the citizen was told of it, if they are told."""
    text, written = folder.t.ladder.delivered, letter.get("date", "")
    if notice is None:
        return Rung(text, written)
    if notice.state in SENT and notice.ended:
        told = folder.t.ladder.by_sms if notice.way == "sms" else folder.t.ladder.by_email
        return Rung(text, notice.ended.isoformat(), told)
    return Rung(text, written, folder.t.ladder.waits if notice.state in WAITING else folder.t.ladder.untold)


def _opened(folder: Folder, moment: datetime | None) -> Rung:
    if moment is None:
        return Rung(folder.t.ladder.unopened, "")
    return Rung(folder.t.ladder.opened, moment.isoformat())
