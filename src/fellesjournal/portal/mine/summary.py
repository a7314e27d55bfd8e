"""The International Patient Summary: to read and print, and as the FHIR document that others take."""

from datetime import datetime

from starlette.responses import Response

from fellesjournal.documentation import summary
from fellesjournal.fhir import json
from fellesjournal.fhir.summary.telling import told
from fellesjournal.norway.writing import spelled
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.streams import OF_THE_RECORD
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import PDF
from fellesjournal.ui.printed import printed

FHIR = "application/fhir+json"


async def mine(folder: Folder) -> Response:
    """What there is to do with one's own data."""
    return folder.page("mine.html")


async def show(folder: Folder) -> Response:
    """The summary as a page that prints well."""
    patient = await folder.read("Patient", folder.citizen)
    language = folder.visit.language
    return folder.page(
        "sammendrag.html",
        live=OF_THE_RECORD,
        name=naming.person(patient),
        number=naming.identity(patient),
        born=patient.get("birthDate", ""),
        made=spelled(folder.now.isoformat(), None, language),
        sections=[
            (
                one.section.title[language],
                [told(resource, language) for resource in one.resources],
                one.withheld,
            )
            for one in await summary.sections(folder.journal, folder.citizen)
        ],
    )


async def file(folder: Folder) -> Response:
    """The same as a document Bundle, to be kept or handed on."""
    base = f"{folder.visit.origin}/fhir"
    made = await summary.summary(folder.journal, folder.citizen, base, folder.now, folder.visit.language)
    name = f'attachment; filename="sammendrag-{_day(folder.now)}.json"'
    return Response(json.encode(made), media_type=FHIR, headers={"Content-Disposition": name})


async def paper(folder: Folder) -> Response:
    """The same to print: a PDF in the visitor's language."""
    content = await printed(folder.journal, folder.citizen, folder.now, folder.visit.language)
    name = f'inline; filename="sammendrag-{_day(folder.now)}.pdf"'
    return Response(content, media_type=PDF, headers={"Content-Disposition": name})


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
