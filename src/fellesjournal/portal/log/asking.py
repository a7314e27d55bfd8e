"""A question about one line of the log: asked from the line, answered by the privacy officer."""

from starlette.responses import Response

from fellesjournal.access.guard.questions import QUESTION, QUESTIONS
from fellesjournal.access.journal import Line
from fellesjournal.errors import Invalid
from fellesjournal.portal.folder import Folder
from fellesjournal.ui.naming import Json


async def show(folder: Folder) -> Response:
    """The form, with the line that it is about. Raises NotFound for a line of another's log."""
    event = folder.asked("hendelse")
    return _page(folder, event, await _line(folder, event))


async def ask(folder: Folder) -> Response:
    """Ask; a question that says nothing is asked for again, with what was typed."""
    event = folder.form.get("hendelse", "")
    try:
        await folder.journal.ask_about(event, _language(folder), folder.form.get("tekst", ""))
    except Invalid:
        return _page(folder, event, await _line(folder, event), 400, folder.t.log.ask_more)
    return folder.redirect("/innsyn?spurt=ja")


async def asked(folder: Folder) -> list[Json]:
    """The citizen's questions with their answers, the newest first."""
    sought = [("patient", folder.citizen), ("code", f"{QUESTIONS}|{QUESTION}"), ("_sort", "-authored-on")]
    return [
        {
            "about": one["focus"]["display"],
            "text": one["description"],
            "when": one["authoredOn"],
            "answers": [note["text"] for note in one.get("note", ())],
        }
        for one in await folder.search("Task", sought)
    ]


def _page(folder: Folder, event: str, line: Line, status: int = 200, fault: str = "") -> Response:
    typed = folder.form.get("tekst", "")
    return folder.page("sporsmal.html", status, event=event, line=line, fault=fault, typed=typed)


async def _line(folder: Folder, event: str) -> Line:
    return await folder.journal.access_line(event, _language(folder))


def _language(folder: Folder) -> str:
    """The language of the log's sentences: that of the visitor."""
    return folder.visit.language
