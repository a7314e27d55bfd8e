"""Asking for a correction of the record (helsepersonelloven §§ 42-43), and what has become of it.

It is a message to a unit with the category CORRECTION, so that it is on the unit's list like others and is
answered there. Asked for from a note, it names the note in `about`.
"""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.messages.team import is_protected, units
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import day

SYSTEM = "https://fellesjournal.no/fhir/CodeSystem/melding"
CORRECTION = "correction"
LONGEST = 2_000


async def show(folder: Folder) -> Response:
    """What has been asked for and how far it has come, and a form for more."""
    return await _page(folder)


async def ask(folder: Folder) -> Response:
    """Ask a unit to correct something; what is missing is asked for again, with what was typed."""
    known = dict(await units(folder, met_before=True))
    to, what = folder.form.get("til", ""), folder.form.get("hva", "").strip()
    text = folder.form.get("tekst", "").strip()
    if to not in known or not what or not text or len(text) > LONGEST:
        return await _page(folder, 400, folder.t.correction.missing.format(most=LONGEST))
    if not folder.writes("Communication"):
        raise Amiss(folder.t.correction.cannot)
    about = await _about(folder, folder.form.get("om", ""))
    await folder.create({
        "resourceType": "Communication",
        "status": "in-progress",
        "category": [{"coding": [{"system": SYSTEM, "code": CORRECTION}]}],
        "subject": {"reference": folder.patient},
        **({"about": [about]} if about else {}),
        "topic": {"text": f"{folder.t.correction.topic}: {what[:120]}"},
        "sent": folder.now.isoformat(timespec="seconds"),
        "sender": {"reference": folder.actor.person, "display": folder.actor.display},
        "recipient": [{"reference": to, "display": known[to]}],
        "payload": [{"contentString": text}],
    })  # fmt: skip
    return folder.redirect("/mine/retting?sendt=ja")


async def _page(folder: Folder, status: int = 200, fault: str = "") -> Response:
    asked = [("subject", folder.patient), ("_sort", "-sent"), ("_count", "200")]
    found = await folder.search("Communication", asked)
    note = folder.form.get("om", "") or folder.asked("om")
    about = await _about(folder, note)
    answers = {ref: one for one in reversed(found) for ref in naming.references(one.get("inResponseTo"))}
    return folder.page(
        "retting.html",
        status,
        rows=[_row(one, answers) for one in found if _is_correction(one)],
        units=await units(folder, met_before=True),
        may=folder.writes("Communication"),
        protected=await is_protected(folder),
        sent=folder.asked("sendt") == "ja",
        fault=fault,
        typed=folder.form,
        note=note,
        about=about.get("display", ""),
        longest=LONGEST,
    )


async def _about(folder: Folder, id: str) -> Json:
    """The note that is named, as a Reference with its title and day; empty for none. Raises NotFound for one
    of another.
    """
    if not id:
        return {}
    note = await folder.read("Composition", id)
    if folder.patient not in naming.references(note.get("subject")):
        raise NotFound("The citizen has no such note.")
    title = note.get("title") or naming.concept(note["type"])
    return {"reference": f"Composition/{id}", "display": f"{title}, {day(note['date'])}"}


def _is_correction(one: Json) -> bool:
    return any(naming.code(category, SYSTEM) == CORRECTION for category in one.get("category", ()))


def _row(one: Json, answers: dict[str, Json]) -> Json:
    answer = answers.get(f"Communication/{one['id']}", {})
    return {
        "topic": naming.concept(one.get("topic")),
        "to": next((to.get("display", "") for to in one.get("recipient", ())), ""),
        "when": one.get("sent", ""),
        "state": "answered" if answer else "received" if "received" in one else "sent",
        "texts": [part["contentString"] for part in one["payload"] if "contentString" in part],
        "answers": [part["contentString"] for part in answer.get("payload", ()) if "contentString" in part],
    }
