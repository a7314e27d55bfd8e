"""The International Patient Summary on paper: a PDF to print, to keep, or to send."""

from collections.abc import Sequence

from starlette.responses import Response

from fellesjournal.documentation import summary
from fellesjournal.fhir.summary.document import Filled
from fellesjournal.fhir.summary.telling import parts
from fellesjournal.paper.document import Block, Document, Heading, Paragraph, Table
from fellesjournal.paper.pdf import pdf
from fellesjournal.portal.folder import Folder
from fellesjournal.ui import naming
from fellesjournal.ui.attachments import PDF
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.norwegian import clock, day

_SHARES = (5, 4, 2)
"""Of the columns: what, how, when."""


async def show(folder: Folder) -> Response:
    """The summary as it is now, in the visitor's language."""
    patient = await folder.read("Patient", folder.citizen)
    found = await summary.sections(folder.journal, folder.citizen)
    t, language = folder.t, folder.visit.language
    name, made = naming.person(patient), clock(folder.now.isoformat())
    born = f"{t.summary.born} {day(patient['birthDate'])}" if "birthDate" in patient else ""
    who = ", ".join(filter(None, (name, naming.identity(patient), born)))
    blocks: list[Block] = [Heading(t.summary.title, 1), Paragraph(f"{who}\n{t.summary.made} {made}")]
    for one in found:
        blocks += [Heading(one.section.title[language]), _section(one, t)]
    footer = f"{t.summary.title}, {who}. {t.summary.page}"
    content = pdf(Document(f"{t.summary.title}: {name}", language, blocks, footer))
    file = f'inline; filename="sammendrag-{folder.now:%Y-%m-%d}.pdf"'
    return Response(content, media_type=PDF, headers={"Content-Disposition": file})


def _section(one: Filled, t: Words) -> Block:
    if not one.resources:
        return Paragraph(t.summary.withheld if one.withheld else t.summary.nothing)
    head = (t.summary.what, t.summary.how, t.summary.when)
    return Table(head, [_cells(*parts(resource)) for resource in one.resources], _SHARES)


def _cells(name: str, more: Sequence[str], when: str) -> tuple[str, str, str]:
    return name, ", ".join(more), day(when) if when else ""
