"""A file that is sent with a message, and one that is shown."""

import base64

from starlette.responses import Response

from fellesjournal.documentation.files import LARGEST, kind_of, titled
from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.ui import attached, naming
from fellesjournal.ui.naming import Json

FIELD = "fil"


def sent(folder: Folder) -> list[Json]:
    """The payload of the file of the form; none when there is none. Raises Amiss for what is no picture or
    PDF by its content, whatever it is called, and for one that is too large.
    """
    file = folder.visit.files.get(FIELD)
    if file is None:
        return []
    kind = kind_of(file.content)
    if not kind or len(file.content) > LARGEST:
        raise Amiss(folder.t.messages.file_wrong.format(most=LARGEST // (1024 * 1024)))
    attachment = {
        "contentType": kind,
        "title": titled(file.name),
        "size": len(file.content),
        "data": base64.b64encode(file.content).decode(),
    }
    return [{"contentAttachment": attachment}]


async def show(folder: Folder) -> Response:
    """The file of a message of this citizen. Raises NotFound."""
    found = await folder.read("Communication", folder.part_of_path("id"))
    if folder.patient not in naming.references(found.get("subject")):
        raise NotFound("The citizen has no such message.")
    kind, content = attached.file(found, folder.part_of_path("place"))
    return Response(content, media_type=kind, headers={"Content-Disposition": "inline"})
