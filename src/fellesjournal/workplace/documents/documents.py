"""One note or document, beside the chart; a PDF or picture as the file that it is."""

from starlette.responses import Response

from fellesjournal.documentation import cosigning
from fellesjournal.documentation.extraction import amended_by
from fellesjournal.errors import NotFound
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.terminology.wording.marking import Markers
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import SHOWN, content_of, kind_of
from fellesjournal.ui.narrative import sections
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called
from fellesjournal.workplace.found.found import file_texts
from fellesjournal.workplace.notes import reading


async def note(desk: Desk) -> Response:
    """A note; what was sought ("q") is marked, and so is what comes from elsewhere in the record."""
    found = await _of_citizen(desk, "Composition")
    known, said = await reading.known(desk, found), sections(found)
    markers = Markers(await desk.codes.sought(desk.asked("q")))
    marker = markers.of(text for _, texts in said for text in texts)
    marked = [
        (title, [[(one, marker.marked(one.text)) for one in reading.cut(text, known)] for text in texts])
        for title, texts in said
    ]
    title = found.get("title") or naming.concept(found["type"])
    return desk.page(
        "written.html",
        id=desk.part_of_path("id"),
        note=amended_by(found, desk.actor.person),
        title=title,
        when=found["date"],
        by=await _authors(desk, found),
        sections=marked,
        state=found["status"],
        signs=cosigning.named(found)
        if cosigning.asked_of(found).get("reference") == desk.actor.person
        else "",
    )


async def document(desk: Desk) -> Response:
    """A document with its preview: text as text, PDF and pictures as they are, and the words in them
    below.
    """
    found = await _of_citizen(desk, "DocumentReference")
    kind = kind_of(found)
    text = content_of(found).decode("utf-8", "replace") if kind == "text/plain" else ""
    writing = await desk.journal.written("DocumentReference", desk.part_of_path("document"))
    letter, citizen = f"DocumentReference/{found['id']}", key_of(f"Patient/{desk.part_of_path('id')}")
    opened = await desk.readings.opened(citizen, [letter])
    return desk.page(
        "document.html",
        id=desk.part_of_path("id"),
        document=found["id"],
        title=found.get("description") or naming.concept(found.get("type")),
        when=found.get("date", ""),
        by=await _authors(desk, found),
        opened=opened.get(letter),
        kind=kind if kind in SHOWN else "",
        text=text,
        **await file_texts(desk, writing),
    )


async def file(desk: Desk) -> Response:
    """The file itself. Raises NotFound for kinds that are not shown."""
    found = await _of_citizen(desk, "DocumentReference")
    kind = kind_of(found)
    if kind not in SHOWN:
        raise NotFound(f"A document of the kind '{kind}' is not shown here.")
    return Response(content_of(found), media_type=kind, headers={"Content-Disposition": "inline"})


async def _of_citizen(desk: Desk, type_name: str) -> Json:
    """What the address names, if it is this citizen's. Raises NotFound."""
    found = await desk.read(type_name, desk.part_of_path("document"))
    if f"Patient/{desk.part_of_path('id')}" not in naming.references(found.get("subject")):
        raise NotFound("The citizen has no such document.")
    return found


async def _authors(desk: Desk, resource: Json) -> str:
    authors = [one for one in resource.get("author", ()) if "reference" in one or "display" in one]
    names = await called(desk, authors)
    told = (one.get("display") or names.get(one.get("reference", ""), "") for one in authors)
    return ", ".join(filter(None, told))
