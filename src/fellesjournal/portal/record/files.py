"""One note as text, and one document as the file that it is."""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.messages.team import names
from fellesjournal.portal.record.rows import name_in
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import SHOWN, content_of, kind_of
from fellesjournal.ui.naming import Json
from fellesjournal.ui.narrative import sections


async def note(folder: Folder) -> Response:
    """A note, with who wrote it and when."""
    found = await _own(folder, "Composition")
    by = await _authors(folder, found)
    title = found.get("title") or naming.concept(found["type"])
    return folder.page(
        "notat.html",
        live=("Composition",),
        title=title,
        when=found["date"],
        by=by,
        sections=sections(found),
        note=found["id"],
    )


async def document(folder: Folder) -> Response:
    """The file: shown where a browser shows it, else handed over to be kept. Text is shown as text."""
    found = await _own(folder, "DocumentReference")
    letter = f"DocumentReference/{found['id']}"
    await folder.readings.open(key_of(folder.patient), letter, folder.actor.person, folder.now)
    kind = kind_of(found)
    if kind == "text/plain":
        title = found.get("description") or naming.concept(found.get("type"))
        text = content_of(found).decode("utf-8", "replace")
        return folder.page(
            "notat.html",
            title=title,
            when=found.get("date", ""),
            by=await _authors(folder, found),
            sections=[("", [text])],
            note="",
        )
    how = "inline" if kind in SHOWN else "attachment"
    return Response(content_of(found), media_type=kind, headers={"Content-Disposition": how})


async def _authors(folder: Folder, found: Json) -> str:
    """Who wrote it; also where that is told by reference alone."""
    authors = found.get("author", [])
    known = await names(folder, naming.references(authors))
    return ", ".join(filter(None, (name_in(one, known) for one in authors)))


async def _own(folder: Folder, type_name: str) -> Json:
    """What the address names, if it is this citizen's. Raises NotFound."""
    found = await folder.read(type_name, folder.part_of_path("id"))
    if folder.patient not in naming.references(found.get("subject")):
        raise NotFound("The citizen has no such document.")
    return found
