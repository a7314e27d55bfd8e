"""What a citizen has sent, and what has become of it: received, confirmed, or set aside and why."""

from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.documentation import proposals, sendings
from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.prepared import prepared
from fellesjournal.documentation.proposals import CONFIRMED, Decision
from fellesjournal.errors import Fault, NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import shelf
from fellesjournal.portal.forms.words import lines
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json


class Sent(NamedTuple):
    """A form that was sent: its id, title and moment, to whom, how far it has come, and what was decided."""

    id: str
    title: str
    when: str
    to: str
    state: str
    decided: list[Decision]

    @property
    def confirmed(self) -> int:
        """How many answers were confirmed."""
        return sum(one.outcome == CONFIRMED for one in self.decided)


async def rows(folder: Folder) -> list[Sent]:
    """All that was sent, the newest first."""
    found = await shelf.responses(folder)
    told = await _messages(folder) if found else {}
    return [_sent(folder, one, told.get(f"QuestionnaireResponse/{one['id']}", {})) for one in found]


async def show(folder: Folder) -> Response:
    """One of them, with its answers. Raises NotFound."""
    response = await folder.read("QuestionnaireResponse", folder.part_of_path("id"))
    author = response.get("author", {}).get("reference", "")
    if folder.patient not in naming.references(response.get("subject")) or not author.startswith("Patient/"):
        raise NotFound("The citizen has sent no such answers.")
    told = await _messages(folder)
    one = _sent(folder, response, told.get(f"QuestionnaireResponse/{response['id']}", {}))
    return folder.page("form-sent.html", one=one, lines=await _lines(folder, response))


async def _messages(folder: Folder) -> dict[str, Json]:
    """What told the units, by the answers that each is about."""
    asked = [("subject", folder.patient), ("category", sendings.CATEGORY), ("_count", shelf.MOST)]
    found = await folder.search("Communication", asked)
    return {ref: one for one in found for ref in naming.references(one.get("payload", []))}


def _sent(folder: Folder, response: Json, told: Json) -> Sent:
    named = response.get("_questionnaire", {}).get("extension", ())
    title = next((one["valueString"] for one in named if "valueString" in one), folder.t.forms.unnamed)
    decided = list(proposals.decisions(response).values())
    state = "received" if "received" in told else "sent"
    if told.get("status", "completed" if decided else "") == "completed":
        state = "completed"
    to = next((one.get("display", "") for one in told.get("recipient", ())), "")
    return Sent(response["id"], title, response.get("authored", ""), to, state, decided)


async def _lines(folder: Folder, response: Json) -> list[tuple[str, list[str]]]:
    """The answers by the form they are to; as they are where that is not to be had any more."""
    id, version = sendings.edition_of(response)
    try:
        form = own_forms().get(id) or await folder.read_version("Questionnaire", id, int(version))
        on = proposals.read(prepared(form, folder.visit.language), response)
    except (Fault, ValueError):
        return proposals.plainly(response)
    return lines(folder.t, on.nodes)
