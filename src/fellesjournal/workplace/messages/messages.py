"""Messages between a citizen and the units: read, which is noted as received, answered and begun."""

from collections.abc import Mapping

from starlette.responses import Response

from fellesjournal.documentation.sendings import CATEGORY
from fellesjournal.errors import Conflict, Invalid, NotFound, PreconditionFailed
from fellesjournal.ui import attached, naming
from fellesjournal.ui.attached import titles
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called
from fellesjournal.workplace.messages import queue
from fellesjournal.workplace.notes import notes

MOST = 100
LONGEST, LONGEST_TOPIC = 4_000, 120


async def show(desk: Desk) -> Response:
    """All messages with the citizen, newest first; those to the reader's unit are received now."""
    return desk.page("messages.html", **await _facts(desk), sent=False)


async def send(desk: Desk) -> Response:
    """Send a message for the unit, an answer ("svar") or a new one. Raises Invalid for one without words or
    subject, or one that is too long.
    """
    text, to = desk.form.get("tekst", "").strip(), desk.form.get("svar", "")
    if not text or len(text) > LONGEST:
        raise Invalid(desk.t.messages.text_missing.format(most=LONGEST))
    asked = await desk.read("Communication", to) if to else _begun(desk)
    now = desk.now.isoformat(timespec="seconds")
    await desk.create({
        "resourceType": "Communication",
        "status": "completed",
        **({"inResponseTo": [{"reference": f"Communication/{to}"}]} if to else {}),
        "subject": asked["subject"],
        "topic": asked.get("topic", {"text": ""}),
        "sent": now,
        "received": now,
        "sender": {"reference": desk.actor.unit, "display": desk.actor.unit_display},
        "recipient": [asked["sender"]],
        "payload": [{"contentString": text}],
    })  # fmt: skip
    if to and queue.waits(desk, asked):
        await queue.close(desk, asked)
    return await notes.answer(desk, desk.html("messages.html", **await _facts(desk), sent=True))


def _begun(desk: Desk) -> Json:
    """What a new message is about and whom it goes to, as if they had written first."""
    topic = desk.form.get("emne", "").strip()
    if not topic or len(topic) > LONGEST_TOPIC:
        raise Invalid(desk.t.messages.topic_missing.format(most=LONGEST_TOPIC))
    citizen = {"reference": f"Patient/{desk.part_of_path('id')}"}
    return {"subject": citizen, "sender": citizen, "topic": {"text": topic}}


async def file(desk: Desk) -> Response:
    """A file of a message with the citizen. Raises NotFound."""
    found = await desk.read("Communication", desk.part_of_path("message"))
    if f"Patient/{desk.part_of_path('id')}" not in naming.references(found.get("subject")):
        raise NotFound("The citizen has no such message.")
    kind, content = attached.file(found, desk.part_of_path("place"))
    return Response(content, media_type=kind, headers={"Content-Disposition": "inline"})


async def _facts(desk: Desk) -> Json:
    id = desk.part_of_path("id")
    asked = [("subject", f"Patient/{id}"), ("category:not", CATEGORY)]
    asked += [("_sort", "-sent"), ("_count", str(MOST))]
    found = await desk.search("Communication", asked)
    for one in found:
        if _is_unread(desk, one):
            await _receive(desk, one)
    shown = [one for one in found if _is_with_citizen(one) or _is_a_question(desk, one)]
    parties = [party for one in shown for party in (one.get("sender", {}), *one.get("recipient", ()))]
    names = await called(desk, parties)
    rows = [_row(desk, one, names) for one in shown]
    return {
        "id": id,
        "rows": rows,
        "may": desk.writes("Communication"),
        "longest": LONGEST,
        "longest_topic": LONGEST_TOPIC,
    }


def _is_with_citizen(one: Json) -> bool:
    """Whether the citizen, or who acts for them, sent it or gets it; services write to each other too."""
    parties = naming.references([one.get("sender", {}), *one.get("recipient", ())])
    return any(party.startswith("Patient/") for party in parties)


def _is_a_question(desk: Desk, one: Json) -> bool:
    """Whether another service asks the reader's unit in plain words, or has been answered by it; care
    messages have a category."""
    parties = naming.references([one.get("sender", {}), *one.get("recipient", ())])
    services = all(party.startswith("Organization/") for party in parties)
    return services and desk.actor.unit in parties and not one.get("category")


def _is_unread(desk: Desk, one: Json) -> bool:
    to_unit = desk.actor.unit in naming.references(one.get("recipient", []))
    return to_unit and "received" not in one and desk.writes("Communication")


async def _receive(desk: Desk, one: Json) -> None:
    """Note that the unit has it; a colleague who was first has done the same."""
    read = {"received": desk.now.isoformat(timespec="seconds")}
    try:
        await desk.update(one | read)
    except (PreconditionFailed, Conflict):
        return
    one |= read


def _called(party: Json, names: Mapping[str, str], acting: str) -> str:
    """The name of a party. Another citizen than the one it is about acts for them, and has a name in a record
    of their own, which is not opened for it."""
    reference = party.get("reference", "")
    return names.get(reference) or (acting if reference.startswith("Patient/") else "")


def _row(desk: Desk, one: Json, names: Mapping[str, str]) -> Mapping[str, object]:
    sender: Json = one.get("sender", {})
    acting = str(desk.t.messages.acts_for)
    to: Json = next(iter(one.get("recipient", ())), {})
    waits = queue.waits(desk, one)
    return {
        "id": one["id"],
        "topic": naming.concept(one.get("topic")),
        "from": _called(sender, names, acting),
        "to": _called(to, names, acting),
        "when": one.get("sent", ""),
        "answerable": sender.get("reference", "").startswith("Patient/") or waits,
        "files": titles(one),
        "waits": waits,
        "texts": [part["contentString"] for part in one.get("payload", ()) if "contentString" in part],
    }
