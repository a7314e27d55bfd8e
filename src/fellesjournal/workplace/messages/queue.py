"""The team's queue: what citizens and other services have written to the unit and nobody has answered, with
who takes it.

A message waits until it is answered, or somebody says that it needs none: that it was read is not enough.
"""

from contextlib import suppress

from starlette.responses import Response

from fellesjournal.documentation.sendings import CATEGORY
from fellesjournal.errors import Conflict, NotFound, PreconditionFailed
from fellesjournal.norway.days import add_working_days
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import moment_of
from fellesjournal.workplace.desk import Desk, Json

HERE = "/arbeid/meldinger"
OWNER = "https://fellesjournal.no/fhir/StructureDefinition/ansvarlig"
"""Communication.extension with a Reference to the Practitioner who takes a message."""
MOST = 100
PROMISED = 2
"""Working days within which a citizen has an answer: after them the row is an alarm."""


async def show(desk: Desk) -> Response:
    """The queue, the oldest first."""
    asked = [("recipient", desk.actor.unit), ("status", "in-progress"), ("category:not", CATEGORY)]
    asked.append(("_sort", "sent"))
    more = [("_include", "Communication:subject"), ("_count", str(MOST + 1))]
    found = await desk.search("Communication", [*asked, *more])
    patients = {f"Patient/{one['id']}": one for one in found if one["resourceType"] == "Patient"}
    messages = [one for one in found if one["resourceType"] == "Communication" and waits(desk, one)]
    rows = [_row(desk, one, patients) for one in messages]
    return desk.page(
        "message_queue.html", rows=rows[:MOST], more=len(rows) > MOST, may=desk.writes("Communication")
    )


async def take(desk: Desk) -> Response:
    """Take a message, or give back one's own. Raises NotFound for one that does not wait here."""
    one = await _waiting(desk)
    others = [part for part in one.get("extension", ()) if part.get("url") != OWNER]
    if _owner(one).get("reference") != desk.actor.person:
        holder = {"reference": desk.actor.person, "display": desk.actor.display}
        others.append({"url": OWNER, "valueReference": holder})
    rest = {name: value for name, value in one.items() if name != "extension"}
    await desk.update(rest | ({"extension": others} if others else {}))
    return desk.redirect(HERE)


async def done(desk: Desk) -> Response:
    """Close a message that needs no answer. Raises NotFound for one that does not wait here."""
    await close(desk, await _waiting(desk))
    return desk.redirect(HERE)


async def close(desk: Desk, one: Json) -> None:
    """Take a message off the queue; a colleague who was first has done the same."""
    now = desk.now.isoformat(timespec="seconds")
    with suppress(PreconditionFailed, Conflict):
        await desk.update({"received": now} | one | {"status": "completed"})


def waits(desk: Desk, one: Json) -> bool:
    """Whether a citizen or another service wrote it to this unit, and nobody has answered or closed it."""
    to_unit = desk.actor.unit in naming.references(one.get("recipient", []))
    sender = str(one.get("sender", {}).get("reference", ""))
    return to_unit and one["status"] == "in-progress" and sender.startswith(("Patient/", "Organization/"))


async def _waiting(desk: Desk) -> Json:
    one = await desk.read("Communication", desk.part_of_path("message"))
    if not waits(desk, one):
        raise NotFound("The unit has no such message that waits.")
    return one


def _row(desk: Desk, one: Json, patients: dict[str, Json]) -> Json:
    citizen = str(one.get("subject", {}).get("reference", ""))
    sent = moment_of(one.get("sent", ""))
    owner = _owner(one)
    return {
        "id": one["id"],
        "citizen": citizen.partition("/")[2],
        "name": naming.person(patients[citizen]) if citizen in patients else "",
        "topic": naming.concept(one.get("topic")),
        "sent": one.get("sent", ""),
        "late": sent is not None and add_working_days(sent.date(), PROMISED) < desk.today,
        "read": "received" in one,
        "owner": owner.get("display", ""),
        "mine": owner.get("reference") == desk.actor.person,
    }


def _owner(one: Json) -> Json:
    found = (part for part in one.get("extension", ()) if part.get("url") == OWNER)
    holder: Json = next((part.get("valueReference", {}) for part in found), {})
    return holder
