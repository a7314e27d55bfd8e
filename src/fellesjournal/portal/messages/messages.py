"""Messages between the citizen and those who help: by subject, the newest first."""

from collections.abc import Mapping

from starlette.responses import Response

from fellesjournal.documentation.sendings import CATEGORY
from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.messages import attached
from fellesjournal.portal.messages.team import is_protected, names, units
from fellesjournal.ui import naming
from fellesjournal.ui.attached import titles
from fellesjournal.ui.naming import Json

MOST = "200"
LONGEST, LONGEST_TOPIC = 4_000, 120


async def show(folder: Folder) -> Response:
    """The threads, and a form for a new message or an answer."""
    return await _page(folder)


async def _page(folder: Folder, fault: str = "") -> Response:
    """The page; with a fault, what was typed stands where it was written."""
    asked = [("subject", folder.patient), ("category:not", CATEGORY), ("_sort", "-sent"), ("_count", MOST)]
    found = [one for one in await folder.search("Communication", asked) if _is_ours(folder, one)]
    parties = naming.references([[one.get("sender"), one.get("recipient")] for one in found])
    known = await names(folder, parties)
    return folder.page(
        "messages.html",
        400 if fault else 200,
        live=() if fault else ("Communication",),
        fault=fault,
        typed=folder.form,
        protected=await is_protected(folder),
        threads=_threads(folder, found, known),
        units=await units(folder),
        may=folder.writes("Communication"),
        sent=folder.asked("sendt") == "ja",
        longest=LONGEST,
    )


async def send(folder: Folder) -> Response:
    """Send to a unit, never to one person; what is not right is told, and what was typed stays. Raises
    NotFound for an answer to what is no message of the citizen's.
    """
    text, topic = folder.form.get("tekst", "").strip(), folder.form.get("emne", "").strip()[:LONGEST_TOPIC]
    known = dict(await units(folder))
    to, answers = folder.form.get("til", ""), folder.form.get("svar", "")
    if not text or len(text) > LONGEST:
        return await _page(folder, folder.t.messages.text_missing.format(most=LONGEST))
    if to not in known:
        return await _page(folder, folder.t.messages.to_missing)
    try:
        files = attached.sent(folder)
    except Amiss as fault:
        return await _page(folder, str(fault))
    message: Json = {
        "resourceType": "Communication",
        "status": "in-progress",
        "subject": {"reference": folder.patient},
        "topic": {"text": topic or folder.t.messages.no_topic},
        "sent": folder.now.isoformat(timespec="seconds"),
        "sender": {"reference": folder.actor.person, "display": folder.actor.display},
        "recipient": [{"reference": to, "display": known[to]}],
        "payload": [{"contentString": text}, *files],
    }
    if answers:
        if not _is_ours(folder, await folder.read("Communication", answers)):
            raise NotFound("The citizen has no such message.")
        message["inResponseTo"] = [{"reference": f"Communication/{answers}"}]
    await folder.create(message)
    return folder.redirect("/meldinger?sendt=ja")


def _is_ours(folder: Folder, one: Json) -> bool:
    """Whether the citizen, or who acts for them, sent or gets it: services write to each other too."""
    parties = naming.references([one.get("sender", {}), *one.get("recipient", ())])
    return bool({folder.patient, folder.actor.person} & parties)


def _threads(folder: Folder, found: list[Json], known: Mapping[str, str]) -> list[list[Json]]:
    """Messages with what answers them, the newest thread first, each in the order of time."""
    threads: dict[str, list[Json]] = {}
    above = {one["id"]: _answered(one) for one in found}
    for one in found:
        root = one["id"]
        while above.get(root, "") in above:
            root = above[root]
        threads.setdefault(root, []).append(_shown(folder, one, known))
    return [sorted(one, key=lambda row: str(row["when"])) for one in threads.values()]


def _answered(one: Json) -> str:
    first: Json = next(iter(one.get("inResponseTo", ())), {})
    return str(first.get("reference", "")).partition("/")[2]


def _shown(folder: Folder, one: Json, known: Mapping[str, str]) -> Json:
    sender: Json = one.get("sender", {})
    to: Json = next(iter(one.get("recipient", ())), {})
    own = sender.get("reference") == folder.actor.person
    mine = own or sender.get("reference") == folder.patient
    return {
        "id": one["id"],
        "topic": naming.concept(one.get("topic")) or folder.t.messages.no_topic,
        "mine": mine,
        "from": folder.t.messages.from_me if own else _name(sender, known) or folder.whose,
        "to": _name(to, known),
        "unit": (to if mine else sender).get("reference", ""),
        "when": one.get("sent", ""),
        "read": "received" in one,
        "files": titles(one),
        "texts": [part["contentString"] for part in one.get("payload", ()) if "contentString" in part],
    }


def _name(party: Json, known: Mapping[str, str]) -> str:
    return str(party.get("display") or known.get(party.get("reference", ""), ""))
