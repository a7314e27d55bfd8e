"""The whole record as an archive: every resource as NDJSON, a page to read, and the files of documents.

It is made while it is sent: a page of the record at a time is in memory, and what is told of it in words.
"""

from collections.abc import AsyncIterator
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from starlette.responses import Response, StreamingResponse

from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.mine import readable
from fellesjournal.ui.attachments import content_of, kind_of
from fellesjournal.ui.naming import Json

PAGE = "200"
"""Resources at a time."""
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt"}
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Outbox:
    """What a zip file is written to, and taken from bit by bit."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Keep a part until it is taken."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        """What has been written since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


async def send(folder: Folder) -> Response:
    """The archive of all that the visitor reads of the record. Raises NotFound before anything is sent."""
    patient = await folder.read("Patient", folder.citizen)
    name = f'attachment; filename="journal-{folder.now:%Y-%m-%d}.zip"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return StreamingResponse(_parts(folder, patient), media_type="application/zip", headers=headers)


async def _parts(folder: Folder, patient: Json) -> AsyncIterator[bytes]:
    box, said, number = Outbox(), list[readable.Told](), 0
    with ZipFile(cast("IO[bytes]", box), "w", ZIP_DEFLATED) as archive:  # it writes, and never seeks
        async for bodies in _pages(folder):
            number += 1
            archive.writestr(f"ressurser/{number:04}.ndjson", b"".join(body + b"\n" for body in bodies))
            for resource in map(_decode, bodies):
                path = _file(archive, resource) if resource["resourceType"] == "DocumentReference" else ""
                one = readable.tell(resource, folder.visit.language, path)
                said += [one] if one else []
            yield box.take()
        archive.writestr("journal.html", readable.page(folder, patient, said))
        archive.writestr("LES-MEG.txt", folder.t.archive.read_me)
    yield box.take()


async def _pages(folder: Folder) -> AsyncIterator[list[bytes]]:
    """The bodies of the record's resources, page by page."""
    asked = [("_count", PAGE)]
    while asked:
        page = await folder.journal.everything(folder.citizen, asked)
        yield [entry.stored.body for entry in page.entries if entry.stored.body]
        asked = list(page.next or ())


def _file(archive: ZipFile, document: Json) -> str:
    """Put a document's file into the archive; its path there, "" where the record does not hold it."""
    try:
        content = content_of(document)
    except NotFound:
        return ""
    path = f"filer/{document['id']}.{ENDINGS.get(kind_of(document), 'bin')}"
    archive.writestr(path, content)
    return path
